"""How long things are kept, and how long people have."""

from partnership.settings.base import env

# How long personal data is kept, in days after the meeting (DOMAIN §3)
NEEDS_KEPT_DAYS = env.int("NEEDS_KEPT_DAYS", default=30)
ATTENDEES_KEPT_DAYS = env.int("ATTENDEES_KEPT_DAYS", default=365)
# Days after a post is decided on which the applications for it are deleted: six months
APPLICATIONS_KEPT_DAYS = env.int("APPLICATIONS_KEPT_DAYS", default=183)

# How long a representative has after a meeting to report back to those they represent
REPORT_BACK_DAYS = env.int("REPORT_BACK_DAYS", default=14)

# How long the portal knows who opened a closed paper, once that is public or withdrawn, in days
OPENINGS_KEPT_DAYS = env.int("OPENINGS_KEPT_DAYS", default=365)

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

# Interests (DOMAIN §2): days to declare them after joining a board, and from one confirmation to the next; how many days
# before that we write; and how long an interest that ended stays on the register
DECLARE_INTERESTS_WITHIN_DAYS = env.int("DECLARE_INTERESTS_WITHIN_DAYS", default=28)
CONFIRM_INTERESTS_EVERY_DAYS = env.int("CONFIRM_INTERESTS_EVERY_DAYS", default=365)
REMIND_OF_INTERESTS_DAYS = env.int("REMIND_OF_INTERESTS_DAYS", default=14)
ENDED_INTERESTS_SHOWN_DAYS = env.int("ENDED_INTERESTS_SHOWN_DAYS", default=183)

# Actions that people took on: how many days before they are due their owners are reminded, and each how many days while late
REMIND_OF_ACTIONS_DAYS = env.int("REMIND_OF_ACTIONS_DAYS", default=7)
REMIND_LATE_ACTIONS_EVERY_DAYS = env.int("REMIND_LATE_ACTIONS_EVERY_DAYS", default=7)

# Blockers: days without a word after which their owner is reminded, each time; days after which who raised one may escalate it
REMIND_OF_BLOCKERS_DAYS = env.int("REMIND_OF_BLOCKERS_DAYS", default=30)
ESCALATE_OLD_BLOCKERS_DAYS = env.int("ESCALATE_OLD_BLOCKERS_DAYS", default=60)

# Minutes: working days after the meeting to draft them, working days for corrections, and then days until the chair is reminded
DRAFT_MINUTES_WITHIN_DAYS = env.int("DRAFT_MINUTES_WITHIN_DAYS", default=5)
MINUTES_CORRECTIONS_DAYS = env.int("MINUTES_CORRECTIONS_DAYS", default=5)
REMIND_OF_MINUTES_DAYS = env.int("REMIND_OF_MINUTES_DAYS", default=5)

# Pledges and asks: the days after an assembly on which owners are asked how it goes, and on which they look back unless they
# chose another day; how long a partner has to answer; how long we keep the address of an author, once nothing is left to ask
PLEDGES_ASKED_AFTER_DAYS = env.list("PLEDGES_ASKED_AFTER_DAYS", cast=int, default=[30, 90])
PLEDGES_REVIEWED_AFTER_DAYS = env.int("PLEDGES_REVIEWED_AFTER_DAYS", default=180)
ASKS_ANSWERED_WITHIN_DAYS = env.int("ASKS_ANSWERED_WITHIN_DAYS", default=28)
PLEDGE_ADDRESSES_KEPT_DAYS = env.int("PLEDGE_ADDRESSES_KEPT_DAYS", default=30)

"""What it sends."""

import re
from email.utils import parseaddr

from django.core.exceptions import ImproperlyConfigured

from partnership.settings.base import env

EMAIL_URL = env("EMAIL_URL", default="smtp://127.0.0.1:1025")
vars().update(env.email_url("EMAIL_URL", default=EMAIL_URL))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Partnership portal <portal@example.org>")
# Where the pages of the portal tell people to write.
CONTACT_EMAIL = parseaddr(env("CONTACT_EMAIL", default="") or DEFAULT_FROM_EMAIL)[1]
EMAIL_TIMEOUT = 20
# Who reads reports of weaknesses: an email address or an https:// page, shown at /.well-known/security.txt.
SECURITY_CONTACT = env("SECURITY_CONTACT", default="") or CONTACT_EMAIL
# Where servers report that they could not deliver what they had taken, and the mailbox those reports are read from.
BOUNCE_EMAIL = env("BOUNCE_EMAIL", default="")
MAILBOX_URL = env("MAILBOX_URL", default="")
if MAILBOX_URL:
    from partnership.outbox import imap  # a portal without a mailbox does not need to read one

    try:
        imap.Mailbox.at(MAILBOX_URL)
    except ValueError as wrong:
        raise ImproperlyConfigured(str(wrong)) from None
# The address whose mailbox is MAILBOX_URL and that takes anything after a plus sign: answers of calendar programs go there.
REPLIES_EMAIL = env("REPLIES_EMAIL", default="").strip()
if REPLIES_EMAIL and not re.fullmatch(r"[^\s@<>,;+]+@[^\s@<>,;]+", REPLIES_EMAIL):
    raise ImproperlyConfigured("REPLIES_EMAIL must be one address without a plus sign, like replies@example.org")
# Part of every calendar entry's identity: never change it once invitations have been sent.
CALENDAR_DOMAIN = env("CALENDAR_DOMAIN", default="meetings.partnership.example.org")
# A message is tried by one worker at a time, under a lease; a dead worker's messages wait for the end of the lease and
# the next sweep: together at most a minute.
OUTBOX_LEASE_SECONDS = env.int("OUTBOX_LEASE_SECONDS", default=45)
OUTBOX_SWEEP_SECONDS = env.int("OUTBOX_SWEEP_SECONDS", default=15)
OUTBOX_BATCH = env.int("OUTBOX_BATCH", default=100)
INVITATIONS_AT_ONCE = env.int("INVITATIONS_AT_ONCE", default=200)  # queued in one transaction
REMINDER_SWEEP_SECONDS = env.int("REMINDER_SWEEP_SECONDS", default=60)
OUTBOX_KEEP_WORDS_DAYS = env.int("OUTBOX_KEEP_WORDS_DAYS", default=90)
OUTBOX_KEEP_DAYS = env.int("OUTBOX_KEEP_DAYS", default=365)

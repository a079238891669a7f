"""An email as its author writes it, before it is a row."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A small file that goes with an email: what it is called, its type ("application/pdf") and what is in it."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One email to one person.

    `key` is unique for ever and says why the email exists ("registration:41:confirmed:0"): the same key is never emailed
    twice. `about` is what staff and `withdraw` find it by ("invitation:41"). `calendar` is an iCalendar text
    for this one person, shown by mail programs as an invitation (`calendar_method` REQUEST or CANCEL). It leaves
    no earlier than `not_before` and never after `not_after`. `sensitive` mail (a sign-in code, a secret link) goes
    ahead of the rest, is never shown to staff, and its words are blanked once it is sent. `unsubscribe` is
    an address of the portal that stops such emails to this person by one POST (see `actions/subscription.py`).
    """

    key: str
    to: str
    subject: str
    text: str
    html: str = ""
    to_name: str = ""
    reply_to: str = ""
    calendar: str = ""
    calendar_method: str = "REQUEST"
    attachments: tuple[Attachment, ...] = ()
    not_before: dt.datetime | None = None
    not_after: dt.datetime | None = None
    about: str = ""
    sensitive: bool = False
    unsubscribe: str = ""

"""Sends a test of a message to oneself before others get it."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from assemblies.meetings.models import Meeting
from partnership import audit, outbox
from partnership.outbox import Draft
from partnership.outbox.message_keys import about, message_key
from partnership.refusals import Refusal


@transaction.atomic
def send_to_self(*, meeting: Meeting, draft: Draft, by, key: UUID) -> None:
    """Email the draft to the person who asks, marked as a test; the same `key` does it once.

    Raises Refusal for a meeting that is not published: nothing about it leaves the portal.
    """
    if meeting.state == Meeting.State.DRAFT:
        raise Refusal("This meeting is not published, so no email about it can be sent. Publish it first.")
    mails = about("meeting", meeting.pk, "test")
    test = replace(
        draft, key=message_key("test", key), to=by.email, subject=f"Test: {draft.subject}", about=mails, not_after=None
    )
    if outbox.enqueue_many([test]):
        audit.record(by=by, verb="message.tried", subject=meeting, wording=draft.subject)

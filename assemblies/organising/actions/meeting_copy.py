"""A meeting like one that is there: the same board, room and way to attend, on another day, without its people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.papers.actions import agenda
from partnership import audit

COPIED = ("title", "kind", "board", "format", "venue_name", "venue_address", "venue_access", "by_invitation")


@transaction.atomic
def copy(*, meeting: Meeting, by, uid: UUID, starts_at: datetime, ends_at: datetime) -> Meeting:
    """Returns a new draft with the standing items of the board on its agenda; submitted twice, the same one.

    Nobody is on its lists or invited, and it has no joining link: a link belongs to one meeting. Raises Refusal, as
    `meeting.create` does.
    """
    already = Meeting.objects.filter(uid=uid, created_by=by).first()
    if already:
        return already
    facts = {name: getattr(meeting, name) for name in COPIED}
    made = meetings.create(by=by, uid=uid, starts_at=starts_at, ends_at=ends_at, **facts)
    agenda.fill_from_plan(meeting=made, by=by)
    audit.record(by=by, verb="meeting.copied", subject=made, source=meeting.slug)
    return made

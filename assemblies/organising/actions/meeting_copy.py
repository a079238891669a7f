"""A meeting like one that is there: the same boards, room and way to attend, on another day, without its people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.papers.actions import agenda
from partnership import audit
from partnership.boards.models import Board

COPIED = ("title", "kind", "board", "format", "venue_name", "venue_address", "venue_access", "by_invitation")


@transaction.atomic
def copy(*, meeting: Meeting, by, uid: UUID, starts_at: datetime, ends_at: datetime) -> Meeting:
    """Returns a new draft with the standing items of its boards on its agenda; submitted twice, the same one. A board that
    met in common and has ended by then does not meet again.

    Nobody is on its lists or invited, and it has no joining link: a link belongs to one meeting. Raises Refusal, as
    `meeting.create` does.
    """
    already = Meeting.objects.filter(uid=uid, created_by=by).first()
    if already:
        return already
    facts = {name: getattr(meeting, name) for name in COPIED}
    facts["boards"] = [each for each in boards_of(meeting)[1:] if not _has_ended(each, starts_at)]
    made = meetings.create(by=by, uid=uid, starts_at=starts_at, ends_at=ends_at, **facts)
    agenda.fill_from_plan(meeting=made, by=by)
    audit.record(by=by, verb="meeting.copied", subject=made, source=meeting.slug)
    return made


def _has_ended(board: Board, starts_at: datetime) -> bool:
    return board.ends_on is not None and timezone.localdate(starts_at) > board.ends_on

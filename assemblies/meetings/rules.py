"""Who may do what around a meeting."""

import rules
from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_chaired_by, is_chair_of


@rules.predicate
def organises(user, meeting) -> bool:
    """Staff help with every meeting: they see registrations and exports. What people need, its organisers alone see."""
    return is_partnership_staff(user)


@rules.predicate
def chairs(user, meeting) -> bool:
    """Holds the chair's seat of the host board today. Only the chair publishes the agenda."""
    return meeting is not None and is_chair_of(user, meeting.board)


@rules.predicate
def chairs_in_common(user, meeting) -> bool:
    """Chairs a board that meets in common with the host today: reads the draft of its agenda, and does not change it."""
    return meeting is not None and bool(boards_in_common_chaired_by(user, meeting))


def boards_in_common_chaired_by(user, meeting) -> list[Board]:
    """The boards, beside the host, that meet and that the person chairs today."""
    chaired = {board.pk for board in boards_chaired_by(user, timezone.localdate())} if user.is_authenticated else set()
    return [each for each in boards_of(meeting)[1:] if each.pk in chaired] if chaired else []


@rules.predicate
def may_manage(user, meeting) -> bool:
    """Has something to do on the meeting's manage pages: staff, chairs of its boards, leads of places that take part."""
    return Meeting.objects.editable_by(user).filter(pk=meeting.pk).exists()


rules.add_perm("meetings.organise", organises)
rules.add_perm("meetings.manage", may_manage)

"""Which actions stand on the next agenda of a board by themselves: open ones from before (DOMAIN §2)."""

from datetime import datetime

from django.db.models import Q

from assemblies.follow_up.models import FollowUp
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting


def carried_to(meeting: Meeting, user, now: datetime) -> list[FollowUp]:
    """Open actions of the boards that meet, as far as the person may read them, in the order of their days.

    Of each board only at the next meeting that is not over: a later one shows them when its turn comes. Two queries, two more
    where any is closed.
    """
    if meeting.ends_at < now or meeting.state == Meeting.State.CANCELLED:
        return []
    before = Meeting.objects.published().upcoming(now).filter(starts_at__lt=meeting.starts_at).order_by()
    host = before.filter(board__isnull=False).values_list("board", flat=True)
    in_common = before.filter(boards_in_common__isnull=False).values_list("boards_in_common", flat=True)
    sooner = set(host.union(in_common))
    boards = [board.pk for board in boards_of(meeting) if board.pk not in sooner]
    if not boards:
        return []
    earlier = Q(meeting__isnull=True) | Q(meeting__starts_at__lt=meeting.starts_at)
    rows = FollowUp.objects.visible_to(user).open().of_boards(boards).filter(earlier).exclude(meeting=meeting.pk)
    return list(rows.with_facts().order_by("due_on", "pk"))

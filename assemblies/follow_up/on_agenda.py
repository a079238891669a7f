"""Which actions stand on the next agenda of a board by themselves: open ones from before (DOMAIN §2)."""

from datetime import datetime

from django.db.models import Q

from assemblies.follow_up.models import FollowUp
from assemblies.meetings.in_common import boards_of, meets_sooner
from assemblies.meetings.models import Meeting


def carried_to(meeting: Meeting, user, now: datetime) -> list[FollowUp]:
    """Open actions of the boards that meet, as far as the person may read them, in the order of their days.

    Of each board only at the next meeting that is not over: a later one shows them when its turn comes. One query, two more
    where any is closed.
    """
    if meeting.is_over_at(now) or meeting.state == Meeting.State.CANCELLED:
        return []
    earlier = Q(meeting__isnull=True) | Q(meeting__starts_at__lt=meeting.starts_at)
    rows = FollowUp.objects.visible_to(user).open().of_boards(boards_of(meeting)).filter(earlier)
    theirs = rows.exclude(meeting=meeting.pk).filter(~meets_sooner(meeting, now))
    return list(theirs.with_facts().order_by("due_on", "pk"))

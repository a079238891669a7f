"""Which minutes stand on the agenda of a meeting by themselves: those to be confirmed (DOMAIN §2), and those it confirmed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from assemblies.meetings.in_common import boards_of, meets_sooner
from assemblies.meetings.models import Meeting
from assemblies.minutes.models import Minutes


def meetings_that_confirm(minutes: Minutes, now: datetime):
    """Meetings at which the minutes can be confirmed: later ones of the board that have started, the first of them first."""
    later = Meeting.objects.published().of_boards([minutes.board_id]).filter(starts_at__gt=minutes.meeting.starts_at)
    return later.filter(starts_at__lte=now).exclude(state=Meeting.State.CANCELLED).order_by("starts_at", "pk")


@dataclass(frozen=True)
class OnAgenda:
    to_confirm: list[Minutes]
    confirmed: list[Minutes]

    @property
    def anything(self) -> bool:
        return bool(self.to_confirm or self.confirmed)


def minutes_on(meeting: Meeting, user, now: datetime) -> OnAgenda:
    """The minutes that the meeting is to confirm, and those that it confirmed, as far as the person may see them.

    What waits stands on the next meeting of its board that is not over; a later one shows it when its turn comes. One query.
    """
    if meeting.state == Meeting.State.CANCELLED:
        return OnAgenda([], [])
    seen = Minutes.objects.visible_to(user).select_related("meeting", "board").order_by("meeting__starts_at", "pk")
    waits = Q(pk__in=[])
    if not meeting.is_over_at(now):
        agreed = Q(state=Minutes.State.AGREED, board__in=boards_of(meeting), meeting__starts_at__lt=meeting.starts_at)
        waits = agreed & ~meets_sooner(meeting, now)
    confirmed = Q(state=Minutes.State.CONFIRMED, versions__confirmed_meeting=meeting.pk)
    found = list(seen.filter(waits | confirmed).distinct())
    return OnAgenda(
        [each for each in found if each.state == Minutes.State.AGREED],
        [each for each in found if each.state == Minutes.State.CONFIRMED],
    )

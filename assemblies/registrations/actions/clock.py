"""What the passing of time does to places: holds and offers end, kept seats are released, free places are offered."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import capacity, offers, registration
from assemblies.registrations.models import Registration
from partnership.one_by_one import one_by_one


def tick(now: datetime | None = None) -> int:
    """Bring every meeting up to date with the clock, each in a transaction of its own. Returns how many were touched.

    Safe to run twice and to miss: it looks at what is due now, not at what was due then. Seats kept for places need no
    act of release: on that day the standing of the meeting no longer sets them aside. A meeting that fails does not stop the
    others; it is written to the log and tried again at the next tick.
    """
    now = now or timezone.now()
    return one_by_one(_due(now), lambda pk: bring_up_to_date(pk, now), "meeting")


def _due(now: datetime) -> list[int]:
    """Meetings with a hold or an offer that has ended, or with people in the queue for a meeting to come."""
    people = Registration.objects.filter(
        Q(confirmed_at__isnull=True, confirm_by__lte=now, state__in=["held", "waiting"])
        | Q(state="offered", offered_until__lte=now)
        | Q(state="waiting", confirmed_at__isnull=False, meeting__state="published", meeting__starts_at__gt=now)
    )
    return list(people.order_by("meeting").values_list("meeting", flat=True).distinct())


@transaction.atomic
def bring_up_to_date(meeting_id: int, now: datetime) -> bool:
    """Do what is due for one meeting. Returns whether anybody's registration changed."""
    meeting = Meeting.objects.locked().get(pk=meeting_id)
    ended = registration.lapse_holds_locked(meeting, now) + offers.lapse_locked(meeting, now)
    offered = offers.fill_locked(meeting, capacity.standing_of(meeting, now), now)
    return bool(ended or offered)

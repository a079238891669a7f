"""The places of a meeting: how many there are, who they are kept for, and who holds or waits for one."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from itertools import count

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Registration

State = Registration.State


class Pool(Enum):
    """Where a place comes from: kept for a person's own place, or open to all."""

    KEPT = "kept"
    OPEN = "open"


@dataclass
class Standing:
    """How many places of a meeting are taken, kept and waited for at one moment, under the lock of its row.

    `kept` counts what is kept for each place, and is empty once it is released; `kept_taken` those of them that are
    taken; `open_taken` everyone else who holds a place at the meeting; `waiting` the waiting list, by place. `held` counts
    those of the taken whose holders have yet to confirm, `held_here` those of them asked for from the asker's network.
    """

    capacity: int | None
    kept: dict[int, int] = field(default_factory=dict)
    kept_taken: Counter = field(default_factory=Counter)
    open_taken: int = 0
    waiting: Counter = field(default_factory=Counter)
    held: int = 0
    held_here: int = 0

    @property
    def taken(self) -> int:
        return self.open_taken + self.kept_taken.total()

    @property
    def is_full(self) -> bool:
        """Nobody, wherever they come from, could be given a place at the meeting."""
        return self.capacity is not None and self.taken >= self.capacity

    @property
    def open_to_all(self) -> float:
        """What anyone may take: what is left once everything kept for a place, taken or not, is set aside."""
        if self.capacity is None:
            return float("inf")
        aside = sum(max(self.kept.get(place, 0), self.kept_taken[place]) for place in {*self.kept, *self.kept_taken})
        return max(0, self.capacity - aside - self.open_taken)

    def pool_for(self, place_id: int | None) -> Pool | None:
        """Where a person of this place would be given one from; None if there is nothing for them."""
        if self.is_full:
            return None
        if self.capacity is not None and self.kept.get(place_id, 0) > self.kept_taken[place_id]:
            return Pool.KEPT
        return Pool.OPEN if self.open_to_all > 0 else None

    def is_wanted(self, pool: Pool, place_id: int | None) -> bool:
        """Whether somebody on the waiting list could take it, so that a newcomer may not."""
        return bool(self.waiting.total() if pool is Pool.OPEN else self.waiting[place_id])

    @property
    def holds_enough_here(self) -> bool:
        """Whether people behind the asker's network address hold as many places as may be held from one."""
        if self.capacity is None:
            return False
        return self.held_here >= max(1, min(settings.HELD_FROM_ONE_NETWORK, self.capacity // 5))

    def take(self, pool: Pool, place_id: int | None, number: int = 1) -> None:
        """Counts a place as taken; with -1, as given back."""
        if pool is Pool.KEPT:
            self.kept_taken[place_id] += number
        else:
            self.open_taken += number


def standing_of(meeting: Meeting, now: datetime, *, network: str = "") -> Standing:
    """How the places stand, and how many of them `network` holds. Call it under the lock of the meeting's row."""
    found = Standing(capacity=meeting.capacity)
    people = meeting.registrations.values_list("state", "place_id", "from_allocation", "confirm_first").order_by()
    here = Count("pk", filter=Q(state=State.HELD, held_from=network))
    for state, place_id, is_kept, confirm_first, number, number_here in people.annotate(Count("pk"), here=here):
        found.held += number if state == State.HELD else 0
        found.held_here += number_here if network else 0
        if state == State.WAITING:
            found.waiting[place_id] += 0 if confirm_first else number
        elif is_kept:
            found.kept_taken[place_id] += number
        elif state != State.CANCELLED:
            found.open_taken += number
    if meeting.capacity is not None and not is_released(meeting, now):
        found.kept = dict(meeting.meeting_places.filter(seats__gt=0).values_list("place_id", "seats"))
    return found


def is_released(meeting: Meeting, now: datetime) -> bool:
    """Whether what is kept for places, and not taken, is open to everyone."""
    day = meeting.allocation_released_on
    return day is not None and timezone.localtime(now).date() >= day


def give(registration: Registration, standing: Standing, pool: Pool) -> None:
    """Give the person a place, unsaved: the lowest free number, which the database lets be given once.

    Who had an entry in their calendar, as one who waited or had left, gets a later one; who was invited, as well (see
    `accept_invitation`).
    """
    registration.calendar_changes += bool(registration.pk)
    registration.place_number = lowest_free_number(registration.meeting)
    registration.capacity_when_given = standing.capacity
    registration.from_allocation = pool is Pool.KEPT
    standing.take(pool, registration.place_id)


def lowest_free_number(meeting: Meeting) -> int:
    """The lowest number of a place that nobody holds. Call it under the lock of the meeting's row."""
    taken = set(meeting.registrations.exclude(place_number=None).order_by().values_list("place_number", flat=True))
    return next(number for number in count(1) if number not in taken)


def free(registration: Registration) -> None:
    """Take the place away, unsaved; their entry in a calendar changes with it."""
    registration.calendar_changes += 1
    registration.place_number = registration.capacity_when_given = None
    registration.from_allocation = False


def newcomer_gets(meeting: Meeting, place_id: int | None, now: datetime, network: str = "") -> str:
    """What a newcomer from this place and network would get, as things stand: "hold", "queue", or "confirm", where they hold
    nothing until they confirm. Needs no lock, and promises nothing."""
    if meeting.full or meeting.capacity is None:
        return "queue" if meeting.full else "hold"
    standing = standing_of(meeting, now, network=network)
    pool = standing.pool_for(place_id)
    if pool is None or standing.is_wanted(pool, place_id):
        return "queue"
    return "confirm" if standing.holds_enough_here else "hold"


def mark_full(meeting: Meeting, standing: Standing) -> None:
    """Say on the meeting whether every place is taken, when that has changed. Call it after any change to its places: a
    newcomer to a meeting that says so joins the waiting list without a count."""
    if meeting.full != standing.is_full:
        meeting.full = standing.is_full
        Meeting.objects.filter(pk=meeting.pk).update(full=meeting.full)

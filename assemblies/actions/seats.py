"""The places of a meeting, counted and given under the lock of its row."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.utils import timezone

from assemblies.models import Meeting, Registration
from assemblies.models.registration import AHEAD
from partnership.database.statements import Statement

LOCK = Statement(
    "lock_meeting",
    "SELECT {meeting} FROM assemblies_meeting meeting WHERE meeting.id = $1 FOR NO KEY UPDATE",
    meeting="assemblies.Meeting",
)
LOWEST_FREE = Statement(
    "lowest_free_seat",
    """
    SELECT min(candidate) FROM (
        SELECT 1 AS candidate
        UNION ALL
        SELECT seat_number + 1 FROM assemblies_registration WHERE meeting_id = $1 AND seat_number IS NOT NULL
    ) AS candidates
    WHERE NOT EXISTS (SELECT FROM assemblies_registration WHERE meeting_id = $1 AND seat_number = candidate)
    """,
)
# Everything that decides who may sit where, in one statement: the lock is held no longer than it must be.
COUNTS = Statement(
    "count_places",
    """
    SELECT CASE WHEN state = 'waiting' THEN 'waiting' WHEN from_allocation THEN 'taken' ELSE 'general' END AS what,
        place_id, count(*) FROM assemblies_registration WHERE meeting_id = $1 AND state <> 'cancelled'
    GROUP BY what, place_id
    UNION ALL
    SELECT 'kept', place_id, seats FROM assemblies_meetingplace WHERE meeting_id = $1 AND seats > 0
    UNION ALL
    SELECT 'numbered', max(seat_number), count(*) FROM assemblies_registration
    WHERE meeting_id = $1 AND seat_number IS NOT NULL
    UNION ALL
    SELECT 'known', id, 1 FROM assemblies_registration WHERE meeting_id = $1 AND email = $2
    UNION ALL
    SELECT 'new', nextval('assemblies_registration_id_seq'), 1 WHERE $2 <> ''
    """,
)
PERSON = Statement(
    "lock_person",
    f"""
    SELECT {{person}}, EXISTS (
        SELECT FROM assemblies_invitation invitation
        WHERE invitation.meeting_id = person.meeting_id AND invitation.email = person.email
    ), {AHEAD}
    FROM assemblies_registration person WHERE person.id = $1 FOR NO KEY UPDATE OF person
    """,  # noqa: S608 - our own words
    person="assemblies.Registration",
)


class Pool(Enum):
    """Where a place comes from: kept for a person's own place, or open to all."""

    KEPT = "kept"
    OPEN = "open"


@dataclass
class Room:
    """How a meeting's places stand at one moment, under its lock.

    `kept` counts the seats kept for each place, and is empty once they are released; `taken` those of them that are
    taken; `general` everyone else who holds a seat; `waiting` those who wait, by their place. `next_seat` is the
    lowest free number where no lower one is, else None; `known` the registration of the person who asks, by its id,
    and `new` an id for it where there is none.
    """

    capacity: int | None
    kept: dict[int, int] = field(default_factory=dict)
    taken: Counter = field(default_factory=Counter)
    general: int = 0
    waiting: Counter = field(default_factory=Counter)
    next_seat: int | None = None
    known: int | None = None
    new: int | None = None

    @property
    def holders(self) -> int:
        return self.general + self.taken.total()

    @property
    def is_full(self) -> bool:
        """Nobody, of whatever place, could be given a seat."""
        return self.capacity is not None and self.holders >= self.capacity

    @property
    def open_to_all(self) -> float:
        """Seats anyone may take: what is left once each place's kept seats, taken or not, are set aside."""
        if self.capacity is None:
            return float("inf")
        aside = sum(max(self.kept.get(place, 0), self.taken[place]) for place in {*self.kept, *self.taken})
        return max(0, self.capacity - aside - self.general)

    def pool_for(self, place_id: int | None) -> Pool | None:
        """Where a person of this place would be seated; None if there is no seat for them."""
        if self.is_full:
            return None
        if self.capacity is not None and self.kept.get(place_id, 0) > self.taken[place_id]:
            return Pool.KEPT
        return Pool.OPEN if self.open_to_all > 0 else None

    def is_wanted(self, pool: Pool, place_id: int | None) -> bool:
        """Whether somebody in the queue could take such a seat, so that a newcomer may not."""
        return bool(self.waiting.total() if pool is Pool.OPEN else self.waiting[place_id])

    def take(self, pool: Pool, place_id: int | None) -> None:
        if pool is Pool.KEPT:
            self.taken[place_id] += 1
        else:
            self.general += 1


def lock(meeting_id: int) -> Meeting:
    """The meeting's row, locked until the transaction ends: everyone who gives or frees a place waits here."""
    found = LOCK.one([meeting_id])
    if found is None:
        raise Meeting.DoesNotExist
    return found[0]


def lock_person(registration: Registration) -> Registration:
    """The person's row as it is now, locked until the transaction ends; with the meeting that was read before,
    `is_invited`: whether an invitation to it was written to their address, and `ahead`."""
    found = PERSON.one([registration.pk])
    if found is None:
        raise Registration.DoesNotExist
    person, person.is_invited, person.ahead = found
    person.meeting = registration.meeting
    return person


def room_at(meeting: Meeting, now: datetime, address: str = "") -> Room:
    """How the places stand, and who is at this address. Call it under the lock."""
    room = Room(capacity=meeting.capacity)
    for what, place_id, number in COUNTS.rows([meeting.pk, address]):  # place_id is another number for the last three
        if what == "waiting":
            room.waiting[place_id] += number
        elif what == "taken":
            room.taken[place_id] += number
        elif what == "general":
            room.general += number
        elif what == "numbered":
            room.next_seat = number + 1 if number == (place_id or 0) else None
        elif what == "known":
            room.known = place_id
        elif what == "new":
            room.new = place_id
        elif meeting.capacity is not None and not is_released(meeting, now):
            room.kept[place_id] = number
    return room


def is_released(meeting: Meeting, now: datetime) -> bool:
    """Whether seats kept for places and not taken are open to everyone."""
    day = meeting.allocation_released_on
    return day is not None and timezone.localtime(now).date() >= day


def give(registration: Registration, room: Room, pool: Pool) -> None:
    """Seat the person, unsaved: the lowest free number, which the database lets be given once and within capacity."""
    registration.seat_number = room.next_seat or lowest_free(registration.meeting_id)
    registration.seat_limit = room.capacity
    registration.from_allocation = pool is Pool.KEPT
    room.next_seat = room.next_seat and room.next_seat + 1
    room.take(pool, registration.place_id)


def lowest_free(meeting_id: int) -> int:
    """The lowest seat number nobody holds. Call it under the lock."""
    return LOWEST_FREE.rows([meeting_id])[0][0]


def free(registration: Registration) -> None:
    """Take the seat away, unsaved."""
    registration.seat_number = registration.seat_limit = None
    registration.from_allocation = False


def mark_full(meeting: Meeting, room: Room) -> None:
    """Say on the meeting whether every place is taken, when that has changed."""
    if meeting.full != room.is_full:
        meeting.full = room.is_full
        Meeting.objects.filter(pk=meeting.pk).update(full=meeting.full)

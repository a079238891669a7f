"""The queue for a meeting that is full: in order of joining, served in that order."""

from collections.abc import Iterator

from assemblies.actions.seats import Pool, Room
from assemblies.models import Registration
from partnership.database.statements import Statement

AHEAD = Statement(
    "ahead_in_the_queue",
    """
    SELECT count(*) FROM assemblies_registration
    WHERE meeting_id = $1 AND state = 'waiting' AND (queued_at, id) < ($2, $3)
    """,
)


def position(registration: Registration) -> int | None:
    """The person's place in the queue, 1 for the next; None if they are not in it."""
    if registration.state != Registration.State.WAITING:
        return None
    if registration.ahead is not None:
        return registration.ahead + 1
    return AHEAD.rows([registration.meeting_id, registration.queued_at, registration.pk])[0][0] + 1


def next_in_line(meeting_id: int, room: Room) -> Iterator[tuple[Registration, Pool]]:
    """Confirmed people who can have a seat, first in the queue first, with the pool it comes from.

    Take the seat before asking for the next person: the room is looked at again for each. People in the queue change
    only under the meeting's lock, which the caller holds.
    """
    queue = Registration.objects.filter(meeting=meeting_id, confirmed_at__isnull=False).waiting()
    if not room.open_to_all:
        spare = [place for place, seats in room.kept.items() if seats > room.taken[place]]
        queue = queue.filter(place__in=spare)
    for person in queue:
        if room.is_full:
            return
        pool = room.pool_for(person.place_id)
        if pool:
            yield person, pool

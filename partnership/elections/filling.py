"""Elections under way that will fill a seat, for the page of vacancies."""

from collections.abc import Collection, Iterator

from django.db.models import Exists, OuterRef, Q

from partnership.boards.vacancies import Filling
from partnership.dates import day
from partnership.elections.models import Election


def under_way(seat: str) -> Q:
    """The condition that an election for the seat is under way; `seat` is the lookup from the row to its seat."""
    rows = Election.seats.through.objects.filter(election__in=Election.objects.under_way().values("pk"))
    return Q(Exists(rows.filter(seat=OuterRef(seat))))


def fillings(seats: Collection[int]) -> Iterator[tuple[int, Filling]]:
    """The elections under way for these seats, with the id of the seat. One query."""
    rows = Election.seats.through.objects.filter(seat__in=seats, election__in=Election.objects.under_way())
    for row in rows.select_related("election"):
        election = row.election
        detail = f"{election.get_state_display()}. Voting closes on {day(election.voting_closes_at)}"
        yield row.seat_id, Filling("Election", election.get_absolute_url(), detail)

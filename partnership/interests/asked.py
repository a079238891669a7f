"""Who is asked to declare, under which rules, and by when.

Source: DOMAIN §2. On taking a seat, within 28 days (Localism Act 2011 s.30(1); NHS England guidance), and again each year, by
default, nil returns too. Those who hold a seat and those who deputise are asked; a new interest is declared within 28 days of
arising.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from partnership.accounts.models import User
from partnership.boards.models import Appointment, Board
from partnership.interests.interest_kinds import Code, code_of
from partnership.interests.models import InterestsReturn


@dataclass(frozen=True)
class Asked:
    """That a person declares under a code, for the boards they sit on, on the first of them `since`. `confirmed_on`: when they
    last did, None before."""

    person: User
    code: Code
    boards: tuple[Board, ...]
    since: date
    due_on: date
    confirmed_on: date | None

    def is_late(self, today: date) -> bool:
        return self.due_on < today

    @property
    def boards_in_words(self) -> str:
        return ", ".join(board.name for board in self.boards)


def of_person(user: User, today: date) -> list[Asked]:
    """What the person is asked for today, in the order of the codes."""
    return _asked(Appointment.objects.filter(Q(holder=user) | Q(deputy=user)), today, only=user)


def everybody(today: date) -> list[Asked]:
    """What everybody is asked for today, who is due first in front."""
    return _asked(Appointment.objects.all(), today)


def people() -> QuerySet[User]:
    """Everybody who sits on a board or ever did, and everybody who deputises or did."""
    terms = Appointment.objects.filter(Q(holder=OuterRef("pk")) | Q(deputy=OuterRef("pk")))
    return User.objects.filter(Exists(terms))


def _asked(terms, today: date, *, only: User | None = None) -> list[Asked]:
    """In two queries."""
    running = terms.current(today).select_related("holder", "deputy", "seat__board")
    first_days: dict[tuple[User, Code], dict[Board, date]] = {}
    for term in running:
        if not term.seat.exists_on(today):
            continue
        for person in filter(None, (term.holder, term.deputy)):
            if only in (None, person):
                boards = first_days.setdefault((person, code_of(term.seat.board.regime)), {})
                board = term.seat.board
                boards[board] = min(boards.get(board, term.starts_on), term.starts_on)
    confirmed = _confirmed({person for person, _ in first_days})
    found = []
    for (person, code), boards in first_days.items():
        since, last = min(boards.values()), confirmed.get((person.pk, code))
        found.append(Asked(person, code, tuple(boards), since, due_on(since, last), last))
    return sorted(found, key=lambda each: (each.due_on, each.code, each.person.pk))


def _confirmed(people: Iterable[User]) -> dict[tuple[int, str], date]:
    rows = InterestsReturn.objects.public().filter(person__in=people).newest()
    return {(row["person"], row["code"]): timezone.localdate(row["at"]) for row in rows}


def due_on(first_day: date, confirmed_on: date | None) -> date:
    """The last day to declare: some days after the first day on a board, then a year after each time they confirmed."""
    if confirmed_on is None:
        return first_day + timedelta(days=settings.DECLARE_INTERESTS_WITHIN_DAYS)
    return confirmed_on + timedelta(days=settings.CONFIRM_INTERESTS_EVERY_DAYS)

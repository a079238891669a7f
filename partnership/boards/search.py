"""Boards, past ones included, and the seats there are today. Holders are not searched."""

from django.utils import timezone

from partnership import search
from partnership.boards.models import Board, Seat
from partnership.dates import day
from partnership.search import Found, Result


@search.kind("Boards")
def boards(user) -> Found:
    return Found(Board.objects.visible_to(user), ("name", "purpose"), board)


def board(row: Board) -> Result:
    ended = f"Until {day(row.ends_on)}" if row.ends_on and row.ends_on < timezone.localdate() else ""
    return Result(row.name, row.get_absolute_url(), search.line(row.get_kind_display(), ended, row.purpose))


@search.kind("Seats on boards")
def seats(user) -> Found:
    rows = Seat.objects.visible_to(user).in_being(timezone.localdate()).select_related("board")
    return Found(rows, ("title", "constituency"), seat)


def seat(row: Seat) -> Result:
    speaks_for = f"Speaks for {row.constituency}" if row.constituency else ""
    return Result(str(row), row.get_absolute_url(), speaks_for)

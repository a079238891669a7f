"""Who may do what on a board."""

from datetime import date

import rules
from django.db.models import Q
from django.utils import timezone

from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import ActingChair, Appointment, Board, Seat
from partnership.page_cache.memo import cached_until_changed


@rules.predicate
def is_chair(user) -> bool:
    """Holds the chair's seat of any board today, or acts for who does."""
    return user.is_authenticated and bool(boards_chaired_by(user, timezone.localdate()))


def terms_of(user) -> list[Appointment]:
    """Terms, running or to come, of the person and of those they deputise for, with seats and boards. Asked once for
    each request, then remembered on the user: to draw a page, not to decide under a lock."""
    if not hasattr(user, "_terms"):
        terms = Appointment.objects.not_ended(timezone.localdate()).filter(Q(holder=user) | Q(deputy=user))
        user._terms = list(terms.select_related("seat__board"))
    return user._terms


def boards_chaired_by(user, on: date) -> list[Board]:
    """The boards whose chair's seat the person holds on the day, today or later, while seat and board exist; and those for
    whose chair they act."""
    held = [term.seat for term in terms_of(user) if term.holder_id == user.pk and term.runs_on(on)]
    boards = {seat.board_id: seat.board for seat in held if seat.is_chair and seat.exists_on(on)}
    acts = cached_until_changed(
        ("acting chairs", on), lambda: list(ActingChair.objects.current(on).select_related("board"))
    )
    boards |= {each.board_id: each.board for each in acts if each.person_id == user.pk}
    return list(boards.values())


def seats_of(user) -> list[Seat]:
    """The seats the person holds or deputises for today, while seat and board exist."""
    today = timezone.localdate()
    seats = {term.seat_id: term.seat for term in terms_of(user) if term.runs_on(today)}
    return [seat for seat in seats.values() if seat.exists_on(today)]


def boards_sat_on(user) -> set[int]:
    """The ids of the boards whose closed papers the person reads today: they hold a seat there, deputise for a holder, or
    act for the chair. Remembered as `terms_of` is."""
    if not user.is_authenticated:
        return set()
    chaired = boards_chaired_by(user, timezone.localdate())
    return {seat.board_id for seat in seats_of(user)} | {board.pk for board in chaired}


@rules.predicate
def is_chair_of(user, board) -> bool:
    """Holds the chair's seat of this board today, or acts for who does."""
    return board is not None and Board.objects.chaired_by(user).filter(pk=board.pk).exists()


def holds_seat_on(user, board, on=None, *, or_deputises: bool = False) -> bool:
    """Holds a seat on the board on the day (today unless given), from the first day of the term to the last.

    With `or_deputises` somebody who deputises for a holder counts too.
    """
    return board is not None and Board.objects.held_by(user, on, or_deputises=or_deputises).filter(pk=board.pk).exists()


@rules.predicate
def holds_chair_of(user, board) -> bool:
    """Holds the chair's seat of this board today, and does not only act for who does."""
    return board is not None and user.is_authenticated and board.chair_on(timezone.localdate()) == user


rules.add_perm("boards.edit_board", is_partnership_staff)
rules.add_perm("boards.name_acting_chair", is_partnership_staff | holds_chair_of)
rules.add_perm("boards.edit_bank_holidays", is_partnership_staff)
rules.add_perm("boards.edit_inductions", is_partnership_staff)
rules.add_perm("boards.edit_jargon", is_partnership_staff)
rules.add_perm("boards.watch_vacancies", is_partnership_staff)

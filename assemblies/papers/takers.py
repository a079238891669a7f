"""Which boards of a meeting in common take an item of its agenda, and what each of them does: decides, or advises.

Source: DOMAIN §2: each board has its own votes and decisions.
"""

from collections.abc import Iterable
from typing import NamedTuple

from assemblies.meetings.in_common import boards_of, names_of
from assemblies.meetings.purposes import Purpose, may_decide
from assemblies.papers.models import AgendaItem, AgendaItemBoard, AgendaVersion
from partnership.boards.models import Board

Role = AgendaItemBoard.Role


class Taker(NamedTuple):
    """A board that takes an item, and what it does."""

    board: Board
    role: str

    @property
    def decides(self) -> bool:
        return self.role == Role.DECISIVE


def takers_of(item: AgendaItem, boards: Iterable[Board] | None = None) -> list[Taker]:
    """Who takes the item, the host first. `boards` are those of its meeting, where they are known already.

    Where nobody said anything, all boards take an item of a draft. A published item is a fact: those that took it then, and the
    host alone where the meeting was not in common. None takes an item of a draft whose boards have all left the meeting. One
    query, where the item was not read with `taking__board`.
    """
    boards = list(boards if boards is not None else boards_of(item.version.meeting))
    said = {row.board_id: Taker(row.board, row.role) for row in item.taking.all()}
    if item.version.state == AgendaVersion.State.PUBLISHED:
        if not said:
            return [Taker(boards[0], usual_role(boards[0], item.purpose))]
        order = [each.pk for each in boards]
        return sorted(said.values(), key=lambda each: (_place(order, each.board.pk), each.board.name))
    if not said:
        return [Taker(each, usual_role(each, item.purpose)) for each in boards]
    return [said[each.pk] for each in boards if each.pk in said]


def boards_taking(items: Iterable[AgendaItem], boards: Iterable[Board]) -> list[Board]:
    """Which of the boards take any of these items of their meeting's agenda; all of them where none does."""
    order = list(boards)
    taking = {each.board.pk for item in items for each in takers_of(item, order)}
    return [each for each in order if each.pk in taking] or order


def usual_role(board: Board, purpose: str) -> str:
    """What a board does with an item of the purpose unless somebody says otherwise: a forum advises, always."""
    return Role.DECISIVE if purpose == Purpose.DECISION and may_decide(board) else Role.ADVISORY


def is_usual(takers: Iterable[Taker], boards: Iterable[Board], purpose: str) -> bool:
    """Whether all the boards take the item in their usual role, so that nothing has to be stored."""
    usual = {each.pk: usual_role(each, purpose) for each in boards}
    return {each.board.pk: str(each.role) for each in takers} == usual


def in_words(takers: list[Taker], purpose: str) -> str:
    """Returns "The A decides, and the B advises." for an item for decision, and else "For the A and the B."."""
    if not takers:
        return "No board takes it."
    if purpose != Purpose.DECISION:
        return f"For {_names(takers)}."
    parts = [
        f"{_names(alike)} {f'each {verb}' if len(alike) > 1 else f'{verb}s'}"
        for verb, decides in (("decide", True), ("advise", False))
        if (alike := [each for each in takers if each.decides is decides])
    ]
    said = ", and ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def said_in_public(item: AgendaItem, boards: list[Board]) -> str:
    """Who took a published item of an agenda in common, in words; "" where all its boards did and it is not for decision."""
    takers = takers_of(item, boards)
    if not item.taking.all() or (item.purpose != Purpose.DECISION and [each.board for each in takers] == boards):
        return ""
    return in_words(takers, item.purpose)


def _place(order: list[int], pk: int) -> int:
    return order.index(pk) if pk in order else len(order)


def _names(takers: list[Taker]) -> str:
    return names_of([each.board for each in takers])

"""What the screen of a meeting shows: the picture, put in the words and order in which people use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from assemblies.meetings.models import Meeting
from assemblies.sittings.entry_kinds import DOES, EntryKind, Outcome, Vote, choices_of
from assemblies.sittings.order_of_business import Business, Proposed, seat_name
from assemblies.sittings.picture import Attendance, Picture, Quorum, Recorded
from partnership.boards.models import Board, Seat
from partnership.interests.interest_kinds import CODES, Kind, code_of

EARLIER = "As an earlier version of the report put it."
ADVISES = [Outcome.RECOMMENDED, Outcome.NOTED, Outcome.DEFERRED]  # what a board says that does not decide


class Move(NamedTuple):
    """That somebody came or left after the first item had started: "joined", "returned" or "left", and at which item."""

    name: str
    did: str
    item: int

    def __str__(self) -> str:
        return f"{self.name} {self.did} at item {self.item}"


class SeatRow(NamedTuple):
    """A seat, who holds it, and how it is taken at the current item."""

    seat: Seat
    name: str
    deputy: str
    how: Attendance | None
    moves: list[Move]


class BoardRows(NamedTuple):
    board: Board
    quorum: Quorum
    seats: list[SeatRow]
    uncounted: int  # seats that somebody holds, and nobody has said how they attend


class Question(NamedTuple):
    """What a board is asked on an item, and what it said."""

    board: Board
    put: Proposed
    said: Recorded | None
    outcomes: list[tuple[str, str]]
    voters: list[tuple[Seat, str]]
    names_movers: bool
    has_casting_vote: bool
    is_asked: bool  # an answer is needed before the meeting can end
    moved: str
    votes: list[tuple[str, str]]  # name, how they voted
    casting: str

    @property
    def recommends(self) -> bool:
        """Whether the board may only recommend."""
        return any(value == Outcome.RECOMMENDED for value, _ in self.outcomes)


class Declared(NamedTuple):
    said: Recorded
    kind: str
    nature: str
    mitigation: str


class ItemRows(NamedTuple):
    """An item with all that was entered for it, and what may be."""

    item: Business
    is_current: bool
    state: str
    colour: str
    is_private: bool
    must_resolve: list[Board]
    resolutions: list[tuple[Board, Recorded]]
    questions: list[Question]
    interests: list[Declared]
    gone: list[str]
    speakers: list[Recorded]
    notes: list[Recorded]
    actions: list[Recorded]
    done: Recorded | None
    put_off: Recorded | None
    began: datetime | None


@dataclass(frozen=True)
class Screen:
    meeting: Meeting
    picture: Picture
    boards: list[BoardRows]
    items: list[ItemRows]
    guests: list[Recorded]
    presides: str
    several: bool  # boards

    @property
    def current(self) -> ItemRows | None:
        return self.items[self.picture.current - 1] if self.picture.current else None

    @property
    def following(self) -> ItemRows | None:
        """The next item that is not dealt with, or else one before the current item; None where no other waits."""
        now, still = self.picture.current, {item.place for item in self.picture.open_items()}
        waiting = [each for each in (*self.items[now:], *self.items[: max(now - 1, 0)]) if each.item.place in still]
        return next(iter(waiting), None)

    @property
    def all_dealt_with(self) -> bool:
        """Whether every item is dealt with, so that ending the meeting is the next step."""
        return bool(self.items) and not self.left

    @property
    def uncounted(self) -> int:
        return sum(board.uncounted for board in self.boards)

    @property
    def here(self) -> int:
        return sum(bool(row.how and row.how.is_here) for board in self.boards for row in board.seats)

    @property
    def left(self) -> int:
        return len(self.picture.open_items())


def screen_of(meeting: Meeting, picture: Picture) -> Screen:
    """The screen as it stands; reads nothing more."""
    order, place = picture.order, picture.current
    presiding = picture.presides(place)
    return Screen(
        meeting,
        picture,
        [_board(picture, board) for board in order.boards],
        [_item(picture, item) for item in order.items],
        picture.guests,
        presiding.name if presiding else "",
        len(order.boards) > 1,
    )


def _board(picture: Picture, board: Board) -> BoardRows:
    rows = []
    for seat in picture.order.seats_of(board):
        term = seat.holders[0] if seat.holders else None
        name = str(term.holder) if term and term.holder else ""
        deputy = str(term.deputy) if term and term.deputy else ""
        how = picture.attends(seat, picture.current)
        rows.append(SeatRow(seat, name, deputy, how, moves_of(picture, seat)))
    return BoardRows(
        board, picture.quorum(picture.current, board), rows, sum(row.how is None and bool(row.name) for row in rows)
    )


def moves_of(picture: Picture, seat: Seat) -> list[Move]:
    """Who joined or left for the seat after the first item had started, in that order."""
    moves: list[Move] = []
    was: Attendance | None = None
    seen: set[str] = set()
    for place, how in picture.attendance.get(seat.pk, []):
        name, item = how.name or seat.title, picture.order.item(place)
        came = how.is_here and (was is None or not was.is_here or was.name != how.name)
        if item and place > 1 and came:
            moves.append(Move(name, "returned" if name in seen else "joined", item.number))
        elif item and was is not None and was.is_here and not how.is_here:
            moves.append(Move(was.name or seat.title, "left", item.number))
        if how.is_here:
            seen.add(name)
        was = how
    return moves


def _item(picture: Picture, item: Business) -> ItemRows:
    place = item.place
    state, colour = _state(picture, item)
    return ItemRows(
        item,
        picture.current == place,
        state,
        colour,
        picture.is_private(place),
        picture.must_resolve(place),
        [
            (board, said)
            for (at, pk), said in picture.resolutions.items()
            if at == place and (board := picture.order.board(pk))
        ],
        [_question(picture, item, each.board, put) for each in item.takers for put in _put(picture, item, each.board)],
        [_declared(said) for said in picture.interests.get(place, [])],
        [
            _sits(picture, said.seat, place)
            for said in picture.interests.get(place, [])
            if said.seat and said.seat.pk in picture.left(place)
        ],
        picture.of_kind(place, EntryKind.SPEAKER),
        picture.of_kind(place, EntryKind.NOTE),
        picture.of_kind(place, EntryKind.ACTION),
        picture.done.get(place),
        picture.put_off(place),
        picture.began.get(place),
    )


def _state(picture: Picture, item: Business) -> tuple[str, str]:
    """In a word how far the item is, and the colour of its tag."""
    if picture.put_off(item.place):
        return "Put off", "orange"
    said = {each.outcome for each in picture.outcomes_of(item.place)}
    if picture.is_dealt_with(item):
        return (said.pop() if len(said) == 1 else "Dealt with"), "green"
    if picture.current == item.place:
        return "Now", "blue"
    return ("In part", "yellow") if said else ("", "")


def _put(picture: Picture, item: Business, board: Board) -> list[Proposed]:
    """What the board is asked. Where an outcome is on an earlier version of the report, what the newer one says was not put."""
    said = {number: each for (at, pk, number), each in picture.outcomes.items() if (at, pk) == (item.place, board.pk)}
    now = {put.number: put for put in item.puts(board)}
    earlier = {
        number: Proposed(number, EARLIER)
        for number, each in said.items()
        if number not in now or each.facts["report"] != now[number].report
    }
    return [each for _, each in sorted((now | earlier).items())]


def _question(picture: Picture, item: Business, board: Board, put: Proposed) -> Question:
    decides = item.board_decides(board)
    offered = [each for each in Outcome if each != Outcome.RECOMMENDED] if decides else ADVISES
    practice = picture.order.practice(board)
    said = picture.outcomes.get((item.place, board.pk, put.number))
    return Question(
        board,
        put,
        said,
        choices_of(offered),
        [(seat, _sits(picture, seat, item.place)) for seat in picture.may_vote(item.place, board)] if decides else [],
        practice.names_movers,
        practice.has_casting_vote,
        item.is_for_decision,
        _moved(picture, said, item.place) if said else "",
        _votes(picture, said, item.place) if said else [],
        _casting(picture, said, item.place) if said else "",
    )


def _moved(picture: Picture, said: Recorded, place: int) -> str:
    """Who moved and who seconded; "" where nobody was named."""
    named = [(word, said.facts.get(key)) for word, key in (("moved", "mover"), ("seconded", "seconder"))]
    found = ((word, picture.order.seats.get(pk)) for word, pk in named if pk)
    return ", ".join(f"{word} by {_sits(picture, seat, place)}" for word, seat in found if seat)


def _votes(picture: Picture, said: Recorded, place: int) -> list[tuple[str, str]]:
    votes = said.facts.get("votes", {})
    return [
        (_sits(picture, seat, place), str(Vote(votes[str(pk)]).label).lower())
        for pk, seat in picture.order.seats.items()
        if str(pk) in votes
    ]


def _casting(picture: Picture, said: Recorded, place: int) -> str:
    """Who cast the casting vote, and how; "" where nobody did."""
    if not said.facts.get("casting"):
        return ""
    name = _sits(picture, picture.order.seats[said.facts["casting_by"]], place)
    return f"Casting vote of {name}: {Vote(said.facts['casting']).label.lower()}"


def _sits(picture: Picture, seat: Seat, place: int) -> str:
    how = picture.attends(seat, place)
    return (how.name if how else "") or seat_name(seat)


def _declared(said: Recorded) -> Declared:
    facts = said.facts
    nature = "Details withheld" if facts["withheld"] else facts["nature"]
    return Declared(said, Kind(facts["kind"]).label, nature, DOES[facts["mitigation"]])


def kinds_for(boards: Iterable[Board]) -> list[tuple[str, str]]:
    """The kinds of interest that members of the boards declare, each once."""
    return list(
        dict.fromkeys((kind.value, kind.label) for board in boards for kind in CODES[code_of(board.regime)].kinds)
    )

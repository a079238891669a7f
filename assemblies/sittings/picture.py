"""How a meeting stands by what was entered in its record: who is there at which item, what was declared, resolved, decided.

Pure: it reads nothing but the order of business and the entries. Sources: DOMAIN §2; Local Government Act 1972 s.100A(4)
and Public Bodies (Admission to Meetings) Act 1960 s.1(2) (private sessions); Localism Act 2011 s.31 (interests).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from assemblies.decisions.models import DecisionInterest
from assemblies.sittings.entry_kinds import HERE, LEAVES, Attends, Done, EntryKind, Outcome, Sits, Vote
from assemblies.sittings.order_of_business import Business, OrderOfBusiness, Proposed
from partnership import dates
from partnership.boards import quorum, regimes
from partnership.boards.models import Board, Seat
from partnership.partners.models.partner import Sector


@dataclass(frozen=True)
class Attendance:
    """How somebody attends for a seat, from an item on. `name` is who sits there."""

    status: str
    name: str = ""
    sits: str = Sits.HOLDER
    number: int = 0  # of the entry

    @property
    def is_here(self) -> bool:
        return self.status in HERE

    @property
    def label(self) -> str:
        return Attends(self.status).label

    @property
    def in_whose_place(self) -> str:
        """ "deputy" or "substitute"; "" for the holder."""
        return "" if self.sits == Sits.HOLDER else str(Sits(self.sits).label)


@dataclass(frozen=True)
class Recorded:
    """What an entry said of an item, in the words of its kind."""

    number: int
    facts: dict[str, Any]
    by: str
    said_at: datetime | None
    seat: Seat | None = None
    board: Board | None = None
    name: str = ""

    @property
    def outcome(self) -> str:
        return Outcome(self.facts["outcome"]).label.capitalize()

    @property
    def due(self) -> str:
        """By when an action is due, in words."""
        return dates.short_day(date.fromisoformat(self.facts["due_on"]))

    @property
    def tally(self) -> dict[str, int]:
        """How many voted each way; empty where no vote was taken."""
        votes = list(self.facts.get("votes", {}).values())
        return {str(Vote(each).label).capitalize(): votes.count(each) for each in Vote} if votes else {}


class Quorum(NamedTuple):
    """Whether a board may decide at an item. `counted` of the `needed` count; `never`: its rule cannot be met by those it has."""

    board: Board
    is_met: bool
    counted: int
    needed: int
    missing: list[Sector]
    never: bool

    @property
    def words(self) -> str:
        missing = ", ".join(f"nobody for {each.label}" for each in self.missing)
        parts = [f"{self.counted} here", f"{self.needed} needed" if self.needed else "", missing]
        return ", ".join(each for each in parts if each)


@dataclass
class Picture:
    """The state of a meeting. Places count from 1, in the order of business; 0 is before the first item."""

    order: OrderOfBusiness
    current: int = 0
    newest: int = 0
    undone: set[int] = field(default_factory=set)
    began: dict[int, datetime] = field(default_factory=dict)
    attendance: dict[int, list[tuple[int, Attendance]]] = field(default_factory=lambda: defaultdict(list))
    guests: list[Recorded] = field(default_factory=list)
    presiding: list[tuple[int, Recorded]] = field(default_factory=list)
    interests: dict[int, list[Recorded]] = field(default_factory=lambda: defaultdict(list))
    resolutions: dict[tuple[int, int], Recorded] = field(default_factory=dict)  # by place and board
    said: dict[int, list[tuple[str, Recorded]]] = field(default_factory=lambda: defaultdict(list))
    outcomes: dict[tuple[int, int, int], Recorded] = field(default_factory=dict)  # by place, board, recommendation
    done: dict[int, Recorded] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)  # those it was made of

    @property
    def item(self) -> Business | None:
        return self.order.item(self.current)

    def attends(self, seat: Seat, place: int) -> Attendance | None:
        """How the seat is taken at an item; None where nobody has said."""
        said = [each for at, each in self.attendance.get(seat.pk, []) if at <= place]
        return said[-1] if said else None

    def sits(self, seat: Seat, place: int) -> str:
        """The name of who sits there at the item, or of who holds the seat; of a vacant one its title."""
        how = self.attends(seat, place)
        holder = seat.holders[0].holder if seat.holders else None
        return (how.name if how else "") or (str(holder) if holder else seat.title)

    def here(self, place: int, board: Board) -> list[Seat]:
        """The seats of the board that are taken at the item, in the room or online; before withdrawals."""
        return [seat for seat in self.order.seats_of(board) if (how := self.attends(seat, place)) and how.is_here]

    def with_interest(self, place: int, mitigations: Iterable[str]) -> set[int]:
        """The seats whose interest in the item is dealt with in one of these ways, where who declared it sits there."""
        return {
            each.seat.pk
            for each in self.interests.get(place, [])
            if each.seat and each.facts["mitigation"] in mitigations and each.name == self.sits(each.seat, place)
        }

    def left(self, place: int) -> set[int]:
        """Seats whose holder leaves for the item because of an interest."""
        return self.with_interest(place, LEAVES)

    def may_vote(self, place: int, board: Board) -> list[Seat]:
        """Seats that may vote on the item: voting, taken by somebody here, and with no interest that keeps them from it.

        Where the law does not count those online, they have no vote either (Local Government Act 1972, Schedule 12).
        """
        voteless = self.with_interest(place, DecisionInterest.NO_VOTE)
        online = regimes.online_counts(board.regime, self.order.day)
        found = []
        for seat in self.here(place, board):
            how = self.attends(seat, place)
            if seat.voting and seat.pk not in voteless and how and (online or how.status == Attends.ROOM):
                found.append(seat)
        return found

    def quorum(self, place: int, board: Board) -> Quorum:
        """Whether enough are here at the item for the board to decide, by its own rule and regime."""
        voting = [seat for seat in self.order.seats_of(board) if seat.voting]
        present = self.here(place, board)
        gone = self.left(place)
        withdrawn = [seat for seat in present if seat.pk in gone]
        online = [seat for seat in present if (how := self.attends(seat, place)) and how.status == Attends.ONLINE]
        needed = quorum.needed(board, len(voting))
        counting = quorum.counting(board, present=present, online=online, withdrawn=withdrawn, on=self.order.day)
        return Quorum(
            board,
            quorum.is_met(
                board, present=present, members=len(voting), on=self.order.day, online=online, withdrawn=withdrawn
            ),
            len(counting),
            needed,
            quorum.missing_sectors(board, counting),
            needed > len(voting) or bool(quorum.missing_sectors(board, voting)),
        )

    def is_private(self, place: int) -> bool:
        """Whether the item is taken without the public: each board that takes it resolved so, or the law requires it."""
        item = self.order.item(place)
        if item is None or item.closure is None or not self.order.is_public:
            return False
        if not item.needs_resolution:
            return True
        return all(
            (said := self.resolutions.get((place, each.board.pk))) is not None and said.facts["private"]
            for each in item.takers
        )

    def must_resolve(self, place: int) -> list[Board]:
        """The boards that have not said yet whether they take the closed item in private."""
        item = self.order.item(place)
        if item is None or not item.needs_resolution or not self.order.is_public:
            return []
        return [each.board for each in item.takers if (place, each.board.pk) not in self.resolutions]

    def presides(self, place: int, until: int | None = None) -> Recorded | None:
        """Who presides at the item; `until` an entry: by what was entered before it."""
        said = [each for at, each in self.presiding if at <= place and (until is None or each.number < until)]
        return said[-1] if said else None

    def casts(self, place: int, board: Board, until: int | None = None) -> Seat | None:
        """The seat that has the board's casting vote at the item: that of who presides, or the chair's where nobody of the board
        does, as at a meeting in common.
        """
        presiding = self.presides(place, until)
        if presiding and presiding.seat and presiding.seat.board_id == board.pk:
            return presiding.seat
        return next((seat for seat in self.order.seats_of(board) if seat.is_chair), None)

    def of_kind(self, place: int, kind: str) -> list[Recorded]:
        """What was entered of one kind at an item: speakers, notes, actions, questions."""
        return [each for what, each in self.said.get(place, []) if what == kind]

    def outcomes_of(self, place: int) -> list[Recorded]:
        """The outcomes of an item, of each board and each recommendation."""
        return [said for (at, _, _), said in self.outcomes.items() if at == place]

    def put_off(self, place: int) -> Recorded | None:
        """What was said when the item was put off; None where it was not."""
        said = self.done.get(place)
        return said if said and said.facts["how"] == Done.PUT_OFF else None

    def outstanding(self, item: Business) -> list[tuple[Board, Proposed]]:
        """What each board that decides the item has still to decide; nothing for an item that was put off."""
        if self.put_off(item.place):
            return []
        asked = [each.board for each in item.takers] if item.is_for_decision else []
        return [
            (board, put)
            for board in asked
            for put in item.puts(board)
            if (item.place, board.pk, put.number) not in self.outcomes
        ]

    def is_dealt_with(self, item: Business) -> bool:
        """Whether the meeting may end without coming back to the item."""
        is_taken = item.place in self.done or bool(self.outcomes_of(item.place))
        return is_taken and not self.outstanding(item)

    def after(self, kind: str, place: int, seat: Seat | None, facts: dict[str, Any]) -> "Picture":
        """The picture that it would be with one entry more."""
        item = self.order.item(place)
        more = SimpleNamespace(
            number=self.newest + 1, kind=kind, item_id=item.pk if item else None, seat_id=seat.pk if seat else None,
            board_id=None, facts=facts, by="", said_at=None,
        )  # fmt: skip
        return fold(self.order, [*self.entries, more])

    def open_items(self) -> list[Business]:
        """The items that keep the meeting from ending: none that was taken off the agenda meanwhile."""
        return [item for item in self.order.items if not item.is_off and not self.is_dealt_with(item)]


def fold(order: OrderOfBusiness, entries: Iterable) -> Picture:
    """The picture that the entries make, in the order in which they were numbered; what was taken back counts as never said."""
    rows = sorted(entries, key=lambda each: each.number)
    picture = Picture(order, newest=rows[-1].number if rows else 0, entries=rows)
    picture.undone = {each.facts["entry"] for each in rows if each.kind == EntryKind.UNDO}
    for each in rows:
        if each.number not in picture.undone and each.kind != EntryKind.UNDO:
            _add(picture, each)
    for said in picture.attendance.values():
        said.sort(key=lambda each: each[0])
    picture.presiding.sort(key=lambda each: each[0])
    return picture


def _add(picture: Picture, entry) -> None:
    place = picture.order.place_of(entry.item_id)
    seat = picture.order.seats.get(entry.seat_id)
    board = picture.order.board(entry.board_id)
    said = Recorded(entry.number, entry.facts, str(entry.by), entry.said_at, seat, board, entry.facts.get("name", ""))
    match entry.kind:
        case EntryKind.ITEM:
            picture.current = place
            picture.began.setdefault(place, entry.said_at)
        case EntryKind.ATTENDANCE:
            facts = entry.facts
            how = Attendance(facts["status"], facts.get("name", ""), facts.get("sits", Sits.HOLDER), entry.number)
            picture.attendance[entry.seat_id].append((place, how))
        case EntryKind.GUEST:
            picture.guests.append(said)
        case EntryKind.PRESIDES:
            picture.presiding.append((place, said))
        case EntryKind.INTEREST:
            picture.interests[place].append(said)
        case EntryKind.SESSION:
            picture.resolutions[place, entry.board_id] = said
        case EntryKind.OUTCOME:
            picture.outcomes[place, entry.board_id, entry.facts["recommendation"]] = said
        case EntryKind.DONE:
            picture.done[place] = said
        case _:
            picture.said[place].append((entry.kind, said))

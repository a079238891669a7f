"""An order of business and its entries, without a database."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from assemblies.meetings.purposes import Purpose
from assemblies.papers.takers import Role, Taker
from assemblies.sittings.entry_checks import check, kept
from assemblies.sittings.models import BoardPractice
from assemblies.sittings.new_entry import NewEntry
from assemblies.sittings.order_of_business import Business, OrderOfBusiness, Proposed
from assemblies.sittings.picture import Picture, fold
from partnership.boards.models import Board, Seat
from partnership.boards.regimes import Regime

DAY = date(2026, 9, 14)


def board(pk: int = 1, *, regime: str = Regime.OWN_TERMS, kind: str = Board.Kind.STATUTORY, **facts) -> Board:
    return Board(pk=pk, name=f"Board {pk}", regime=regime, kind=kind, **facts)


def seats(of: Board, number: int = 5, *, first: int = 1, voting: bool = True) -> list[Seat]:
    """Seats numbered from `first`, the first of them the chair's; each held by "Person 1", "Person 2" …"""
    made = [
        Seat(pk=pk, board=of, title=f"Seat {pk}", voting=voting, is_chair=pk == first, sector="")
        for pk in range(first, first + number)
    ]
    for seat in made:
        seat.holders = [SimpleNamespace(holder=f"Person {seat.pk}", deputy=None, partner=None)]
    return made


def item(
    place: int, *boards: Board, purpose: str = Purpose.DECISION, recommendations: int = 0, closure=None, role=None
) -> Business:
    takers = tuple(Taker(each, role or Role.DECISIVE) for each in boards)
    put = tuple(Proposed(number, f"Recommendation {number}", 7) for number in range(1, recommendations + 1))
    return Business(
        pk=place * 10, place=place, number=place, title=f"Item {place}", public_title=f"Item {place}",
        purpose=purpose, takers=takers,
        proposed={boards[0].pk: put} if put else {}, pks=frozenset({place * 10, place * 10 + 1}), closure=closure,
    )  # fmt: skip


def order(
    *items: Business,
    of: list[Seat],
    day: date = DAY,
    is_public: bool = True,
    casting: bool = False,
    movers: bool = False,
):
    boards = tuple({seat.board.pk: seat.board for seat in of}.values())
    practices = {
        each.pk: BoardPractice(board=each, has_casting_vote=casting, names_movers=movers) for each in boards
    }  # fmt: skip
    return OrderOfBusiness(items, boards, {seat.pk: seat for seat in of}, day, is_public, practices=practices)


def closure_of(*grounds):
    """Something closed on grounds, each a class and a board that gave it."""
    rows = [
        SimpleNamespace(classification=classification, board_id=of.pk, ground=ground)
        for classification, ground, of in grounds
    ]
    made = SimpleNamespace(grounds=SimpleNamespace(all=lambda: rows))
    made.lacks_ground_of = lambda boards: [each for each in boards if each.pk not in {row.board_id for row in rows}]
    return made


class Record:
    """Entries one after the other, each checked as it would be when it is sent."""

    def __init__(self, of: OrderOfBusiness) -> None:
        self.order, self.rows = of, []

    @property
    def picture(self) -> Picture:
        return fold(self.order, self.rows)

    def check(self, kind: str, place: int = 0, /, *, seat=None, board=None, **facts) -> None:
        check(NewEntry(kind, place, seat, board, facts), self.picture)

    def enter(self, kind: str, place: int = 0, /, *, seat=None, board=None, **facts) -> int:
        self.check(kind, place, seat=seat, board=board, **facts)
        facts = kept(NewEntry(kind, place, seat, board, facts), self.picture)
        number = len(self.rows) + 1
        self.rows.append(
            SimpleNamespace(
                number=number, kind=kind, item_id=place * 10 or None, seat_id=seat.pk if seat else None,
                board_id=board.pk if board else None, facts=facts, by="Sam",
                said_at=datetime(2026, 9, 14, 9, tzinfo=UTC) + timedelta(minutes=number),
            )
        )  # fmt: skip
        return number

    def here(self, *present: Seat, place: int = 0, status: str = "room") -> None:
        for seat in present:
            self.enter("attendance", place, seat=seat, status=status, name=f"Person {seat.pk}", sits="holder")

    def outcome(self, place: int, of: Board, outcome: str = "agreed", **facts) -> int:
        facts = {"recommendation": 0, "text": "", "votes": {}, **facts}
        return self.enter("outcome", place, board=of, outcome=outcome, **facts)


def meeting(
    *, of: Board | None = None, number: int = 5, items: int = 2, recommendations: int = 0, day=date(2026, 9, 14), **how
):
    """A record with a board of so many seats, and items for decision."""
    one = of or board(quorum_number=3)
    sits = seats(one, number)
    made = [item(place, one, recommendations=recommendations) for place in range(1, items + 1)]
    return Record(order(*made, of=sits, day=day, **how)), one, sits


def interest(mitigation: str, kind: str = "financial", **facts):
    given = {"nature": "Trustee", "withheld": False, "dispensation_by": "", "dispensation_until": ""}
    return {"kind": kind, "mitigation": mitigation, **given, **facts}

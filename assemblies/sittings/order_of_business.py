"""What stands before a meeting begins: its items with what is recommended, its boards and how they decide, its seats."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from django.db.models import Exists, OuterRef
from django.utils import timezone

from assemblies.closures.models import Closure
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import Purpose, may_decide
from assemblies.papers import agenda_history
from assemblies.papers.agenda_reports import reports_of
from assemblies.papers.models import AgendaItem, AgendaVersion, ReportVersion
from assemblies.papers.models.report_version import Recommendation
from assemblies.papers.takers import Taker, takers_of
from assemblies.sittings.models import BoardPractice, Entry
from partnership.boards.grounds import Classification
from partnership.boards.models import Board, Seat
from partnership.ui.templatetags.portal import plain

OUT_OF_VIEW = "The report was withdrawn from view."
TO_APPENDIX = re.compile(r"\[([^\]]*)\]\(appendix-[^)]*\)", re.IGNORECASE)


@dataclass(frozen=True)
class Proposed:
    """A recommendation as it is put. `number` 0 is the item as a whole, where no report recommends anything."""

    number: int
    text: str = ""
    report: int | None = None  # number of the version of the report it stands in


WHOLE = Proposed(0)


@dataclass(frozen=True)
class Business:
    """An item as the meeting takes it. `place` counts from 1, `number` is the one on the agenda; `pks` are its rows in every
    version of the agenda."""

    pk: int
    place: int
    number: int
    title: str
    public_title: str
    purpose: str
    takers: tuple[Taker, ...]
    proposed: dict[int, tuple[Proposed, ...]] = field(default_factory=dict)  # by board
    presenter: str = ""
    summary: str = ""
    starts_at: datetime | None = None
    closure: Closure | None = None
    pks: frozenset[int] = frozenset()
    row: AgendaItem | None = None
    reports: tuple[ReportVersion, ...] = ()
    is_off: bool = False  # the agenda that is published has it no longer

    @property
    def is_for_decision(self) -> bool:
        return self.purpose == Purpose.DECISION

    @property
    def closed_by(self) -> Closure | None:
        """What closes the item to the public, or a report of it, so that nothing of it is shown to everybody."""
        return self.closure or next((each.closed_by for each in self.reports if each.closed_by), None)

    def puts(self, board: Board) -> tuple[Proposed, ...]:
        """What the board is asked: each recommendation of its report, or the item as a whole."""
        return self.proposed.get(board.pk) or (WHOLE,)

    def board_decides(self, board: Board) -> bool:
        """Whether the board may take a decision on the item: it takes it, to decide, and is no consultative forum."""
        return may_decide(board) and any(each.board.pk == board.pk and each.decides for each in self.takers)

    @property
    def needs_resolution(self) -> bool:
        """Whether the meeting resolves to take it in private; what is confidential it must, without a resolution."""
        grounds = list(self.closure.grounds.all()) if self.closure else []
        return self.closure is not None and not (
            grounds and all(each.classification == Classification.CONFIDENTIAL for each in grounds)
        )


@dataclass(frozen=True)
class OrderOfBusiness:
    """A meeting's items in their order, its boards with how they decide, and their seats on its day."""

    items: tuple[Business, ...]
    boards: tuple[Board, ...]
    seats: dict[int, Seat]
    day: date
    is_public: bool = True
    meeting: int | None = None  # its number
    practices: dict[int, BoardPractice] = field(default_factory=dict)

    def place_of(self, item_pk: int | None) -> int:
        """The place of the item that this row of any version is; 0 for none."""
        return next((each.place for each in self.items if item_pk == each.pk or item_pk in each.pks), 0)

    def closed_among(self, pks: Collection[int]) -> frozenset[int]:
        """The places of the items that are closed, or whose reports are, and of which one of these is a row."""
        return frozenset(each.place for each in self.items if each.closed_by and not each.pks.isdisjoint({*pks}))

    def item(self, place: int) -> Business | None:
        return self.items[place - 1] if 0 < place <= len(self.items) else None

    def board(self, pk: int | None) -> Board | None:
        return next((each for each in self.boards if each.pk == pk), None)

    def seats_of(self, board: Board) -> list[Seat]:
        """Its seats in their order, the chair's first."""
        return [seat for seat in self.seats.values() if seat.board_id == board.pk]

    def practice(self, board: Board) -> BoardPractice:
        return self.practices.get(board.pk) or BoardPractice(board=board)


def as_put(text: str) -> str:
    """A recommendation as text for screens, decisions and minutes: without the marks of Markdown, and where it leads into an
    appendix of its report, which no other page has, by the words alone."""
    return plain(TO_APPENDIX.sub(r"\1", text))


def seat_name(seat: Seat) -> str:
    """The seat, and who holds it on the day of the meeting."""
    term = seat.holders[0] if seat.holders else None
    return f"{term.holder}, {seat.title}" if term and term.holder else f"{seat.title} (vacant)"


def read(meeting: Meeting) -> OrderOfBusiness:
    """The order of business by the newest published agenda of the meeting; without items where none is published. An item that
    was taken off after something was entered for it stays at its place, as do a seat that ended and a board that left.

    The same number of queries however many items and seats there are.
    """
    day = timezone.localdate(meeting.starts_at)
    named, boards = _named(meeting), boards_of(meeting)
    if gone := named["board"] - {board.pk for board in boards}:
        boards += Board.objects.filter(pk__in=gone).order_by("name")
    version = AgendaVersion.objects.published().filter(meeting=meeting).select_related("meeting__board").first()
    seats = Seat.objects.in_being(day) | Seat.objects.filter(pk__in=named["seat"])
    seats = seats.filter(board__in=boards).with_holders(day)
    by_board = {board.pk: board for board in boards}
    found = {}
    for seat in sorted(seats, key=lambda each: [board.pk for board in boards].index(each.board_id)):
        seat.board = by_board[seat.board_id]
        found[seat.pk] = seat
    practices = BoardPractice.objects.public().filter(board__in=boards)
    return OrderOfBusiness(
        items=_items(meeting, version, boards, named["item"]) if version else (),
        boards=tuple(boards),
        seats=found,
        day=day,
        is_public=meeting.is_public,
        meeting=meeting.pk,
        practices={each.board_id: each for each in practices},
    )


def _named(meeting: Meeting) -> dict[str, set[int]]:
    """The items, seats and boards that entries of the meeting name, without those that were taken back. One query."""
    names = ("item", "seat", "board")
    rows = list(Entry.objects.standing().filter(sitting__meeting=meeting).values_list(*names))
    return {name: {row[at] for row in rows if row[at]} for at, name in enumerate(names)}


def _items(
    meeting: Meeting, version: AgendaVersion, boards: list[Board], entered: Collection[int]
) -> tuple[Business, ...]:
    root_of = agenda_history.roots(meeting)
    rows_of: dict[int, set[int]] = defaultdict(set)
    for pk, root in root_of.items():
        rows_of[root].add(pk)
    rows = _rows(meeting, version, root_of, entered)
    reports = reports_of(version)
    for older in {row.version for row in rows} - {version}:
        reports |= reports_of(older)
    put = _put([report.pk for theirs in reports.values() for report in theirs])
    off = count(max((row.position for row in rows if row.version == version), default=0) + 1)
    return tuple(
        Business(
            pk=item.pk,
            place=place,
            number=next(off) if item.version != version else item.position,
            title=item.title,
            public_title=item.public_title,
            purpose=item.purpose,
            takers=tuple(each for each in takers_of(item, boards) if each.board in boards),
            proposed={report.report.item.board_id: tuple(put[report.pk]) for report in reports.get(item.pk, [])},
            presenter=item.presenter,
            summary=item.summary,
            starts_at=item.starts_at,
            closure=item.closed_by,
            pks=frozenset(rows_of[root_of[item.pk]]),
            row=item,
            reports=tuple(reports.get(item.pk, [])),
            is_off=item.version != version,
        )
        for place, item in enumerate(rows, start=1)
    )


def _rows(
    meeting: Meeting, version: AgendaVersion, root_of: dict[int, int], entered: Collection[int]
) -> list[AgendaItem]:
    """The rows of the version, and those that were taken off after something was entered for them: as they stood last."""
    named = {root_of[pk] for pk in entered if pk in root_of}
    known = AgendaItem.objects.with_closures().select_related("version__meeting__board", "planned")
    rows = known.filter(version__meeting=meeting, version__state=AgendaVersion.State.PUBLISHED)
    newest = {root_of[row.pk]: row for row in rows.prefetch_related("taking__board").order_by("version__number")}
    found = [row for root, row in newest.items() if row.version == version or root in named]
    return sorted(found, key=lambda row: (row.position, row.version != version))


def _put(versions: Collection[int]) -> dict[int, list[Proposed]]:
    """What these versions of reports recommend, by their numbers; of one out of view only that it recommends something."""
    put: dict[int, list[Proposed]] = defaultdict(list)
    withdrawn = Exists(ReportVersion.objects.withdrawn().filter(pk=OuterRef("version")))
    for each in Recommendation.objects.filter(version__in=versions).annotate(is_out_of_view=withdrawn):
        text = OUT_OF_VIEW if each.is_out_of_view else as_put(each.text)
        put[each.version_id].append(Proposed(each.number, text, each.version_id))
    return put

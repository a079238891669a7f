"""What asks for a notice of a council's executive: its key decisions and private meetings to come, each with how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from assemblies.closures.models import is_closed
from assemblies.executive_notices import standing
from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.executive_notices.notice_kinds import ABOUT, Kind
from assemblies.executive_notices.standing import Published, Rule, Standing
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from partnership import dates
from partnership.boards.clear_days import DayKind
from partnership.boards.models import Board

LIVE = [Meeting.State.DRAFT, Meeting.State.PUBLISHED]


@dataclass(frozen=True)
class Asked:
    """A key decision (`item`), or a meeting that the board holds in private in part, and the notices of it in force."""

    board: Board
    meeting: Meeting
    item: PlannedItem | None
    standing: Standing
    notices: tuple[ExecutiveNotice, ...]

    @property
    def title(self) -> str:
        return str(self.item) if self.item else f"Private meeting on {dates.short_day(self.meeting.starts_at)}"

    @property
    def words(self) -> str:
        """What is missing, and until when it can be published; "" where nothing is."""
        return missing(self.title, is_key=self.item is not None, stands=self.standing, starts_at=self.meeting.starts_at)

    @property
    def button(self) -> str:
        """What the link to the next notice says; "" where none is asked for."""
        return ABOUT[self.standing.next].button if self.standing.next else ""

    @property
    def url(self) -> str:
        """Where the next notice is published; "" where none is asked for."""
        item, kind = self.item.pk if self.item else None, self.standing.next
        return address(self.board.slug, kind, item=item, meeting=self.meeting.slug)


def address(board: str, kind: Kind | None, *, item: int | None, meeting: str) -> str:
    """Where a notice of the kind is published, of an item or else of a meeting; "" for none."""
    if kind is None:
        return ""
    if item is not None:
        return reverse("key_notice_new", args=[board, item, kind])
    return reverse("private_notice_new", args=[board, meeting, kind])


def missing(title: str, *, is_key: bool, stands: Standing, starts_at: datetime) -> str:
    """What is still to be published, in words that can stand alone."""
    if stands.next is None:
        return ""
    day, until = dates.day(starts_at), _by(stands.until)
    what = f"“{title}” is a key decision of {day}." if is_key else f"Part of the meeting on {day} is to be private."
    return f"{what} {ABOUT[stands.next].missing.format(until=until)}"


def _by(until: datetime | None) -> str:
    return f"{dates.clock(until)} on {dates.day(until)}" if until else ""


def rule_of(board: Board) -> Rule:
    return Rule(DayKind(board.notice_day_kind), board.publish_by, board.added_holidays)


def published(notices: Iterable[ExecutiveNotice]) -> list[Published]:
    """The notices as the rules read them; those that were withdrawn say nothing."""
    return [
        Published(each.kind, each.published_at, each.first_on, each.last_on)
        for each in notices
        if each.withdrawn_at is None
    ]


def key_decision(item: PlannedItem, now: datetime, *, on: datetime | None = None) -> Asked:
    """How a key decision that is planned for a meeting stands; `on` another day, if the meeting were moved there."""
    notices, meeting = tuple(item.executive_notices.all()), item.meeting
    assert meeting is not None, "it is planned for a meeting"
    stands = standing.of_key_decision(on or meeting.starts_at, rule_of(item.board), published(notices), now)
    return Asked(item.board, meeting, item, stands, notices)


def private_meeting(meeting: Meeting, board: Board, now: datetime, *, on: datetime | None = None) -> Asked:
    """How a meeting that the board holds in private in part stands; `on` as above."""
    notices = tuple(each for each in meeting.executive_notices.all() if each.board_id == board.pk)
    stands = standing.of_private_meeting(on or meeting.starts_at, rule_of(board), published(notices), now)
    return Asked(board, meeting, None, stands, notices)


def of_board(board: Board, now: datetime | None = None) -> list[Asked]:
    """All that the board has to give notice of at its meetings to come, the next first; nothing where it is no executive. The
    same number of queries, however much there is."""
    now = now or timezone.now()
    if not board.is_executive:
        return []
    ahead = _marked(board).filter(meeting__state__in=LIVE, meeting__starts_at__gt=now)
    return _asked(ahead.order_by("meeting__starts_at", "meeting", "position", "pk"), now)


def of_meeting(meeting: Meeting, boards: Iterable[Board], now: datetime, *, on: datetime | None = None) -> list[Asked]:
    """What the executives among the boards of the meeting have to give notice of for it. No query where there is none."""
    rows = (_marked(each).filter(meeting=meeting).order_by("position", "pk") for each in boards if each.is_executive)
    return [asked for each in rows for asked in _asked(each, now, on=on)]


def lost_by_move(meeting: Meeting, boards: Iterable[Board], starts_at: datetime) -> list[Asked]:
    """What is in order now, and would need another notice if the meeting began then: those there are name another day, or came
    too late for it."""
    now, boards = timezone.now(), list(boards)
    stands = of_meeting(meeting, boards, now)
    would = of_meeting(meeting, boards, now, on=starts_at)
    return [
        after for before, after in zip(stands, would, strict=True) if after.standing.next and not before.standing.next
    ]


def _marked(board: Board) -> QuerySet[PlannedItem]:
    """The board's planned items that are key decisions or to be taken in private, with all notices of them."""
    marked = Q(is_key=True) | Q(in_private=True) | is_closed()
    rows = board.planned_items.live().with_closures().filter(marked)
    notices = ExecutiveNotice.objects.select_related("board")
    return rows.select_related("topic", "meeting").prefetch_related(
        Prefetch("executive_notices", notices), Prefetch("meeting__executive_notices", notices)
    )


def _asked(rows: Iterable[PlannedItem], now: datetime, *, on: datetime | None = None) -> list[Asked]:
    """One for each key decision, and one for each meeting with something to be taken in private, before the first of it."""
    found, private = [], set()
    for item in rows:
        is_private = item.in_private or item.closed_by is not None
        if is_private and item.meeting is not None and item.meeting_id not in private:
            private.add(item.meeting_id)
            found.append(private_meeting(item.meeting, item.board, now, on=on))
        if item.is_key:
            found.append(key_decision(item, now, on=on))
    return found

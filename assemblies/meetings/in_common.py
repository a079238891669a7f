"""Meetings in common: several boards on one agenda, each with its own law, its own day to publish by and its own decisions.

Source: DOMAIN §2. One board is the host; the others meet in common with it.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership.boards import regimes
from partnership.boards.clear_days import working_days_before
from partnership.boards.models import Board
from partnership.boards.regimes import Regime


def boards_of(meeting: Meeting) -> list[Board]:
    """The boards that meet: the host first, then by name those that meet in common with it.

    One query, none where the meeting was read `with_boards`.
    """
    if meeting.pk is None:
        return [meeting.board]
    return [meeting.board, *(each for each in meeting.boards_in_common.all() if each.pk != meeting.board_id)]


def of_any_board(rows: QuerySet) -> Q:
    """The condition on meetings that one of the rows, each of a board, is of a board that meets."""
    return Exists(rows.filter(board=OuterRef("board"))) | Exists(rows.filter(board__meetings_in_common=OuterRef("pk")))


def meets_sooner(meeting: Meeting, now: datetime) -> Q:
    """The condition on rows, each of a board, that their board meets before the meeting, and that is not over."""
    before = Meeting.objects.published().upcoming(now).filter(starts_at__lt=meeting.starts_at).order_by()
    in_common = before.filter(boards_in_common__isnull=False)
    return Q(board__in=before.values("board")) | Q(board__in=in_common.values("boards_in_common"))


def is_in_common(meeting: Meeting) -> bool:
    """Whether more than one board meets."""
    return len(boards_of(meeting)) > 1


def names_of(boards: Collection[Board]) -> str:
    """Returns "the A", "the A and the B", "the A, the B and the C"."""
    names = [f"the {each}" for each in boards]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


class BoardDay(NamedTuple):
    """Until when the agenda may be published by the rule of one board; the earliest of a meeting's boards binds all."""

    board: Board
    until: datetime


def days_to_publish(boards: Collection[Board], meeting_day: date) -> list[BoardDay]:
    """Each board's own last day and hour for a meeting on that day, in the order of the boards."""
    return [BoardDay(board, board.publish_until(meeting_day)) for board in boards]


def binding_day(boards: Collection[Board], meeting_day: date) -> BoardDay:
    """The earliest of the boards' days: the agenda is one, so it must be out in time for each of them."""
    return min(days_to_publish(boards, meeting_day), key=lambda each: each.until)


def publish_until(meeting: Meeting, starts_at: datetime | None = None) -> datetime:
    """Until when the agenda may be published, by the earliest of its boards' rules; of a meeting that begins then, where a
    time is given."""
    return binding_day(boards_of(meeting), timezone.localdate(starts_at or meeting.starts_at)).until


def last_day_to_publish(meeting: Meeting) -> date:
    """The day of `publish_until`."""
    return timezone.localdate(publish_until(meeting))


def report_due(meeting: Meeting, board: Board) -> date:
    """The day on which a report for the board is due unless somebody says another: its own number of working days before
    the agenda's last day."""
    return working_days_before(last_day_to_publish(meeting), board.report_days, also=board.added_holidays)


class Recording(NamedTuple):
    """Who may film and record, and of which boards it is said; no boards where it holds for all."""

    rule: str
    boards: tuple[Board, ...] = ()


def recording_of(boards: Collection[Board]) -> list[Recording]:
    """Who may film and record a meeting of these boards, each rule once.

    A council body's law holds for the whole meeting where one takes part: the others cannot narrow it (Openness of Local
    Government Bodies Regulations 2014). Otherwise each board's own policy, for its part.
    """
    law = next((rule for each in boards if (rule := regimes.RULES[Regime(each.regime)].recording)), "")
    if law:
        return [Recording(law)]
    said: dict[str, list[Board]] = {}
    for each in boards:
        if each.recording_rule:
            said.setdefault(each.recording_rule, []).append(each)
    return [Recording(rule, () if len(theirs) == len(boards) else tuple(theirs)) for rule, theirs in said.items()]

"""When the report on a planned item is due: counted back from the last day to publish the agenda."""

from datetime import date, datetime

from django.utils import timezone

from assemblies.meetings import in_common
from assemblies.meetings.models import Meeting
from partnership import dates
from partnership.boards.clear_days import is_working_day, next_working_day
from partnership.boards.models import Board
from partnership.refusals import Refusal


def usual(meeting: Meeting, board: Board, today: date | None = None) -> date:
    """The board's own number of working days before publication; at short notice the next working day, today too, as long as
    that is in time."""
    due, last, soon = in_common.report_due(meeting, board), in_common.last_day_to_publish(meeting), today
    soon = soon or timezone.localdate()
    soon = (
        soon if is_working_day(soon, also=board.added_holidays) else next_working_day(soon, also=board.added_holidays)
    )
    return max(due, soon) if soon <= last else due


def choose(
    meeting: Meeting | None, board: Board, given: date | None, *, needed: bool, now: datetime
) -> tuple[date | None, bool]:
    """The day on which a report for the board is due, and whether somebody chose it: `given`, or the board's usual one. None
    where there is no meeting, or no report is `needed`. Raises Refusal for a day after publication."""
    if meeting is None or not needed:
        return None, False
    usual_day = usual(meeting, board, timezone.localdate(now))
    if given is None:
        return usual_day, False
    refuse_after_publication(meeting, given)
    return given, given != usual_day


def in_step(meeting: Meeting, board: Board, due: date, today: date, *, chosen: bool, moved: bool) -> tuple[date, bool]:
    """The day on which a report is due, and whether it is still the chosen one, as the calendar stands now.

    A usual day follows the meeting that `moved`, the rules of the boards that meet and bank holidays that were added, unless
    that would be in the past. A chosen day stays for as long as it is in time for publication.
    """
    if due > in_common.last_day_to_publish(meeting) or (moved and not chosen):
        return usual(meeting, board, today), False
    usual_day = in_common.report_due(meeting, board)
    return (usual_day, False) if not chosen and usual_day >= today else (due, chosen)


def refuse_after_publication(meeting: Meeting, due: date) -> None:
    """Raises Refusal where a report is due after the last day on which the agenda can be published."""
    last = in_common.last_day_to_publish(meeting)
    if due > last:
        raise Refusal(
            f"The agenda must be published by {dates.day(last)}, so a report cannot be due after that day.",
            "report_due_on",
        )

"""When the report on a planned item is due: counted back from the last day to publish the agenda."""

from datetime import date, datetime

from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership import dates
from partnership.boards.models import Board
from partnership.refusals import Refusal


def usual(board: Board, starts_at: datetime, today: date | None = None) -> date:
    """The board's own number of working days before publication; at short notice today, as long as that is in time."""
    day, today = timezone.localdate(starts_at), today or timezone.localdate()
    due, last = board.report_due(day), board.latest_day_to_publish(day)
    return max(due, today) if today <= last else due


def refuse_after_publication(meeting: Meeting, due: date) -> None:
    """Raises Refusal where a report is due after the last day on which the agenda can be published."""
    last = meeting.board.latest_day_to_publish(timezone.localdate(meeting.starts_at))
    if due > last:
        raise Refusal(
            f"The agenda must be published by {dates.day(last)}, so a report cannot be due after that day.",
            "report_due_on",
        )

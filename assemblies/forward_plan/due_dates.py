"""When the report on a planned item is due: counted back from the last day to publish the agenda."""

from datetime import date

from django.utils import timezone

from assemblies.meetings import in_common
from assemblies.meetings.models import Meeting
from partnership import dates
from partnership.boards.models import Board
from partnership.refusals import Refusal


def usual(meeting: Meeting, board: Board, today: date | None = None) -> date:
    """The board's own number of working days before publication; at short notice today, as long as that is in time."""
    today, due = today or timezone.localdate(), in_common.report_due(meeting, board)
    return max(due, today) if today <= in_common.last_day_to_publish(meeting) else due


def refuse_after_publication(meeting: Meeting, due: date) -> None:
    """Raises Refusal where a report is due after the last day on which the agenda can be published."""
    last = in_common.last_day_to_publish(meeting)
    if due > last:
        raise Refusal(
            f"The agenda must be published by {dates.day(last)}, so a report cannot be due after that day.",
            "report_due_on",
        )

"""On the page of a decision: the minutes of the meeting that took it."""

from collections.abc import Iterable, Sequence
from typing import Any

from assemblies.minutes.models import Minutes
from partnership import decision_links
from partnership.decision_links import Link


@decision_links.find
def minutes(decisions: Sequence[Any], user) -> Iterable[tuple[Any, Link]]:
    """One query, however many decisions."""
    meetings = {each.meeting_id for each in decisions if each.meeting_id}
    if not meetings:
        return
    rows = Minutes.objects.visible_to(user).filter(meeting__in=meetings).select_related("meeting", "board")
    found = {(row.meeting_id, row.board_id): row for row in rows}
    for decision in decisions:
        if row := found.get((decision.meeting_id, decision.board_id)):
            yield decision, Link(str(row), row.get_absolute_url(), "what the meeting said about it")

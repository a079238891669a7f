"""Which boards meet in common with the host of a meeting. Their chairs are told when they join and when they leave."""

from collections.abc import Iterable

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.papers import in_common_emails
from partnership.boards.models import Board


def choose(*, meeting: Meeting, boards: Iterable[Board], by) -> int:
    """Makes these the boards that meet in common with the host; returns how many people are told. In the caller's
    transaction, which has locked the meeting."""
    before, after = boards_of(meeting)[1:], list(dict.fromkeys(boards))
    meeting.boards_in_common.set(after)
    told = in_common_emails.joined(meeting=meeting, boards=[each for each in after if each not in before], by=by)
    return told + in_common_emails.left(meeting=meeting, boards=[each for each in before if each not in after], by=by)

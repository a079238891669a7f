"""How and until when the public may put a question to a board at a meeting, by the board's own rules.

The deadline is judged on the meeting's day as it stands: a meeting that moves moves it. Working days, with the bank holidays that
staff added. Source of the defaults: DOMAIN §2, "limits and deadline by board".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from assemblies.questions.models import Question, QuestionRules
from partnership.boards.clear_days import working_days_before
from partnership.boards.models import Board
from partnership.dates import clock, day

CONFIRM_WITHIN = timedelta(hours=24)  # a question sent in time stays in time while its address is confirmed


@dataclass(frozen=True)
class Asking:
    """That a board takes questions at a meeting: its rules, and the last moment."""

    meeting: Meeting
    board: Board
    rules: QuestionRules
    until: datetime

    @property
    def until_in_words(self) -> str:
        return f"{clock(self.until)} on {day(self.until)}"

    def is_over(self, now: datetime) -> bool:
        return now > self.until

    def why_late(self, now: datetime) -> str:
        """Returns why nobody can ask any more because of the day, in words; "" while there is time."""
        if not self.is_over(now):
            return ""
        return f"Questions to the {self.board} had to reach us by {self.until_in_words}."

    def why_full(self) -> str:
        """Returns that the board has as many questions as it takes, in words; "" while there is room. One query."""
        most = self.rules.most_at_meeting
        if most is None or Question.objects.counted().filter(meeting=self.meeting, board=self.board).count() < most:
            return ""
        return f"The {self.board} takes {most} question{'' if most == 1 else 's'} at a meeting, and has them already."


def of(meeting: Meeting) -> list[Asking]:
    """Each board of the meeting that takes questions, in the order of the boards; none where the public is not invited to it."""
    if meeting.by_invitation or meeting.state == Meeting.State.DRAFT:
        return []
    boards = boards_of(meeting)
    taking = {
        rules.board_id: rules for rules in QuestionRules.objects.public().filter(board__in=boards, takes_questions=True)
    }
    return [
        Asking(meeting, board, taking[board.pk], deadline(meeting, board, taking[board.pk]))
        for board in boards
        if board.pk in taking
    ]


def of_board(meeting: Meeting, board: Board) -> Asking | None:
    """How that board of the meeting takes questions; None where it takes none."""
    return next((each for each in of(meeting) if each.board.pk == board.pk), None)


def deadline(meeting: Meeting, board: Board, rules: QuestionRules) -> datetime:
    """The last moment for a question: the hour of the rules so many working days before the meeting's day, never after it
    begins."""
    starts = timezone.localtime(meeting.starts_at)
    last = working_days_before(starts.date(), rules.deadline_days, also=board.added_holidays)
    return min(timezone.make_aware(datetime.combine(last, rules.deadline_by)), meeting.starts_at)


def why_not(meeting: Meeting, now: datetime) -> str:
    """Returns why nobody can put a question to this meeting, whichever board they ask, in words; empty when people can."""
    if meeting.state == Meeting.State.CANCELLED:
        return "This meeting is cancelled, so it takes no questions."
    if meeting.state != Meeting.State.PUBLISHED or meeting.ends_at <= now:
        return "This meeting is over."
    if meeting.starts_at <= now:
        return "This meeting has started, so it takes no more questions."
    return ""


def open_now(askings: Sequence[Asking], now: datetime) -> list[Asking]:
    """Those of the boards that take another question now. A query for each that has a limit."""
    return [each for each in askings if not each.is_over(now) and not each.why_full()]


def why_nobody_can(meeting: Meeting, askings: Sequence[Asking], now: datetime) -> str:
    """Returns why no board of the meeting can be asked now, in words; empty when one can."""
    if not askings:
        return "This meeting takes no questions from the public."
    if reason := why_not(meeting, now):
        return reason
    found = open_now(askings, now)
    if not found:
        return " ".join(each.why_late(now) or each.why_full() for each in askings)
    if all(each.rules.only_on_agenda for each in found) and not items_to_ask_about(meeting).exists():
        return "Questions are about items on the agenda, which is not published yet. Come back when it is."
    return ""


def turning_points(meeting: Meeting, askings: Sequence[Asking]) -> list[datetime | None]:
    """The moments at which what pages say about asking changes by itself."""
    return [meeting.starts_at, *(each.until + timedelta(seconds=1) for each in askings)]


def items_to_ask_about(meeting: Meeting):
    """Items of the agenda in force that everybody may read: a question is about one of these, or about none."""
    return AgendaItem.objects.visible_to(AnonymousUser()).filter(version__meeting=meeting).order_by("position")


def words_in(text: str) -> int:
    """How many words a question has, as a person would count them."""
    return len(text.split())

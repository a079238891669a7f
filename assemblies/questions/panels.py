"""How to put a question, on the pages of meetings and boards; and where staff say how a board takes them."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from assemblies.meetings.in_common import of_any_board
from assemblies.meetings.models import Meeting
from assemblies.questions import asking, listed
from assemblies.questions.models import Question, QuestionRules
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel

TOLD = Question.objects.filter(meeting=OuterRef("pk"), state__in=listed.TOLD).order_by().values("meeting")
panels.ask_first(
    "meeting",
    questions_told=Coalesce(Subquery(TOLD.annotate(told=Count("pk")).values("told")), 0),
    takes_questions=of_any_board(QuestionRules.objects.public().filter(takes_questions=True)),
)


@panels.on("meeting.papers")
def questions_of_meeting(meeting: Meeting, request: HttpRequest) -> Panel | None:
    """How to ask while there is time, then where the questions and their replies are. To the day: the page is cached until it
    changes, and the form says what is true at the minute."""
    askings = asking.of(meeting) if panels.may_have(meeting, "takes_questions") else []
    count = getattr(meeting, "questions_told", None)
    if count is None:
        count = listed.told_of(meeting).order_by().count()
    if not askings and not count:
        return None
    today = timezone.localdate()
    ahead = [each for each in askings if timezone.localdate(each.until) >= today]
    is_ahead = bool(ahead) and meeting.state == Meeting.State.PUBLISHED
    late = "" if is_ahead else " ".join(each.why_late(timezone.now()) for each in askings)
    is_off = meeting.state != Meeting.State.PUBLISHED or meeting.is_over
    if is_off and not count:
        return None
    context = {"askings": ahead, "is_ahead": is_ahead, "late": "" if is_off else late, "count": count}
    return Panel("questions/_of_meeting.html", context, ("questions", "Questions from the public"))


@panels.on("board.side")
def questions_of_board(board: Board, request: HttpRequest) -> Panel | None:
    """That it takes questions, and the next meeting that does."""
    rules = QuestionRules.objects.public().filter(board=board, takes_questions=True).first()
    if rules is None:
        return None
    coming = Meeting.objects.public().of_boards([board]).upcoming().filter(starts_at__gt=timezone.now())
    today = timezone.localdate()
    ahead = (each for each in coming[:3] if timezone.localdate(asking.deadline(each, board, rules)) >= today)
    return Panel("questions/_on_board.html", {"rules": rules, "meeting": next(ahead, None)})


@panels.on("board.staff")
def rules_of_board(board: Board, request: HttpRequest) -> Panel:
    return Panel("questions/_rules_link.html")

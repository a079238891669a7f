"""What questions from the public ask of the chair of a board, of who acts for them, and of staff: to decide, and to reply."""

from collections.abc import Iterator

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import on_its_day
from assemblies.questions.models import Question, QuestionRules
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.clear_days import next_working_day, working_days_before
from partnership.boards.models import bank_holiday
from partnership.boards.rules import is_chair
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    if not (is_partnership_staff(user) or is_chair(user)):
        return
    now = timezone.now()
    if not cached_until_changed("questions that wait", Question.objects.waiting().exists):
        return
    own = Question.objects.editable_by(user)
    yield todo.kind(decide, _meetings(own.to_decide()), "title", "slug", "starts_at", "waiting")
    owed = _meetings(own.owed_a_reply(now)).annotate(days=Min("board__question_rules__reply_days"))
    yield todo.kind(reply, owed, "title", "slug", "starts_at", "waiting", "days", over_at="ends_at")


def decide(row) -> Todo:
    """Due on the working day before the meeting."""
    day = working_days_before(timezone.localdate(row.starts_at), 1, also=bank_holiday.added())
    return Todo(
        title=f"Decide on {_questions(row.waiting)} to {on_its_day(row.title, row.starts_at)}",
        why="Those who asked wait to hear whether the meeting takes it.",
        url=reverse("manage_questions", args=[row.slug]),
        due=day,
    )


def reply(row) -> Todo:
    """Due so many working days after the meeting, by the rules of the board."""
    day, added = timezone.localdate(row.over_at), bank_holiday.added()
    for _ in range(row.days or QuestionRules().reply_days):
        day = next_working_day(day, added)
    return Todo(
        title=f"Reply to {_questions(row.waiting)} to {on_its_day(row.title, row.starts_at)}",
        why="Whoever asks gets a written reply after the meeting. Everybody can read it.",
        url=reverse("manage_questions", args=[row.slug]),
        due=day,
    )


def _questions(count: int) -> str:
    return f"{count} question{'' if count == 1 else 's'} from the public"


def _meetings(questions: QuerySet) -> QuerySet:
    """The meetings of the questions, soonest first, each with how many are `waiting`."""
    theirs = Exists(questions.filter(meeting=OuterRef("pk")))
    counted = Count("public_questions", filter=Q(public_questions__in=questions.values("pk")))
    return Meeting.objects.filter(theirs).annotate(waiting=counted).order_by("starts_at")

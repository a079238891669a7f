"""What a person has to do about their own place: take one that is offered, answer on the way out."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.named import WHICH, on_its_day
from assemblies.registrations.actions import exit_answers
from assemblies.registrations.models import CalendarReply, Registration
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.dates import days_later, moment
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    own, now = Registration.objects.of_person(user), timezone.now()
    offered = own.filter(state=Registration.State.OFFERED, offered_until__gt=now)
    yield todo.kind(take_place, offered, "key", until_at="offered_until", **WHICH)
    unanswered = exit_answers.to_answer(own, now)
    yield todo.kind(answer_questions, unanswered, "key", ends_at="meeting__ends_at", **WHICH)
    if is_partnership_staff(user):
        odd = CalendarReply.objects.to_look_at().order_by("pk")
        yield todo.kind(look_at_replies, odd[:1], number=todo.HOW_MANY)


def look_at_replies(row) -> Todo:
    return Todo(
        title=f"Look at {row.number} {'reply' if row.number == 1 else 'replies'} from people’s calendars",
        why="We could not use what these people answered, so nothing has changed for them.",
        url=reverse("calendar_replies"),
    )


def take_place(row) -> Todo:
    return Todo(
        title=f"Take your place at {on_its_day(row.meeting, row.starts_at)}",
        why=f"A place is free for you until {moment(row.until_at)}. Then it goes to the next person.",
        url=reverse("registration", args=[row.key]),
        due=timezone.localdate(row.until_at),
    )


def answer_questions(row) -> Todo:
    return Todo(
        title=f"Two questions about {on_its_day(row.meeting, row.starts_at)}",
        why="It takes a minute. Your answers are shown for your place, without your name.",
        url=reverse("registration_answers", args=[row.key]),
        due=timezone.localdate(days_later(row.ends_at, exit_answers.OPEN_AFTER_END)),
    )

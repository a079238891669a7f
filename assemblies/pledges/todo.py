"""What pledges and asks ask of people: owners how it goes; partners an answer, and what they accepted; staff who to ask."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from assemblies.pledges.models import Ask, Pledge
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.todo import Todo

LONGEST = 80


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    unsaid = Q(said_at__isnull=True) | Q(said_at__lt=F("asked_at"))
    asked = Pledge.objects.of_person(user).open().filter(unsaid, asked_at__isnull=False)
    yield todo.kind(say_how_it_goes, asked.order_by("pk"), "key", text="answer__text")
    theirs = Ask.objects.answerable_by(user)
    facts = {"partner": "partner__name", "text": "answer__text"}
    yield todo.kind(answer, theirs.filter(state=Ask.State.ASKED).order_by("sent_at", "pk"), "pk", "sent_at", **facts)
    yield todo.kind(complete, theirs.filter(state=Ask.State.ACCEPTED).order_by("said_at", "pk"), "pk", **facts)
    if is_partnership_staff(user):
        yield todo.kind(send, Ask.objects.to_send().order_by("pk")[:1], number=todo.HOW_MANY)


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(LONGEST)


def say_how_it_goes(row) -> Todo:
    return Todo(
        title=f"Say how your pledge goes: {_short(row.text)}",
        why="It takes a minute. The next assembly opens with it.",
        url=reverse("own_pledge", args=[row.key]),
    )


def answer(row) -> Todo:
    return Todo(
        title=f"{row.partner} is asked: {_short(row.text)}",
        why="Accept it, answer it, or say why not. Any member can, and who asked is told.",
        url=reverse("ask", args=[row.pk]),
        due=timezone.localdate(row.sent_at + timedelta(days=settings.ASKS_ANSWERED_WITHIN_DAYS)),
    )


def complete(row) -> Todo:
    return Todo(
        title=f"{row.partner} accepted: {_short(row.text)}",
        why="Say when it is done. Who asked is told.",
        url=reverse("ask", args=[row.pk]),
    )


def send(row) -> Todo:
    one = row.number == 1
    return Todo(
        title=f"Choose who is asked: {row.number} {'ask waits' if one else 'asks wait'} for a partner",
        why="Nobody was named, or who was named has left the partnership. Nobody answers what nobody is asked.",
        url=reverse("asks_to_send"),
    )

"""What blockers ask of people: of owners to say how far one is, and what follows once its board has dealt with it; of chairs to
place what waits with their board; of staff to find somebody for those that nobody owns, or whose owner has left."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from assemblies.blockers.answers import known_to
from assemblies.blockers.forms.search import LEFT, NOBODYS
from assemblies.blockers.models import Blocker, takes_part
from assemblies.forward_plan.models import Topic
from partnership import dates, todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by
from partnership.dates import how_long
from partnership.todo import HOW_MANY, Todo

LONGEST = 80


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    if not takes_part(user):
        return
    now, own = timezone.now(), Blocker.objects.of_person(user)
    waits = own.filter(state=Blocker.State.ESCALATED)
    yield todo.kind(
        say_what_follows, waits.filter(known_to(user).has_answered()).order_by("pk"), "pk", "title", board="board__name"
    )
    quiet = own.quiet(now - timedelta(days=settings.REMIND_OF_BLOCKERS_DAYS))
    yield todo.kind(say_how_far, quiet.order_by("moved_at"), "pk", "title", "moved_at")
    chaired = boards_chaired_by(user, timezone.localdate())
    if chaired:
        brought = Blocker.objects.filter(
            state=Blocker.State.ESCALATED, board__in=chaired, topic__in=Topic.objects.parked()
        )
        about = {"title": F("topic__title"), "board": F("board__name"), "since_at": "escalated_at"}
        yield todo.kind(place, brought.order_by("escalated_at", "pk"), "topic_id", **about)
    if is_partnership_staff(user):
        rows = Blocker.objects.visible_to(user)
        yield todo.kind(find_owners, rows.without_owner().order_by("raised_at")[:1], "raised_at", number=HOW_MANY)
        left = rows.left_behind(timezone.localdate()).order_by("raised_at")
        yield todo.kind(replace_owners, left[:1], "raised_at", number=HOW_MANY)


def say_what_follows(row) -> Todo:
    return Todo(
        title=f"Say what follows from the {row.board}: {_short(row.title)}",
        why="The board has dealt with it. Who raised the blocker waits to hear.",
        url=reverse("blocker", args=[row.pk]),
    )


def say_how_far(row) -> Todo:
    days = how_long((timezone.now() - row.moved_at).days)
    return Todo(
        title=f"Say how far it is: {_short(row.title)}",
        why=f"You own this blocker, and nothing has happened to it for {days}. A short note is enough.",
        url=reverse("blocker", args=[row.pk]),
        due=timezone.localdate(row.moved_at) + timedelta(days=settings.REMIND_OF_BLOCKERS_DAYS),
    )


def place(row) -> Todo:
    return Todo(
        title=f"Plan or close what partners brought to the {row.board}: {_short(row.title)}",
        why=f"A blocker has waited with the board since {dates.short_day(row.since_at)}. Plan it for a meeting, or close it and "
        "say why.",
        url=reverse("topic", args=[row.topic_id]),
    )


def find_owners(row) -> Todo:
    return Todo(
        title=f"Find an owner for {_blockers(row.number)}",
        why=f"Nobody does what nobody owns. {'It' if row.number == 1 else 'The oldest'} was raised {_ago(row.raised_at)}.",
        url=f"{reverse('blockers')}?whose={NOBODYS}",
    )


def replace_owners(row) -> Todo:
    return Todo(
        title=f"Hand on {_blockers(row.number)} of people who have left",
        why="Their accounts are closed, or they take part no more. Choose who goes on; they are told.",
        url=f"{reverse('blockers')}?whose={LEFT}",
    )


def _short(title: str) -> str:
    return Truncator(title).chars(LONGEST)


def _blockers(number: int) -> str:
    return f"{number} blocker{'' if number == 1 else 's'}"


def _ago(when) -> str:
    days = (timezone.localdate() - timezone.localdate(when)).days
    return f"{how_long(days)} ago" if days else "today"

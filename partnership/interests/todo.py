"""What is asked about interests: of each who sits on a board; and of staff, who keep the register."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from partnership import todo
from partnership.accounts.models import User
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import seats_of, terms_of
from partnership.interests import asked
from partnership.interests.interest_kinds import Code, code_of
from partnership.interests.models import Interest, InterestsReturn
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind | Todo]:
    today = timezone.localdate()
    own = User.objects.filter(pk=user.pk)
    for code, first_day in _first_days(user, today).items():
        returns = InterestsReturn.objects.public().filter(person=OuterRef("pk"), code=code)
        yield todo.kind(partial(declare, first_day), own, confirmed_at=Subquery(returns.values("made_at")[:1]))
    if is_partnership_staff(user):
        late = cached_until_changed(("late interests", today), lambda: _late(today))
        if late:
            yield remind_late(late)
        withheld = Interest.objects.visible_to(user).standing().filter(is_withheld=True, agreed_by="")
        yield todo.kind(decide, withheld, person="person", interest="pk", name="person__name")


def declare(first_day: date, row) -> Todo | None:
    """From the day on which they join; after they confirmed, None while there is plenty of time."""
    due = asked.due_on(first_day, timezone.localdate(row.confirmed_at) if row.confirmed_at else None)
    if row.confirmed_at and due > timezone.localdate() + timedelta(days=settings.REMIND_OF_INTERESTS_DAYS):
        return None
    return Todo(
        title="Confirm your interests" if row.confirmed_at else "Declare your interests",
        why="Each member of a board does so when they join it and once a year, also when there is nothing to declare.",
        url=reverse("my_interests"),
        due=due,
    )


def remind_late(number: int) -> Todo:
    return Todo(
        title=f"{number} member{' of a board is' if number == 1 else 's of boards are'} late with declaring interests",
        why="They were emailed. Ask them, or enter what they tell you.",
        url=reverse("interests_due"),
    )


def decide(row) -> Todo:
    return Todo(
        title=f"Record who agreed to withhold an interest of {row.name}",
        why="Its details are withheld from the public. An officer has to agree to that, or they are published.",
        url=reverse("interest_withheld", args=[row.interest]),
    )


def _first_days(user, today: date) -> dict[Code, date]:
    """The first day of the person's earliest term on boards of each code."""
    found: dict[Code, date] = {}
    here = {seat.pk for seat in seats_of(user)}
    for term in terms_of(user):
        if term.seat_id in here and term.runs_on(today):
            code = code_of(term.seat.board.regime)
            found[code] = min(found.get(code, term.starts_on), term.starts_on)
    return found


def _late(today: date) -> int:
    return sum(each.is_late(today) for each in asked.everybody(today))

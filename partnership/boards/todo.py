"""What boards need of people: seats to fill, terms to follow on, inductions to finish."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards import inductions, vacancies
from partnership.dates import short_day
from partnership.todo import Todo


@todo.provider
def seats_to_fill(user) -> Iterator[Todo]:
    """Vacant seats to which nobody is appointed yet."""
    if not is_partnership_staff(user):
        return
    count = vacancies.vacant(timezone.localdate()).filter(filled_from=None).count()
    if count:
        yield Todo(
            title=f"Fill {count} vacant seat{'' if count == 1 else 's'}",
            why="While a seat is vacant, nobody speaks for the people it represents.",
            url=reverse("vacancies"),
        )


@todo.provider
def terms_to_follow(user) -> Iterator[Todo]:
    """Terms that end soon, of seats to which nobody is appointed for afterwards."""
    if not is_partnership_staff(user):
        return
    ends = list(vacancies.ending(timezone.localdate()).prefetch_related(None).values_list("ends_on", flat=True))
    if ends:
        yield Todo(
            title=f"Find who comes next: {len(ends)} term{' ends' if len(ends) == 1 else 's end'} soon",
            why="Nobody has been appointed to follow.",
            url=reverse("vacancies"),
            due=ends[0],
        )


@todo.provider
def seats_to_nominate(user) -> Iterator[Todo]:
    """Vacant seats whose holder an organisation or board of the person nominates."""
    today = timezone.localdate()
    for seat in vacancies.to_nominate(user, today).filter(is_nominated=False):
        since = vacancies.vacant_since(seat)
        yield Todo(
            title=f"Nominate someone for the seat {seat}",
            why=f"{seat.nominated_by} nominates the holder. "
            f"{f'Nobody has held it since {short_day(since)}' if since else 'Nobody holds it'}. "
            "Agree on a person, ask them, and send their name to staff.",
            url=reverse("seat_nominate", args=[seat.board.slug, seat.pk]),
        )


@todo.provider
def terms_to_nominate(user) -> Iterator[Todo]:
    """Terms that end soon, of seats whose next holder an organisation or board of the person nominates."""
    for term in vacancies.to_nominate_again(user, timezone.localdate()).filter(is_nominated=False):
        yield Todo(
            title=f"Say who comes next in the seat {term.seat}",
            why=f"The term of {term.holder} ends. {term.seat.nominated_by} names the next holder: the same person again, "
            "or someone else. Send their name to staff before then.",
            url=reverse("seat_nominate", args=[term.seat.board.slug, term.seat.pk]),
            due=term.ends_on,
        )


@todo.provider
def inductions_behind(user) -> Iterator[Todo]:
    if not is_partnership_staff(user):
        return
    count = inductions.people_late(timezone.localdate())
    if count:
        yield Todo(
            title=f"Help {count} new holder{'' if count == 1 else 's'} of a seat with their induction",
            why="Some of their steps are overdue.",
            url=reverse("inductions_behind"),
        )


@todo.provider
def induction_to_finish(user) -> Iterator[Todo]:
    due = inductions.due_of(user, timezone.localdate())
    if due:
        yield Todo(
            title=f"Your induction: {len(due)} step{'' if len(due) == 1 else 's'} to do",
            why="These steps help you take part from your first meeting.",
            url=reverse("induction"),
            due=due[0],
        )

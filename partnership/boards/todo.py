"""What boards ask of people: seats to fill, terms to follow on, inductions to finish."""

from collections.abc import Iterator
from datetime import date

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from partnership import todo
from partnership.accounts.models.user import shown_name
from partnership.accounts.rules import is_partnership_staff
from partnership.boards import inductions, vacancies
from partnership.boards.rules import terms_of
from partnership.dates import short_day
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind | Todo]:
    today = timezone.localdate()
    if is_partnership_staff(user):
        to_fill = vacancies.to_fill(today)
        if to_fill.vacant:
            yield fill_seats(to_fill.vacant)
        if to_fill.ending:
            yield find_who_comes_next(to_fill.ending, to_fill.first_end)
    if seats := vacancies.seats_awaiting_nominee(user, today):
        yield todo.kind(
            nominate,
            vacancies.to_nominate(seats, today, known=False),
            "left_on",
            "starts_on",
            seat="pk",
            slug="board__slug",
            title="title",
            board="board__name",
            body=Coalesce("nominating_partner__name", "nominating_board__name"),
        )
        yield todo.kind(
            nominate_again,
            vacancies.to_nominate_again(seats, today, known=False),
            "ends_on",
            seat="seat",
            slug="seat__board__slug",
            title="seat__title",
            board="seat__board__name",
            holder=shown_name("holder"),
            body=Coalesce("seat__nominating_partner__name", "seat__nominating_board__name"),
        )
    if is_partnership_staff(user):
        yield todo.kind(help_holders, inductions.behind(today)[:1], number=todo.HOW_MANY)
    if any(term.holder_id == user.pk for term in terms_of(user)):
        yield todo.kind(finish_induction, inductions.to_do_of(user, today)[:1], "due_on", number=todo.HOW_MANY)


def fill_seats(number: int) -> Todo:
    """For vacant seats to which nobody is appointed yet."""
    return Todo(
        title=f"Fill {number} vacant seat{'' if number == 1 else 's'}",
        why="While a seat is vacant, nobody speaks for the people it represents.",
        url=reverse("vacancies"),
    )


def find_who_comes_next(number: int, first_end: date | None) -> Todo:
    """For terms that end soon and have no successor yet."""
    return Todo(
        title=f"Find who comes next: {number} term{' ends' if number == 1 else 's end'} soon",
        why="Nobody has been appointed to follow.",
        url=reverse("vacancies"),
        due=first_end,
    )


def nominate(row) -> Todo:
    """For a vacant seat whose holder an organisation or board of the person nominates."""
    since = vacancies.first_day_vacant(row.left_on, row.starts_on)
    return Todo(
        title=f"Nominate someone for the seat {row.title}, {row.board}",
        why=f"{row.body} nominates the holder. "
        f"{f'Nobody has held it since {short_day(since)}' if since else 'Nobody holds it'}. "
        "Agree on a person, ask them, and send their name to staff.",
        url=reverse("seat_nominate", args=[row.slug, row.seat]),
    )


def nominate_again(row) -> Todo:
    """For a term that ends soon, in a seat whose next holder an organisation or board of the person nominates."""
    return Todo(
        title=f"Say who comes next in the seat {row.title}, {row.board}",
        why=f"The term of {row.holder} ends. {row.body} names the next holder: the same person again, "
        "or someone else. Send their name to staff before then.",
        url=reverse("seat_nominate", args=[row.slug, row.seat]),
        due=row.ends_on,
    )


def help_holders(row) -> Todo:
    return Todo(
        title=f"Help {row.number} new holder{'' if row.number == 1 else 's'} of a seat with their induction",
        why="Some of their steps are overdue.",
        url=reverse("inductions_behind"),
    )


def finish_induction(row) -> Todo:
    return Todo(
        title=f"Your induction: {row.number} step{'' if row.number == 1 else 's'} to do",
        why="These steps help you take part from your first meeting.",
        url=reverse("induction"),
        due=row.due_on,
    )

"""What boards ask of people: seats to fill, terms to follow on, inductions to finish."""

from collections.abc import Iterator

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from partnership import todo
from partnership.accounts.models.user import shown_name
from partnership.accounts.rules import is_partnership_staff
from partnership.boards import inductions, vacancies
from partnership.dates import short_day
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    today = timezone.localdate()
    if is_partnership_staff(user):
        vacant = vacancies.vacant(today).filter(filled_from=None)
        yield todo.kind(fill_seats, vacant[:1], number=todo.HOW_MANY)
        yield todo.kind(find_who_comes_next, vacancies.ending(today)[:1], "ends_on", number=todo.HOW_MANY)
    yield todo.kind(
        nominate,
        vacancies.to_nominate(user, today).filter(is_nominated=False),
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
        vacancies.to_nominate_again(user, today).filter(is_nominated=False),
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
    yield todo.kind(finish_induction, inductions.to_do_of(user, today)[:1], "due_on", number=todo.HOW_MANY)


def fill_seats(number) -> Todo:
    """Of vacant seats to which nobody is appointed yet."""
    return Todo(
        title=f"Fill {number} vacant seat{'' if number == 1 else 's'}",
        why="While a seat is vacant, nobody speaks for the people it represents.",
        url=reverse("vacancies"),
    )


def find_who_comes_next(ends_on, number) -> Todo:
    """Of terms that end soon, of seats to which nobody is appointed for afterwards."""
    return Todo(
        title=f"Find who comes next: {number} term{' ends' if number == 1 else 's end'} soon",
        why="Nobody has been appointed to follow.",
        url=reverse("vacancies"),
        due=ends_on,
    )


def nominate(left_on, starts_on, seat, slug, title, board, body) -> Todo:
    """Of a vacant seat whose holder an organisation or board of the person nominates."""
    since = vacancies.first_day_vacant(left_on, starts_on)
    return Todo(
        title=f"Nominate someone for the seat {title}, {board}",
        why=f"{body} nominates the holder. "
        f"{f'Nobody has held it since {short_day(since)}' if since else 'Nobody holds it'}. "
        "Agree on a person, ask them, and send their name to staff.",
        url=reverse("seat_nominate", args=[slug, seat]),
    )


def nominate_again(ends_on, seat, slug, title, board, holder, body) -> Todo:
    """Of a term that ends soon, of a seat whose next holder an organisation or board of the person nominates."""
    return Todo(
        title=f"Say who comes next in the seat {title}, {board}",
        why=f"The term of {holder} ends. {body} names the next holder: the same person again, "
        "or someone else. Send their name to staff before then.",
        url=reverse("seat_nominate", args=[slug, seat]),
        due=ends_on,
    )


def help_holders(number) -> Todo:
    return Todo(
        title=f"Help {number} new holder{'' if number == 1 else 's'} of a seat with their induction",
        why="Some of their steps are overdue.",
        url=reverse("inductions_behind"),
    )


def finish_induction(due_on, number) -> Todo:
    return Todo(
        title=f"Your induction: {number} step{'' if number == 1 else 's'} to do",
        why="These steps help you take part from your first meeting.",
        url=reverse("induction"),
        due=due_on,
    )

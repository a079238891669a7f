"""Posts under way that will fill a seat, for the page of vacancies."""

from collections.abc import Collection, Iterator

from django.db.models import Exists, OuterRef, Q

from partnership.boards.vacancies import Filling
from partnership.dates import day
from partnership.posts.models import Post

DECIDED = [Post.State.DRAFT, Post.State.APPOINTED, Post.State.ENDED]


def under_way(seat: str) -> Q:
    """The condition that a post for the seat is advertised and not decided; `seat` is the lookup from the row to its
    seat."""
    return Q(Exists(Post.objects.exclude(state__in=DECIDED).filter(seat=OuterRef(seat))))


def fillings(seats: Collection[int]) -> Iterator[tuple[int, Filling]]:
    """The posts under way for these seats, with the id of the seat. One query."""
    for post in Post.objects.exclude(state__in=DECIDED).filter(seat__in=seats):
        apply = f", apply by {day(post.closes_on)}" if post.takes_applications else ""
        yield post.seat_id, Filling(post.title, post.get_absolute_url(), f"{post.get_state_display()}{apply}")

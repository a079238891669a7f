"""Seats that nobody holds, and terms that end soon: what staff look at, and what nominating bodies are told of."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from partnership.boards.models import Appointment, Board, Election, NoticePeriod, Post, Seat, SeatNotice

DECIDED = [Post.State.DRAFT, Post.State.APPOINTED, Post.State.ENDED]
BODY = ("board", "nominating_partner", "nominating_board")


def periods() -> list[int]:
    """How many days before the end of a term the nominating body is told, the longest first; staff keep them."""
    return list(NoticePeriod.objects.values_list("days_before", flat=True))


def vacant(on: date) -> QuerySet[Seat]:
    """Seats without a holder on the day, those with nobody to come first, each with `told` notices, and what fills it."""
    told = SeatNotice.objects.filter(about=SeatNotice.About.VACANT).order_by("-at")
    return (
        Seat.objects.vacant(on)
        .select_related(*BODY)
        .prefetch_related(Prefetch("notices", told, to_attr="told"), *_being_filled(""))
        .order_by(F("filled_from").asc(nulls_first=True), "board__name", "position", "title")
    )


def ending(on: date) -> QuerySet[Appointment]:
    """Terms that end within the longest notice period and have no successor yet, the nearest end first."""
    last = on + timedelta(days=max(periods(), default=0))
    told = SeatNotice.objects.filter(about=SeatNotice.About.ENDING).order_by("-at")
    return (
        Appointment.objects.ending(on, last)
        .select_related("holder", *(f"seat__{name}" for name in BODY))
        .prefetch_related(Prefetch("seat__notices", told, to_attr="told"), *_being_filled("seat__"))
        .order_by("ends_on", "seat__board__name")
    )


def to_nominate(user, on: date) -> QuerySet[Seat]:
    """Vacant seats that wait for the person's nomination, those longest vacant first. One query; no `told`, nothing open.

    A seat that an election or an advertised post is about to fill waits for nobody.
    """
    return (
        Seat.objects.vacant(on)
        .filter(_nominated_by(user, on), ~_under_way("pk"), filled_from=None)
        .select_related(*BODY)
        .order_by(F("left_on").asc(nulls_last=True), "board__name", "position", "title")
    )


def to_nominate_again(user, on: date) -> QuerySet[Appointment]:
    """Terms that end soon, as `ending` gives them, of seats whose next holder the person nominates. One query."""
    last = on + timedelta(days=max(periods(), default=0))
    return (
        Appointment.objects.ending(on, last)
        .filter(_nominated_by(user, on, "seat__"), ~_under_way("seat"))
        .select_related("holder", *(f"seat__{name}" for name in BODY))
        .order_by("ends_on", "seat__board__name")
    )


def nominates(user, seat: Seat, on: date) -> bool:
    """Whether the person speaks for the body that nominates the seat's holder: an officer of it, or its chair."""
    return user.is_authenticated and Seat.objects.filter(_nominated_by(user, on), pk=seat.pk).exists()


def _nominated_by(user, on: date, seat: str = "") -> Q:
    """That the person is an officer of the partner that nominates, or chairs the board that does."""
    partner = Q(**{f"{seat}nominating_partner__in": user.memberships.officers().values("partner")})
    return partner | Q(**{f"{seat}nominating_board__in": Board.objects.chaired_by(user, on).values("pk")})


def _under_way(seat: str) -> Q:
    """That a post or an election by which the seat will be filled is under way."""
    elections = Election.seats.through.objects.filter(election__in=Election.objects.under_way().values("pk"))
    posts = Post.objects.exclude(state__in=DECIDED)
    return Q(Exists(posts.filter(seat=OuterRef(seat)))) | Q(Exists(elections.filter(seat=OuterRef(seat))))


def _being_filled(seat: str) -> tuple[Prefetch, Prefetch]:
    """What is under way by which the seat will be filled: its `open_posts` and `open_elections`."""
    return (
        Prefetch(f"{seat}posts", Post.objects.exclude(state__in=DECIDED), to_attr="open_posts"),
        Prefetch(f"{seat}elections", Election.objects.under_way(), to_attr="open_elections"),
    )


def vacant_since(seat: Seat) -> date | None:
    """The first day without a holder, of a seat as `vacant` gives it; None where nobody knows."""
    return seat.left_on + timedelta(days=1) if seat.left_on else seat.starts_on

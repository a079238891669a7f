"""Seats that nobody holds, and terms that end soon: what staff look at, and what nominating bodies are told of."""

from datetime import date, timedelta

from django.db.models import F, Prefetch, QuerySet

from partnership.boards.models import Appointment, Election, NoticePeriod, Post, Seat, SeatNotice

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


def _being_filled(seat: str) -> tuple[Prefetch, Prefetch]:
    """What is under way by which the seat will be filled: its `open_posts` and `open_elections`."""
    decided = [Post.State.DRAFT, Post.State.APPOINTED, Post.State.ENDED]
    return (
        Prefetch(f"{seat}posts", Post.objects.exclude(state__in=decided), to_attr="open_posts"),
        Prefetch(f"{seat}elections", Election.objects.under_way(), to_attr="open_elections"),
    )


def vacant_since(seat: Seat) -> date | None:
    """The first day without a holder, of a seat as `vacant` gives it; None where nobody knows."""
    return seat.left_on + timedelta(days=1) if seat.left_on else seat.starts_on

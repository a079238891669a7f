"""Seats, and the people who take and leave them."""

from datetime import date

from django.db import IntegrityError, transaction

from partnership import audit
from partnership.boards.models import Appointment, Board, Seat
from partnership.ui.dates import short_day
from partnership.ui.refusals import Refusal


@transaction.atomic
def add(*, board: Board, by, **facts) -> Seat:
    """Adds a seat, vacant until someone is appointed to it."""
    seat = Seat.objects.create(board=board, position=board.seats.count(), **facts)
    audit.record(by=by, verb="seat.added", subject=seat, is_chair=seat.is_chair)
    return seat


@transaction.atomic
def appoint(*, seat: Seat, holder, by, route: str, starts_on: date, ends_on: date | None = None, partner=None):
    """Gives a seat to a person for a term. Raises Refusal where somebody else holds it in those days."""
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                seat=seat, holder=holder, partner=partner, route=route, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError as error:
        raise Refusal(
            "Somebody holds this seat in those days: end their appointment first, or choose other days", "starts_on"
        ) from error
    audit.record(by=by, verb="appointment.made", subject=appointment, seat=str(seat), starts_on=starts_on.isoformat())
    return appointment


@transaction.atomic
def end(*, appointment: Appointment, by, ends_on: date, reason_left: str = "") -> Appointment:
    """Ends an appointment on a day, which is the last in the seat."""
    if ends_on < appointment.starts_on:
        raise Refusal(
            f"They took the seat on {short_day(appointment.starts_on)}: enter that day or a later one", "ends_on"
        )
    appointment.ends_on, appointment.reason_left = ends_on, reason_left
    appointment.save(update_fields=["ends_on", "reason_left"])
    audit.record(by=by, verb="appointment.ended", subject=appointment, ends_on=ends_on.isoformat())
    return appointment

"""Seats, and the people who take and leave them."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from partnership import audit
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.boards import emails
from partnership.boards.actions import induction
from partnership.boards.models import Appointment, Board, Seat
from partnership.dates import short_day
from partnership.refusals import Refusal, refuse_about_oneself

TAKEN = "one_holder_of_a_seat_at_a_time"
OWN_DEPUTY = "You cannot name yourself as deputy. Ask another member of staff."
OWN_TERM = "You cannot lengthen your own term. Ask another member of staff."
OWN_PAY = "You cannot decide what you are paid. Ask another member of staff."


@transaction.atomic
def add(*, board: Board, by, groups=(), **facts) -> Seat:
    """Adds a seat, vacant until someone is appointed to it. Raises Refusal where the board has just got one like it."""
    try:
        with transaction.atomic():
            seat = Seat.objects.create(board=board, position=board.seats.count(), **facts)
    except IntegrityError as error:
        if "seat_title_unique_on_board" in str(error):
            raise Refusal("This board already has a seat with that title", "title") from error
        if "one_chair_seat_for_each_board" in str(error):
            raise Refusal("This board already has a chair's seat", "is_chair") from error
        raise
    seat.groups.set(groups)
    audit.record(by=by, verb="seat.added", subject=seat, is_chair=seat.is_chair)
    return seat


@transaction.atomic
def change(*, seat: Seat, by, groups=(), revision: int | None = None, **facts) -> Seat:
    """Changes what a seat is and returns it. Where nothing changes there is no new revision.

    Raises Stale when somebody else changed it since `revision`, and Refusal where somebody's term would lie outside its
    days.
    """
    locked = Seat.objects.select_for_update(of=("self",)).select_related("board").get(pk=seat.pk)
    changed = [name for name, value in facts.items() if getattr(locked, name) != value]
    if {group.pk for group in groups} != set(locked.groups.values_list("pk", flat=True)):
        changed.append("groups")
    if not changed:
        return locked
    refuse_if_stale(locked, revision, [*facts, "groups"])
    for name, value in facts.items():
        setattr(locked, name, value)
    outside = _outside(locked)
    if outside:
        raise Refusal(
            f"{outside.holder} holds this seat {_term(outside)}: end that appointment first, or choose other dates",
            "ends_on" if locked.ends_on else "starts_on",
        )
    locked.revision += 1
    locked.save()
    locked.groups.set(groups)
    audit.record(by=by, verb="seat.changed", subject=locked, revision=locked.revision, fields=sorted(changed))
    return locked


@transaction.atomic
def appoint(
    *, seat: Seat, holder, by, route: str, starts_on: date, ends_on: date | None = None, partner=None, deputy=None,
    remuneration: str = Appointment.Remuneration.NONE, in_post: bool = False,
) -> Appointment:  # fmt: skip
    """Gives a seat to a person for a term, both days included.

    Raises Refusal where the term ends before it starts, lies outside the seat's own days, or overlaps another's; the
    database holds the last whatever comes in between. The holder's induction begins with it, and they are told; not
    where they are in post already and it is only written down now.
    """
    if ends_on and ends_on < starts_on:
        raise Refusal("The last day is before the first: enter a later one", "ends_on")
    if deputy and deputy == holder:
        raise Refusal("Nobody can be their own deputy: name someone else, or leave it empty", "deputy")
    refuse_about_oneself(by, holder, "You cannot give yourself a seat. Ask another member of staff.", "holder")
    refuse_about_oneself(by, deputy, OWN_DEPUTY, "deputy")
    _refuse_outside(seat, starts_on, ends_on)
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                seat=seat, holder=holder, partner=partner, route=route, starts_on=starts_on, ends_on=ends_on,
                deputy=deputy, remuneration=remuneration,
            )  # fmt: skip
    except IntegrityError as error:
        _refuse_overlap(error, Appointment(seat=seat, starts_on=starts_on, ends_on=ends_on), "starts_on")
    audit.record(by=by, verb="appointment.made", subject=appointment, seat=str(seat), starts_on=starts_on.isoformat())
    if not in_post and (ends_on is None or ends_on >= timezone.localdate()):
        emails.seat_taken(appointment, steps=induction.begin(appointment=appointment))
    return appointment


@transaction.atomic
def describe(*, appointment: Appointment, by, partner=None, deputy=None, remuneration: str) -> Appointment:
    """Changes who deputises, where the holder comes from and what they are paid; the term stays. Raises Refusal where
    the holder would decide their own payment, and as `appoint` for the deputy."""
    if deputy and deputy == appointment.holder:
        raise Refusal("Nobody can be their own deputy: name someone else, or leave it empty", "deputy")
    if deputy and deputy.pk != appointment.deputy_id:
        refuse_about_oneself(by, deputy, OWN_DEPUTY, "deputy")
    if remuneration != appointment.remuneration:
        refuse_about_oneself(by, appointment.holder, OWN_PAY, "remuneration")
    appointment.partner, appointment.deputy, appointment.remuneration = partner, deputy, remuneration
    appointment.save(update_fields=["partner", "deputy", "remuneration"])
    audit.record(by=by, verb="appointment.changed", subject=appointment, remuneration=remuneration)
    return appointment


@transaction.atomic
def end(*, appointment: Appointment, by, ends_on: date, reason_left: str = "") -> Appointment:
    """Ends an appointment on a day, which is the last in the seat. Raises as `appoint`, and Refusal where the holder or
    the deputy would stay longer by their own word; to go earlier is theirs."""
    if ends_on < appointment.starts_on:
        raise Refusal(
            f"They took the seat on {short_day(appointment.starts_on)}: enter that day or a later one", "ends_on"
        )
    if appointment.ends_on and ends_on > appointment.ends_on:
        for person in (appointment.holder, appointment.deputy):
            refuse_about_oneself(by, person, OWN_TERM, "ends_on")
    appointment.ends_on, appointment.reason_left = ends_on, reason_left
    try:
        with transaction.atomic():
            appointment.save(update_fields=["ends_on", "reason_left"])
    except IntegrityError as error:
        _refuse_overlap(error, appointment, "ends_on")
    audit.record(by=by, verb="appointment.ended", subject=appointment, ends_on=ends_on.isoformat())
    return appointment


def _refuse_overlap(error: IntegrityError, wanted: Appointment, field: str):
    """Says whose term it is and which days; any other error is raised again."""
    if TAKEN not in str(error):
        raise error
    taken = wanted.seat.appointments.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=wanted.starts_on))
    taken = taken.exclude(pk=wanted.pk)
    if wanted.ends_on:
        taken = taken.filter(starts_on__lte=wanted.ends_on)
    other = taken.select_related("holder").order_by("starts_on").first()
    who = f"{other.holder} holds this seat {_term(other)}" if other else "Someone holds this seat on those dates"
    raise Refusal(f"{who}: end their appointment first, or choose other dates", field) from error


def _refuse_outside(seat: Seat, starts_on: date, ends_on: date | None) -> None:
    board = seat.board
    first = max((day for day in (seat.starts_on, board.starts_on) if day), default=None)
    last = min((day for day in (seat.ends_on, board.ends_on) if day), default=None)
    if first and starts_on < first:
        raise Refusal(f"The seat exists from {short_day(first)}: enter that day or a later one", "starts_on")
    if last and starts_on > last:
        raise Refusal(f"The last day of the seat is {short_day(last)}: enter an earlier one", "starts_on")
    if last and (ends_on is None or ends_on > last):
        raise Refusal(f"The last day of the seat is {short_day(last)}: enter that day or an earlier one", "ends_on")


def _outside(seat: Seat) -> Appointment | None:
    beyond = Q()
    if seat.starts_on:
        beyond |= Q(starts_on__lt=seat.starts_on)
    if seat.ends_on:
        beyond |= Q(ends_on__isnull=True) | Q(ends_on__gt=seat.ends_on)
    return seat.appointments.filter(beyond).select_related("holder").first() if beyond else None


def _term(appointment: Appointment) -> str:
    """The days of a term in words."""
    if appointment.ends_on is None:
        return f"from {short_day(appointment.starts_on)}, with no last day"
    if appointment.ends_on - appointment.starts_on < timedelta(days=1):
        return f"on {short_day(appointment.starts_on)}"
    return f"from {short_day(appointment.starts_on)} to {short_day(appointment.ends_on)}"

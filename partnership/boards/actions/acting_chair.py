"""A chair who is away names who acts for them."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import audit
from partnership.accounts.models import User
from partnership.boards import emails
from partnership.boards.models import ActingChair, Board
from partnership.dates import short_day
from partnership.refusals import Refusal, refuse_about_oneself

ONESELF = "You cannot name yourself. Ask the chair, or another member of staff."


@transaction.atomic
def name(*, board: Board, person: User, by, starts_on: date, ends_on: date) -> ActingChair:
    """Somebody who sits on the board acts for its chair from one day to the other. They are told, and so is the chair where
    somebody else names them.

    Raises Refusal for oneself, for days that are over or turned round, for somebody without a voting seat on the board on all of
    these days, for the chair, and where somebody acts on one of the days already.
    """
    refuse_about_oneself(by, person, ONESELF, "person")
    if ends_on < starts_on:
        raise Refusal("The last day is before the first: enter a later one", "ends_on")
    if ends_on < timezone.localdate():
        raise Refusal("These days are over: enter days to come", "ends_on")
    if not _sits_on(board, person, starts_on, ends_on):
        raise Refusal(f"{person} does not hold a voting seat on {board} on all of these days", "person")
    try:
        with transaction.atomic():
            made = ActingChair.objects.create(
                board=board, person=person, starts_on=starts_on, ends_on=ends_on, named_by=by
            )
    except IntegrityError as error:
        if "one_acting_chair_at_a_time" not in str(error):
            raise
        raise Refusal(_who_acts(board, starts_on, ends_on), "starts_on") from error
    audit.record(by=by, verb="acting_chair.named", subject=made, starts_on=starts_on, until=ends_on)
    emails.acting_chair(made, by=by, chair=board.chair_on(timezone.localdate()), has_ended=False)
    return made


@transaction.atomic
def end(*, acting: ActingChair, by) -> None:
    """The chair is back: nobody acts for them from now on. Twice does no harm."""
    today = timezone.localdate()
    found = ActingChair.objects.select_for_update().select_related("board", "person").filter(pk=acting.pk).first()
    if found is None or found.ends_on < today:
        return
    audit.record(by=by, verb="acting_chair.ended", subject=found, until=today)
    emails.acting_chair(found, by=by, chair=found.board.chair_on(today), has_ended=True)
    if found.starts_on >= today:
        found.delete()
    else:
        found.ends_on = today - timedelta(days=1)
        found.save()


def _sits_on(board: Board, person: User, starts_on: date, ends_on: date) -> bool:
    days = (starts_on, ends_on)
    terms = board.appointments.filter(holder=person, seat__voting=True, seat__is_chair=False).select_related(
        "seat__board"
    )
    return any(all(term.runs_on(day) and term.seat.exists_on(day) for day in days) for term in terms)


def _who_acts(board: Board, starts_on: date, ends_on: date) -> str:
    other = board.acting_chairs.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).select_related("person").first()
    if other is None:  # ended meanwhile
        return "Somebody else acted for the chair until a moment ago: try again"
    return (
        f"{other.person} acts for the chair from {short_day(other.starts_on)} to {short_day(other.ends_on)}: "
        "end that first, or choose other days"
    )

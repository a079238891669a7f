"""A body tells staff who it nominates for a seat. Staff appoint: `actions/seat.py`."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.accounts.models import User
from partnership.boards import emails, vacancies
from partnership.boards.models import Seat, SeatNotice
from partnership.refusals import Refusal


@transaction.atomic
def send(*, seat: Seat, by, name: str, email: str, words: str = "", today: date | None = None) -> SeatNotice:
    """Emails staff the name of the person the body of `by` nominates; returns the note of it, which names nobody.

    The caller has checked that they speak for the body. The same person sent twice is emailed once; another person is
    another email. Raises Refusal where nobody is sought from them.
    """
    Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    note = vacancies.nomination(by, seat, today or timezone.localdate())
    if note is None:
        raise Refusal(
            "This seat does not need a nomination now: someone holds it, will hold it next, or is being chosen."
        )
    staff = list(User.objects.staff().order_by("pk"))
    note.told = len(staff)
    note.save()
    if emails.seat_nominated(note, staff, by=by, name=name, email=email, words=words):
        audit.record(by=by, verb="seat.nominated", subject=seat, people=len(staff))
    return note

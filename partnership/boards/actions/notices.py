"""Nominating bodies are told, once each, of terms that end soon and of seats that are vacant.

Each run looks at how things are today: a missed one is caught up, and a second one tells nobody again. A
body with nobody to write to is told once it has somebody; until then staff see on their list that it was not.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.accounts.models import User
from partnership.boards import emails, vacancies
from partnership.boards.models import Appointment, NoticePeriod, Seat, SeatNotice
from partnership.one_by_one import one_by_one
from partnership.partners.models import Membership
from partnership.refusals import Refusal


def run(today: date | None = None) -> int:
    """Sends the notices that are due; returns how many seats they are about."""
    today = today or timezone.localdate()
    periods = vacancies.periods()
    ending = {term.pk: term for term in vacancies.ending(today)}  # by number: the log names nobody
    vacant = [seat for seat in vacancies.vacant(today) if seat.filled_from is None]
    done = one_by_one(ending, lambda pk: _term_ends(ending[pk], periods, today), "the notice of the end of term")
    return done + one_by_one(vacant, _is_vacant, "the notice of the vacant seat")


@transaction.atomic
def set_periods(*, days: list[int], by) -> None:
    """Sets how many days before the end of a term the nominating body is told, from now on."""
    if not days:
        raise Refusal("Enter at least one number of days", "days")
    NoticePeriod.objects.exclude(days_before__in=days).delete()
    NoticePeriod.objects.bulk_create([NoticePeriod(days_before=each) for each in days], ignore_conflicts=True)
    audit.record(by=by, verb="notices.changed", subject=NoticePeriod.objects.first(), days=sorted(days, reverse=True))


def nominators(seat: Seat, on: date | None = None) -> list[User]:
    """Who is written to: officers of the partner that nominates, or the chair of the board that does."""
    if seat.nominating_partner_id:
        officers = Membership.objects.accepted().filter(
            partner=seat.nominating_partner_id, part=Membership.Part.OFFICER, user__is_active=True
        )
        return [membership.user for membership in officers.select_related("user").order_by("pk")]
    if seat.nominating_board_id:
        chairs = Appointment.objects.current(on or timezone.localdate()).filter(
            seat__board=seat.nominating_board_id, seat__is_chair=True, holder__is_active=True
        )
        return [term.holder for term in chairs.select_related("holder")]
    return []


def _term_ends(term: Appointment, periods: list[int], today: date) -> bool:
    """One notice for the shortest period that has started: a run that comes late does not tell of the longer ones too."""
    left = (term.ends_on - today).days
    started = min((days for days in periods if days >= left), default=None)
    if started is None:
        return False
    return _tell(term.seat, SeatNotice.About.ENDING, day=term.ends_on, days_before=started, term=term)


def _is_vacant(seat: Seat) -> bool:
    return _tell(seat, SeatNotice.About.VACANT, day=vacancies.vacant_since(seat))


@transaction.atomic
def _tell(seat: Seat, about: str, *, day: date | None, days_before: int = 0, term: Appointment | None = None) -> bool:
    people = nominators(seat)
    if not people:
        return False
    notice, is_new = SeatNotice.objects.get_or_create(
        seat=seat, about=about, day=day, days_before=days_before, defaults={"told": len(people)}
    )
    if is_new:
        emails.seat_notice(notice, people, term)
        audit.record(by=None, verb=f"seat.{about}.told", subject=seat, people=len(people))
    return is_new

"""Bank holidays that were proclaimed lately. What is counted in working days moves with them at once."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import audit
from partnership.boards.clear_days import is_working_day
from partnership.boards.models import BankHoliday
from partnership.refusals import Refusal


@transaction.atomic
def add(*, day: date, name: str, by) -> BankHoliday:
    """Raises Refusal for a day that is over, for a weekend, and for one that is on the list already."""
    if day < timezone.localdate():
        raise Refusal("That day is over: enter one to come", "day")
    if not is_working_day(day):
        raise Refusal("Nothing changes: that day is a weekend or a bank holiday already", "day")
    try:
        with transaction.atomic():
            added = BankHoliday.objects.create(day=day, name=name, added_by=by)
    except IntegrityError as error:
        raise Refusal("That day is on the list already", "day") from error
    audit.record(by=by, verb="bank_holiday.added", subject=added, on=day)
    return added


@transaction.atomic
def remove(*, holiday: BankHoliday, by) -> None:
    """Takes a day off the list that is not one after all. One that is over stays: agendas were published by it."""
    if holiday.day < timezone.localdate():
        raise Refusal("That day is over, and agendas were published by it, so it stays on the list.")
    audit.record(by=by, verb="bank_holiday.removed", subject=holiday, on=holiday.day)
    holiday.delete()

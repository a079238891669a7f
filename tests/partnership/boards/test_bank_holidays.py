"""Bank holidays: those everybody knows, and those that staff add when they are proclaimed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnership.audit.models import Entry
from partnership.boards.actions import bank_holiday
from partnership.boards.clear_days import DayKind, days_left, is_working_day, latest_day_to_publish
from partnership.boards.models import BankHoliday, Board
from partnership.refusals import Refusal
from tests import factories as make
from tests.signed_in import sign_in

MEETING, FUNERAL = date(2026, 9, 14), date(2026, 9, 9)


def a_working_day() -> date:
    day = timezone.localdate() + timedelta(days=40)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def test_added_holiday_moves_the_last_day_to_publish_of_working_days():
    assert latest_day_to_publish(MEETING, 5, DayKind.WORKING) == date(2026, 9, 4)
    assert latest_day_to_publish(MEETING, 5, DayKind.WORKING, also=[FUNERAL]) == date(2026, 9, 3)
    assert latest_day_to_publish(MEETING, 5, DayKind.CALENDAR, also=[FUNERAL]) == date(2026, 9, 8)
    assert days_left(date(2026, 9, 8), date(2026, 9, 10), DayKind.WORKING, also=[FUNERAL]) == 2


@pytest.mark.django_db(transaction=True)
def test_board_counts_it_at_once_and_no_more_when_it_is_removed():
    day = a_working_day()
    meeting_day = day + timedelta(days=1)
    while not is_working_day(meeting_day):
        meeting_day += timedelta(days=1)
    make.BoardFactory(clear_days=1)
    before = Board.objects.get().latest_day_to_publish(meeting_day)
    added = bank_holiday.add(day=day, name="Funeral", by=make.StaffFactory())
    assert Board.objects.get().latest_day_to_publish(meeting_day) < before
    bank_holiday.remove(holiday=added, by=None)
    assert Board.objects.get().latest_day_to_publish(meeting_day) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2022, 9, 19), "That day is over"),
        (date(2030, 12, 25), "a weekend or a bank holiday already"),
        (date(2030, 12, 28), "a weekend or a bank holiday already"),
        (date(2030, 9, 18), "on the list already"),
    ],
)
def test_day_that_changes_nothing_is_refused(day, message):
    BankHoliday.objects.create(day=date(2030, 9, 18), name="Jubilee")
    with pytest.raises(Refusal, match=message):
        bank_holiday.add(day=day, name="Jubilee", by=None)


@pytest.mark.django_db
def test_day_that_is_over_stays(client):
    past = BankHoliday.objects.create(day=date(2022, 9, 19), name="State funeral")
    page = sign_in(client, make.StaffFactory()).post(reverse("bank_holiday_remove", args=[past.pk]), follow=True)
    assert "agendas were published by it" in page.text
    assert BankHoliday.objects.exists()


@pytest.mark.django_db
def test_staff_add_one_on_the_page_and_everybody_reads_it(client):
    day = a_working_day()
    BankHoliday.objects.create(day=timezone.localdate() - timedelta(days=1), name="Over and done")
    page = client.get(reverse("bank_holidays")).text
    assert "Christmas Day" in page
    assert "Over and done" not in page
    BankHoliday.objects.all().delete()
    sign_in(client, make.StaffFactory())
    wrong = client.post(reverse("bank_holiday_new"), {"day": "31 February", "name": "Coronation"})
    assert 'value="Coronation"' in wrong.text
    assert not BankHoliday.objects.exists()
    page = client.post(reverse("bank_holiday_new"), {"day": f"{day:%d %m %Y}", "name": "Coronation"}, follow=True)
    assert "Coronation" in page.text
    assert Entry.objects.filter(verb="bank_holiday.added").exists()
    page = client.post(reverse("bank_holiday_remove", args=[BankHoliday.objects.get().pk]), follow=True)
    assert "is a working day again" in page.text

"""Days and times as people type them."""

from contextlib import suppress
from datetime import date, time

import pytest
from django import forms
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from partnership.dates import EARLIEST, LATEST, Unreadable, asked_for, clock, how_long, read_clock, read_day, short_day
from partnership.ui.fields import CarriedMomentField
from tests import factories as make
from tests.classes import APPS, below
from tests.signed_in import sign_in
from tests.world import every_address


@pytest.mark.parametrize(
    "typed",
    ["17 9 2026", "17/9/2026", "17.09.26", "17-9-2026", "2026-09-17", "17 September 2026", "17th Sept 2026",
     "Thursday 17 September 2026", "thu, 17 sep 2026", " 17  SEPTEMBER  2026 "],
)  # fmt: skip
def test_day_is_read_as_people_type_it(typed):
    assert read_day(typed) == date(2026, 9, 17)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("soon", "Enter a date, like 17 September 2026 or 17/9/2026"),
        ("17 September", "Add the year, like 17 September 2026"),
        ("31/9/2026", "There is no such day: check the day and the month"),
        ("17/13/2026", "There is no such day: check the day and the month"),
        ("17 Septober 2026", "Write the month as a number or a name, like 9 or September"),
        ("17/9/026", "Enter the year with four numbers, like 2026"),
        ("17/9/²⁰²⁶", "Enter a date, like 17 September 2026 or 17/9/2026"),
    ],
)
def test_day_that_cannot_be_read_says_what_to_enter(typed, message):
    with pytest.raises(Unreadable, match=message):
        read_day(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("9.30am", time(9, 30)), ("09:30", time(9, 30)), ("9am", time(9)), ("9 AM", time(9)), ("9.30 p.m.", time(21, 30)),
     ("12am", time(0)), ("12pm", time(12)), ("noon", time(12)), ("midnight", time(0)),
        ("12 noon", time(12)), ("12 Midday", time(12)), ("12.00 noon", time(12)), ("12noon", time(12)), ("mid-day", time(12)),
        ("12 midnight", time(0)), ("12:00 midnight", time(0)),
        ("1430", time(14, 30)),
     ("14h30", time(14, 30)), ("9", time(9))],
)  # fmt: skip
def test_clock_is_read_as_people_type_it(typed, meant):
    assert read_clock(typed) == meant


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("half nine", "Enter a time, like 9.30am or 14:00"),
        ("25:00", "Enter a time between 00:00 and 23:59"),
        ("9.75am", "Enter a time between 00:00 and 23:59"),
        ("14pm", "With am or pm, the hour is from 1 to 12"),
        ("9.5", "Enter a time, like 9.30am or 14:00"),
    ],
)
def test_clock_that_cannot_be_read_says_what_to_enter(typed, message):
    with pytest.raises(Unreadable, match=message):
        read_clock(typed)


@given(st.dates(EARLIEST, LATEST))
def test_day_we_show_can_be_typed_back(day):
    assert read_day(short_day(day)) == day
    assert read_day(day.isoformat()) == day


@given(st.times().map(lambda value: value.replace(second=0, microsecond=0)))
def test_clock_we_show_can_be_typed_back(value):
    assert read_clock(clock(value)) == value


@given(st.text(max_size=40))
def test_nothing_typed_breaks_the_reader(typed):
    for read, kind in ((read_day, date), (read_clock, time)):
        with suppress(Unreadable):
            assert isinstance(read(typed), kind)


@pytest.mark.parametrize("typed", ["0001-01-01", "31/12/1899", "1 January 2200", "9999-12-31"])
def test_day_beyond_what_pages_count_with_is_not_read(typed):
    with pytest.raises(Unreadable, match="Enter a year from 1900 to 2199"):
        read_day(typed)


@pytest.mark.parametrize("typed", ["1900-01-01", "31/12/2199"])
def test_first_and_last_day_are_read(typed):
    assert read_day(typed).year in (1900, 2199)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2199-12-31", "1900-01-01"])
def test_every_page_answers_for_days_far_from_ours(client, day):
    sign_in(client, make.StaffFactory())
    client.raise_request_exception = False
    make.ChairFactory()
    routes = [
        route for _, route, words in every_address() if not words and not route.startswith(("account", "healthz"))
    ]
    routes.append("representation/seats.csv")
    assert "representation/" in routes
    found = {route: client.get(f"/{route}?on={day}&by=place").status_code for route in routes}
    assert {route: status for route, status in found.items() if status >= 500} == {}


def test_every_day_of_a_form_has_bounds():
    assert get_resolver().url_patterns, "every view is loaded, and with it its forms"
    ours = [form for form in below(forms.BaseForm) if form.__module__.startswith(APPS)]
    found = [field for form in ours for field in getattr(form, "base_fields", {}).values()]
    days = [field for field in found if isinstance(field, forms.DateField | forms.DateTimeField)]
    assert {type(field) for field in days} == {CarriedMomentField}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 day"),
        (14, "14 days"),
        (30, "30 days"),
        (90, "90 days"),
        (183, "6 months"),
        (365, "12 months"),
        (1200, "1,200 days"),
    ],
)
def test_how_long_is_said_in_months_where_they_are_whole(days, said):
    assert how_long(days) == said


@pytest.mark.parametrize(
    ("words", "rest", "first", "last"),
    [
        ("14 September 2020", "", date(2020, 9, 14), date(2020, 9, 14)),
        ("Monday 14th Sept 2020 buses", "buses", date(2020, 9, 14), date(2020, 9, 14)),
        ("buses 14/09/2020", "buses", date(2020, 9, 14), date(2020, 9, 14)),
        ("2020-09-14", "", date(2020, 9, 14), date(2020, 9, 14)),
        ("budget for February 2020", "budget for", date(2020, 2, 1), date(2020, 2, 29)),
    ],
)
def test_day_or_month_is_found_among_words(words, rest, first, last):
    assert asked_for(words) == (rest, (first, last))


@pytest.mark.parametrize("words", ["decided 2020", "31/02/2020", "September 9999", "September 0000", "14 zebras 2020"])
def test_words_without_a_day_stay_as_they_are(words):
    assert asked_for(words) == (words, None)

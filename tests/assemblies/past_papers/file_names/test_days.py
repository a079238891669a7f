"""The day in a path: read where it can mean one day alone, and otherwise asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.past_papers.file_names.days import EARLIEST, Order, day_in
from partnership.dates import MONTHS

TODAY = date(2026, 11, 29)
PI_DAY, APRIL = date(2016, 3, 14), date(2016, 4, 11)
past = st.dates(date(EARLIEST, 1, 1), TODAY)


@pytest.mark.parametrize(
    "path",
    [
        "2016-03-14 Agenda.pdf",
        "HWB minutes 14 March 2016.pdf",
        "2016/03/14/pack.pdf",
        "2016/03/14.pdf",
        "2016/03/14 March 2016 agenda.pdf",
        "2016/03 March/14th agenda.pdf",
        "2016/March/14/agenda.pdf",
        "2016-03/14/agenda.pdf",
        "March 2016/14/minutes.pdf",
        "2016/Minutes 14 March.pdf",
        "HWB_minutes_14_March_2016.pdf",
        "14Mar2016 agenda.pdf",
        "Minutes of Monday 14th of March, 2016.pdf",
        "March 14, 2016 minutes.pdf",
        "2016 March 14.pdf",
        "14.03.2016 Agenda.pdf",
        "14 3 2016.pdf",
        "20160314_Item_05.pdf",
        "14032016 Minutes.pdf",
        "C:\\2016\\03\\14\\pack.pdf",
        "2016-03-14/Minutes 14.03.16.pdf",
        "2016-03-14/05 Finance.pdf",
    ],
)
def test_path_that_means_one_day_is_read(path):
    assert day_in(path, TODAY).day == PI_DAY


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("140316 Agenda.pdf", "It could be 14 March 2016 or 16 March 2014"),
        ("14-03-16.pdf", "It could be 14 March 2016 or 16 March 2014"),
        ("14 Mar 16 agenda.pdf", "It could be 14 March 2016 or 16 March 2014"),
        ("2016-04-11/Minutes of 14 March 2016.pdf", "more than one day: 14 March 2016 and 11 April 2016"),
        ("2016-04-11/Minutes 14.03.16.pdf", "more than one day"),
        ("Minutes 14 March 2016 approved 11 April 2016.pdf", "more than one day"),
        ("2016-02-30 agenda.pdf", "“2016-02-30” cannot be the day of a past meeting"),
        ("2030-02-03 agenda.pdf", "“2030-02-03” cannot be the day of a past meeting"),
        ("03-14-2016 agenda.pdf", "“03-14-2016” cannot be"),  # as Americans write it
        ("14 and 15 March 2016.pdf", "The meeting was on several days"),
        ("2011-12/03/14 agenda.pdf", "no day"),  # a financial year, or December
        ("2015-16/14 March agenda.pdf", "no day"),
        ("2016/03/05 Finance report.pdf", "no day"),  # the fifth item, or the fifth of March
        ("March 2016/Agenda.pdf", "no day"),
        ("agenda.pdf", "no day"),
        ("", "no day"),
    ],
)
def test_path_that_may_mean_several_days_is_asked(path, why):
    found = day_in(path, TODAY)
    assert found.day is None
    assert why in found.why


def test_six_numbers_are_read_where_one_order_alone_gives_a_past_day():
    assert day_in("300616 agenda.pdf", TODAY).day == date(2016, 6, 30)
    assert day_in("31 March 98.pdf", TODAY).day == date(1998, 3, 31)


def test_order_that_somebody_said_decides_between_days():
    assert day_in("140316 Agenda.pdf", TODAY, Order.DAY_FIRST).day == PI_DAY
    assert day_in("140316 Agenda.pdf", TODAY, Order.YEAR_FIRST).day == date(2014, 3, 16)
    assert day_in("2016-04-11/Minutes 14.03.16.pdf", TODAY, Order.DAY_FIRST).day is None


def test_meeting_of_today_is_past_and_of_tomorrow_is_not():
    assert day_in(f"{TODAY}.pdf", TODAY).day == TODAY
    assert day_in(f"{TODAY + timedelta(days=1)}.pdf", TODAY).day is None


@given(past)
def test_day_in_full_is_read_in_every_way_of_writing_it(day):
    month = MONTHS[day.month - 1].title()
    for name in (
        f"{day} Agenda", f"{day:%Y%m%d}", f"{day:%d.%m.%Y}", f"{day:%Y/%m/%d}/pack", f"{day.day} {month} {day.year}",
        f"Minutes {day.day}th {month[:3]} {day.year} final",
    ):  # fmt: skip
        assert day_in(f"{name}.pdf", TODAY).day == day, name


@given(past)
def test_six_numbers_are_never_read_as_another_day(day):
    for order, name in ((Order.DAY_FIRST, f"{day:%d%m%y}"), (Order.YEAR_FIRST, f"{day:%y%m%d}")):
        found = day_in(f"{name} Agenda.pdf", TODAY)
        if found.day is None:
            assert day in found.could_be
            assert day_in(f"{name} Agenda.pdf", TODAY, order).day == day
        else:
            assert found.day == day


@given(st.text(alphabet="0123456789-./ _MarchAprilJun14th", max_size=40))
def test_no_path_breaks_the_reader_or_gives_a_day_to_come(path):
    found = day_in(path, TODAY)
    assert found.day is None or found.day <= TODAY
    assert bool(found.day) != bool(found.why)

"""28 clear days, and what the law allows where they are impracticable: pure rules, no database."""

from datetime import date, datetime, time, timedelta

import pytest

from assemblies.executive_notices import standing
from assemblies.executive_notices.notice_kinds import ABOUT, OF_KEY_DECISIONS, OF_PRIVATE_MEETINGS, Kind
from assemblies.executive_notices.standing import Published, Rule
from partnership.boards import regimes
from partnership.boards.clear_days import DayKind
from tests.factories.days import LONDON

K = Kind
CALENDAR, WORKING = Rule(DayKind.CALENDAR, time(17)), Rule(DayKind.WORKING, time(17))
MEETS = datetime(2026, 9, 14, 14, tzinfo=LONDON)
DAY = MEETS.date()
LAST_28, LAST_5 = datetime(2026, 8, 16, 17, tzinfo=LONDON), datetime(2026, 9, 4, 17, tzinfo=LONDON)
MINUTE = timedelta(minutes=1)


def notice(kind: Kind, at: datetime, first_on: date = DAY, last_on: date = DAY) -> Published:
    return Published(kind, at, first_on, last_on)


@pytest.mark.parametrize(
    ("day", "rule", "first", "second"),
    [
        (date(2026, 9, 14), CALENDAR, date(2026, 8, 16), date(2026, 9, 4)),  # the worked example: Sunday 16 August
        (date(2026, 9, 14), WORKING, date(2026, 8, 3), date(2026, 9, 4)),  # with the bank holiday of 31 August
        (date(2026, 9, 3), CALENDAR, date(2026, 8, 5), date(2026, 8, 25)),
        (date(2026, 9, 14), CALENDAR._replace(holidays=[date(2026, 9, 8)]), date(2026, 8, 16), date(2026, 9, 3)),
        (date(2026, 9, 14), WORKING._replace(holidays=[date(2026, 8, 12)]), date(2026, 7, 31), date(2026, 9, 4)),
    ],
)
def test_last_days_are_counted_back_from_the_meeting(day, rule, first, second):
    found = standing.last_moments(day, rule)
    assert [each.date() for each in found] == [first, second]
    assert [each.time() for each in found] == [time(17), time(17)]


def test_hour_of_the_board_ends_a_last_day():
    found = standing.last_moments(DAY, CALENDAR._replace(publish_by=time(12)))
    assert [each.time() for each in found] == [time(12), time(12)]


@pytest.mark.parametrize(
    ("published", "now", "held_by", "next_kind", "until"),
    [
        ([], LAST_28, None, K.KEY, LAST_28),
        ([], LAST_28 + MINUTE, None, K.KEY_SCRUTINY, LAST_5),
        ([], LAST_5 + MINUTE, None, K.KEY_URGENT, MEETS),
        ([notice(K.KEY, LAST_28)], LAST_5 + MINUTE, K.KEY, None, None),
        ([notice(K.KEY, LAST_28 + MINUTE)], LAST_5, None, K.KEY_SCRUTINY, LAST_5),  # it came too late
        ([notice(K.KEY_SCRUTINY, LAST_5)], LAST_5, K.KEY_SCRUTINY, None, None),
        ([notice(K.KEY_SCRUTINY, LAST_5 + MINUTE)], LAST_5 + MINUTE, None, K.KEY_URGENT, MEETS),
        ([notice(K.KEY_URGENT, MEETS - MINUTE)], MEETS - MINUTE, K.KEY_URGENT, None, None),
        ([notice(K.KEY, LAST_28, DAY - timedelta(days=7), DAY)], LAST_5, K.KEY, None, None),  # of a period
        ([notice(K.KEY, LAST_28, DAY + timedelta(days=1), DAY + timedelta(days=9))], LAST_28, None, K.KEY, LAST_28),
        ([notice(K.KEY, LAST_28, DAY - timedelta(days=9), DAY - timedelta(days=1))], LAST_28, None, K.KEY, LAST_28),
        ([notice(K.KEY, LAST_28), notice(K.KEY_URGENT, LAST_5)], LAST_5, K.KEY, None, None),
    ],
)
def test_key_decision_has_its_notice_or_says_what_is_next(published, now, held_by, next_kind, until):
    found = standing.of_key_decision(MEETS, CALENDAR, published, now)
    assert (found.held_by, found.next, found.until) == (held_by, next_kind, until)
    assert found.may_go_out is (held_by is not None)


@pytest.mark.parametrize(
    ("published", "now", "held_by", "next_kind", "may_go_out"),
    [
        ([], LAST_28, None, K.PRIVATE, False),
        ([], LAST_28 + MINUTE, None, K.PRIVATE_URGENT, False),
        ([notice(K.PRIVATE, LAST_28)], LAST_5, None, K.PRIVATE_SECOND, True),
        ([notice(K.PRIVATE, LAST_28)], LAST_5 + MINUTE, None, K.PRIVATE_URGENT, False),
        ([notice(K.PRIVATE, LAST_28 + MINUTE)], LAST_5, None, K.PRIVATE_URGENT, False),
        ([notice(K.PRIVATE, LAST_28), notice(K.PRIVATE_SECOND, LAST_5)], MEETS, K.PRIVATE_SECOND, None, True),
        ([notice(K.PRIVATE, LAST_28), notice(K.PRIVATE_SECOND, LAST_5 + MINUTE)], MEETS, None, K.PRIVATE_URGENT, False),
        ([notice(K.PRIVATE_SECOND, LAST_5)], MEETS, None, K.PRIVATE_URGENT, False),
        ([notice(K.PRIVATE_URGENT, LAST_5)], MEETS, K.PRIVATE_URGENT, None, True),
    ],
)
def test_private_meeting_has_both_notices_or_the_agreement(published, now, held_by, next_kind, may_go_out):
    found = standing.of_private_meeting(MEETS, CALENDAR, published, now)
    assert (found.held_by, found.next, found.may_go_out) == (held_by, next_kind, may_go_out)


FIRST = [notice(K.PRIVATE, LAST_28)]


@pytest.mark.parametrize(
    ("kind", "published", "now", "why"),
    [
        (K.KEY, [], LAST_28, ""),
        (K.KEY, [], LAST_28 + MINUTE, "too late for 28 clear days: the last moment was 16 August 2026 at 5pm"),
        (K.KEY, [notice(K.KEY, LAST_28 - MINUTE)], LAST_28, ""),  # another one in time does no harm
        (K.KEY_SCRUTINY, [], LAST_28, "still time for the notice that comes before it, until 16 August 2026 at 5pm"),
        (K.KEY_SCRUTINY, [], LAST_28 + MINUTE, ""),
        (K.KEY_SCRUTINY, [], LAST_5 + MINUTE, "too late for 5 clear days: the last moment was 4 September 2026"),
        (K.KEY_URGENT, [], LAST_5, "still time for the notice that comes before it, until 4 September 2026 at 5pm"),
        (K.KEY_URGENT, [], LAST_5 + MINUTE, ""),
        (K.PRIVATE, [], LAST_28, ""),
        (K.PRIVATE, [], LAST_28 + MINUTE, "too late for 28 clear days"),
        (K.PRIVATE_SECOND, [], LAST_28, "no notice 28 clear days before"),
        (K.PRIVATE_SECOND, [], LAST_5, "no notice 28 clear days before"),
        (K.PRIVATE_SECOND, FIRST, LAST_5, ""),
        (K.PRIVATE_SECOND, FIRST, LAST_5 + MINUTE, "too late for 5 clear days"),
        (K.PRIVATE_URGENT, [], LAST_28, "still time for the notice that comes before it, until 16 August 2026"),
        (K.PRIVATE_URGENT, [], LAST_28 + MINUTE, ""),
        (K.PRIVATE_URGENT, FIRST, LAST_5, "still time for the notice that comes before it, until 4 September 2026"),
        (K.PRIVATE_URGENT, FIRST, LAST_5 + MINUTE, ""),
        *((kind, FIRST, MEETS, "The meeting has started") for kind in Kind),
    ],
)
def test_fallback_waits_until_what_comes_before_it_is_impracticable(kind, published, now, why):
    found = standing.why_not(kind, MEETS, CALENDAR, published, now)
    assert why in found
    assert bool(found) is bool(why)


def test_every_kind_is_described_and_is_of_one_sort():
    assert set(ABOUT) == set(Kind) == {*OF_KEY_DECISIONS, *OF_PRIVATE_MEETINGS}
    assert not set(OF_KEY_DECISIONS) & set(OF_PRIVATE_MEETINGS)
    assert [kind for kind in Kind if not ABOUT[kind].reasons] == [K.KEY], "all others give their reasons"


def test_numbers_of_the_law_are_data():
    assert (regimes.EXECUTIVE.notice_days, regimes.EXECUTIVE.second_days) == (28, 5)
    assert regimes.EXECUTIVE.second_kind == DayKind.WORKING

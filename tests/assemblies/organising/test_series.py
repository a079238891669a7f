"""A series of meetings: the dates it means before any is made, bank holidays, clocks, and changes to those to come."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.organising import series_dates
from assemblies.organising.actions import meeting as meetings
from assemblies.organising.actions import series as actions
from assemblies.organising.models import MeetingSeries, SeriesMeeting
from partnership.boards.models import BankHoliday
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.at_once import at_once
from tests.factories import BoardFactory, MeetingFactory, PlannedItemFactory, StaffFactory, UserFactory, in_days
from tests.pages import words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

NEXT_YEAR = timezone.localdate().year + 1


def series(**facts) -> MeetingSeries:
    rule = {
        "title": "Board", "unit": "week", "every": 2, "weekday": 2, "which": None, "starts_on": date(2026, 9, 1), "until": None,
        "count": 4, "start_time": time(14), "end_time": time(16), "bank_holidays": "skip",
    }  # fmt: skip
    return MeetingSeries(**(rule | facts))


def days(**facts) -> list[date | None]:
    return [each.day for each in series_dates.occasions(series(**facts))]


# --- the dates, without a database -----------------------------------------------------------------------------------


def test_every_second_wednesday_means_these_dates():
    assert days() == [date(2026, 9, 2), date(2026, 9, 16), date(2026, 9, 30), date(2026, 10, 14)]
    assert days(starts_on=date(2026, 9, 3), count=2) == [date(2026, 9, 9), date(2026, 9, 23)]


@pytest.mark.parametrize(
    ("which", "every", "weekday", "found"),
    [
        (1, 1, 0, [date(2026, 9, 7), date(2026, 10, 5), date(2026, 11, 2)]),
        (2, 2, 0, [date(2026, 9, 14), date(2026, 11, 9), date(2027, 1, 11)]),
        (-1, 1, 4, [date(2026, 9, 25), date(2026, 10, 30), date(2026, 11, 27)]),
        (4, 3, 3, [date(2026, 9, 24), date(2026, 12, 24), date(2027, 3, 25)]),
    ],
)
def test_day_of_the_month_means_these_dates(which, every, weekday, found):
    assert days(unit="month", which=which, every=every, weekday=weekday, count=3) == found


def test_first_date_is_the_first_that_fits_however_far_apart_they_are():
    found = days(unit="month", which=1, every=3, weekday=0, starts_on=date(2026, 9, 8), count=2)
    assert found == [date(2026, 10, 5), date(2027, 1, 4)]


def test_last_day_is_included():
    assert len(days(count=None, until=date(2026, 9, 30))) == 3
    assert days(count=None, until=date(2026, 9, 1)) == []


def test_bank_holidays_are_left_out_or_moved():
    """Christmas Day 2026 is a Friday, and Monday 28 December a bank holiday for Boxing Day."""
    fridays = {"weekday": 4, "every": 1, "starts_on": date(2026, 12, 18), "count": 3}
    assert days(**fridays) == [date(2026, 12, 18), None, None]
    assert days(**fridays, bank_holidays="move") == [date(2026, 12, 18), date(2026, 12, 29), date(2027, 1, 4)]
    moved = series_dates.occasions(series(**fridays, bank_holidays="move"))
    assert [each.is_moved for each in moved] == [False, True, True]


def test_clock_time_is_the_same_across_the_clock_change():
    """Clocks go back on 25 October 2026."""
    found = series(starts_on=date(2026, 10, 14), count=2)
    starts = [series_dates.times(found, each.day)[0] for each in series_dates.occasions(found)]
    assert [timezone.localtime(start).hour for start in starts] == [14, 14]
    assert [start.utcoffset() for start in starts] == [timedelta(hours=1), timedelta(0)]
    assert series_dates.in_words(found, date(2026, 10, 28)) == "Wednesday 28 October 2026, 2pm to 4pm"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"every": 1}, "every Wednesday"),
        ({}, "each fortnight on Wednesday"),
        ({"every": 3}, "every 3 weeks on Wednesday"),
        ({"every": 6}, "every 6 weeks on Wednesday"),
        ({"unit": "month", "which": -1, "every": 1}, "the last Wednesday of each month"),
        ({"unit": "month", "which": 3, "every": 2}, "the 3rd Wednesday of every 2 months"),
    ],
)
def test_rule_is_said_in_words(facts, said):
    assert series(**facts).rule_in_words == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "the 2nd Wednesday of each month"),
        ({"every": 4}, "the 4th Wednesday of each month"),
        ({"unit": "month", "every": 1, "which": 2}, "each fortnight on Wednesday"),
        ({"every": 1}, None),
        ({"every": 6}, None),
        ({"unit": "month", "every": 1, "which": -1}, None),
        ({"unit": "month", "every": 2, "which": 2}, None),
    ],
)
def test_every_second_wednesday_can_mean_two_things(facts, said):
    other = series_dates.other_reading(series(**facts))
    assert (other.rule_in_words if other else None) == said


def test_far_too_many_dates_are_counted_no_further():
    assert len(days(every=1, count=None, until=date(2199, 12, 31))) == 61


# --- making it -------------------------------------------------------------------------------------------------------


@pytest.fixture
def board():
    return BoardFactory(slug="forum", name="The Forum")


def rule_of(**changes):
    found = series(starts_on=date(NEXT_YEAR, 9, 1))
    names = ("title", "unit", "every", "weekday", "which", "starts_on", "until", "count", "start_time", "end_time",
             "bank_holidays")  # fmt: skip
    return {name: getattr(found, name) for name in names} | changes


def make(board, by, **changes):
    rule = rule_of(**changes)
    seen = series_dates.fingerprint(MeetingSeries(board=board, **rule))
    each = {"kind": "board", "format": "online", "venue_name": "", "by_invitation": False}
    return actions.make(board=board, by=by, uid=uuid4(), seen=seen, facts_of_each=each, **rule)


def test_series_is_made_as_drafts_and_submitted_twice_makes_once(board):
    staff, uid, rule = StaffFactory(), uuid4(), rule_of()
    seen = series_dates.fingerprint(MeetingSeries(board=board, **rule))
    each = {"kind": "board", "format": "online", "venue_name": "", "by_invitation": True}
    made = [
        actions.make(board=board, by=staff, uid=uid, seen=seen, facts_of_each=each, **rule) for _ in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
    found = Meeting.objects.filter(board=board).order_by("starts_at")
    assert [meeting.state for meeting in found] == ["draft"] * 4
    assert all(meeting.by_invitation and meeting.in_series.series == made[0] for meeting in found)
    assert found[0].slug == f"board-{timezone.localtime(found[0].starts_at):%d-%B-%Y}".lower()


@pytest.mark.django_db(transaction=True)
def test_series_made_at_once_is_one_series(board):
    staff, uid, rule = StaffFactory(), uuid4(), rule_of()
    seen = series_dates.fingerprint(MeetingSeries(board=board, **rule))
    each = {"kind": "board", "format": "online", "venue_name": "", "by_invitation": False}
    at_once(lambda: actions.make(board=board, by=staff, uid=uid, seen=seen, facts_of_each=each, **rule))
    assert (MeetingSeries.objects.count(), Meeting.objects.count()) == (1, 4)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"every": 1, "count": None, "until": date(NEXT_YEAR + 2, 12, 31)}, "more than 60 dates"),
        ({"count": None, "until": date(NEXT_YEAR, 9, 1), "weekday": date(NEXT_YEAR, 9, 2).weekday()}, "no date"),
        ({"starts_on": date(2190, 1, 1)}, "Check the year"),
    ],
)
def test_series_without_sense_is_refused_whole(board, changes, said):
    with pytest.raises(Refusal, match=said):
        make(board, StaffFactory(), **changes)
    assert not Meeting.objects.exists()


def test_series_past_the_last_day_of_its_board_is_refused_whole(board):
    board.ends_on = date(NEXT_YEAR, 9, 20)
    board.save()
    with pytest.raises(Refusal, match="The last day of the"):
        make(board, StaffFactory())
    assert not Meeting.objects.exists()


def test_series_at_an_hour_that_the_clocks_skip_is_refused(board):
    sunday = {"unit": "month", "which": -1, "weekday": 6, "starts_on": date(NEXT_YEAR, 3, 1), "count": 1}
    with pytest.raises(Refusal, match="clocks go forward"):
        make(board, StaffFactory(), **sunday, start_time=time(1, 30), end_time=time(4))


def test_dates_other_than_those_seen_are_not_made(board):
    each = {"kind": "board", "format": "online", "venue_name": "", "by_invitation": False}
    with pytest.raises(Refusal, match="dates have changed"):
        actions.make(board=board, by=None, uid=uuid4(), seen="other", facts_of_each=each, **rule_of())


@pytest.mark.parametrize(
    "broken", [{"every": 0}, {"which": 1}, {"count": None}, {"count": 61}, {"end_time": time(9)}, {"unit": "month"}]
)
def test_database_holds_what_a_series_must_be(board, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingSeries.objects.create(board=board, **rule_of(**broken))


# --- changing it -----------------------------------------------------------------------------------------------------


@pytest.fixture
def made(board):
    return make(board, StaffFactory())


def own(made) -> list[Meeting]:
    return [each.meeting for each in made.made.select_related("meeting__board").order_by("meeting__starts_at")]


def hours(made) -> list[int]:
    return [timezone.localtime(meeting.starts_at).hour for meeting in own(made)]


@pytest.mark.parametrize(
    ("scope", "found"), [("this", [14, 10, 14, 14]), ("later", [14, 10, 10, 10]), ("all", [10, 10, 10, 10])]
)
def test_change_is_for_the_meetings_that_were_chosen(made, scope, found):
    actions.change(meeting=own(made)[1], by=StaffFactory(), scope=scope, start_time=time(10), end_time=time(16))
    assert hours(made) == found


def test_change_touches_only_what_differs_from_this_meeting(made):
    staff, (first, second, *_) = StaffFactory(), own(made)
    meetings.edit(meeting=first, by=staff, revision=0, title="Extraordinary meeting")
    actions.change(meeting=second, by=staff, scope="all", title="Board", start_time=time(14), venue_name="Town hall")
    assert [meeting.title for meeting in own(made)] == ["Extraordinary meeting", "Board", "Board", "Board"]
    assert {meeting.venue_name for meeting in own(made)} == {"Town hall"}


def test_published_meetings_are_left_and_said(made):
    Meeting.objects.filter(pk=own(made)[2].pk).update(state="published", published_at=timezone.now())
    done = actions.change(meeting=own(made)[0], by=StaffFactory(), scope="all", start_time=time(10))
    assert hours(made) == [10, 10, 14, 10]
    assert done.left == [own(made)[2]]
    assert not Message.objects.exists()


@pytest.mark.parametrize(("scope", "left"), [("this", 3), ("later", 1), ("all", 0)])
def test_drafts_are_deleted_for_the_meetings_that_were_chosen(made, scope, left):
    actions.delete_drafts(meeting=own(made)[1], by=StaffFactory(), scope=scope)
    assert len(own(made)) == left


def test_published_meetings_are_not_deleted_with_the_drafts(made):
    second = own(made)[1]
    item = PlannedItemFactory(board=made.board, meeting=second)
    Meeting.objects.filter(pk=own(made)[2].pk).update(state="published", published_at=timezone.now())
    done = actions.delete_drafts(meeting=second, by=StaffFactory(), scope="all")
    assert (own(made), len(done.changed)) == (done.left, 3)
    item.refresh_from_db()
    assert item.meeting is None, "it waits on the plan"


def test_meetings_that_are_over_stay_as_they_were(made):
    first, second, *_ = own(made)
    done = actions.change(
        meeting=second, by=StaffFactory(), scope="all", start_time=time(10), now=first.starts_at + timedelta(hours=1)
    )
    assert hours(made) == [14, 10, 10, 10]
    assert len(done.changed) == 3


# --- its pages -------------------------------------------------------------------------------------------------------

ANSWERS = {
    "uid": "b7b0b4fc-7f52-4c13-9b57-0f6bb3a2f8a1", "title": "Board", "kind": "board", "format": "online", "unit": "week",
    "every": "2", "weekday": "2", "which": "", "starts_on": f"1 September {NEXT_YEAR}", "until": "", "count": "4",
    "start_time": "2pm", "end_time": "4pm", "bank_holidays": "skip",
}  # fmt: skip
NEW = "/boards/forum/series/new/"


@pytest.fixture
def staff(client):
    return sign_in(client, StaffFactory())


def test_dates_are_shown_before_meetings_are_made(staff, board):
    page = staff.post(NEW, ANSWERS)
    assert not Meeting.objects.exists()
    assert "Check the dates" in words(page)
    assert words(page).split("Or did you mean")[0].count(f"{NEXT_YEAR}, 2pm to 4pm") == 4
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    response = staff.post(NEW, ANSWERS | {"seen": seen})
    assert response.status_code == 302
    assert staff.post(NEW, ANSWERS | {"seen": seen}).url == response.url
    assert Meeting.objects.count() == 4
    assert "each fortnight on Wednesday" in words(staff.get(response.url))


def test_both_readings_are_shown_and_either_can_be_made(staff, board):
    page = staff.post(NEW, ANSWERS)
    assert "Or did you mean the 2nd Wednesday of each month?" in words(page)
    assert "“Every second Wednesday” can mean either" in words(page)
    month = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text.split("Or did you mean")[1])
    page = staff.post(NEW, dict(month))
    assert "the 2nd Wednesday of each month. Nothing has been made yet" in words(page)
    assert "Or did you mean each fortnight on Wednesday?" in words(page)
    staff.post(NEW, dict(month) | {"seen": re.search(r'name="seen" value="(\w+)"', page.text)[1]})
    days = [timezone.localdate(meeting.starts_at) for meeting in Meeting.objects.order_by("starts_at")]
    assert [8 <= day.day <= 14 for day in days] == [True] * 4
    assert "Or did you mean" not in words(staff.post(NEW, ANSWERS | {"every": "1"}))


def test_dates_that_changed_meanwhile_are_shown_again(staff, board):
    page = staff.post(NEW, ANSWERS | {"seen": "other"})
    assert "The dates have changed since you saw them" in words(page)
    assert not Meeting.objects.exists()


def test_changing_the_answers_goes_back_to_the_form_with_them(staff, board):
    page = words(staff.post(NEW, ANSWERS | {"seen": "x", "change": "1"}))
    assert 'value="Board"' in page
    assert "Make a series of meetings" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Enter the title of each meeting"),
        ({"start_time": ""}, "Start of each meeting: enter the time"),
        ({"unit": ""}, "Select whether the meetings repeat by week or by month"),
        ({"unit": "month"}, "Select which of these days in the month"),
        ({"count": ""}, "Enter either a last day or a number of dates"),
        ({"until": "1 October 2099"}, "Enter either a last day or a number of dates"),
        ({"count": "61"}, "less than or equal to 60"),
        ({"end_time": "1pm"}, "The end must be after the start"),
        ({"starts_on": "soon"}, "Enter a date, like"),
        ({"start_time": "teatime"}, "Enter a time, like"),
        ({"weekday": "9"}, "Choose the day of the week from the list"),
        ({"every": "0"}, "greater than or equal to 1"),
        ({"count": "", "every": "1", "until": f"1 September {NEXT_YEAR + 2}"}, "more than 60 dates"),
        ({"starts_on": "1 September 2190"}, "Check the year of the start"),
    ],
)
def test_bad_answers_are_said_and_kept(staff, board, changes, said):
    page = words(staff.post(NEW, ANSWERS | changes))
    assert said in page
    assert 'value="2pm"' in page or changes.get("start_time", "x") in page
    assert not Meeting.objects.exists()


def test_series_is_for_staff(client, board, made):
    sign_in(client, UserFactory())
    assert client.get(NEW).status_code == 403
    assert client.get(f"/boards/forum/series/{made.pk}/").status_code == 403


def test_page_of_a_change_asks_which_meetings_and_says_what_was_left(staff, made):
    first = own(made)[0]
    Meeting.objects.filter(pk=own(made)[2].pk).update(state="published", published_at=timezone.now())
    address = f"/meetings/{first.slug}/manage/series/"
    page = words(staff.get(address))
    assert "This meeting and later ones (4, 1 of them published and left as they are)" in page
    answers = {"title": "Board", "start_time": "10am", "end_time": "4pm", "venue_name": "", "venue_address": ""}
    assert "Select which meetings this is for" in words(staff.post(address, answers))
    assert "The end must be after the start" in words(
        staff.post(address, answers | {"scope": "all", "end_time": "9am"})
    )
    page = words(staff.post(address, answers | {"scope": "all"}, follow=True))
    assert "3 meetings are changed" in page
    assert "Published, so not changed:" in page
    assert f"/meetings/{own(made)[2].slug}/manage/move/" in page


def test_page_deletes_drafts_after_asking_which(staff, made):
    first = own(made)[0]
    Meeting.objects.filter(pk=own(made)[2].pk).update(state="published", published_at=timezone.now())
    address = f"/meetings/{first.slug}/manage/series/delete/"
    assert address in staff.get(f"/meetings/{first.slug}/manage/series/").text
    assert "Select which meetings this is for" in words(staff.post(address, {"scope": ""}))
    page = words(staff.post(address, {"scope": "all"}, follow=True))
    assert "3 drafts are deleted" in page
    assert "Published, so not deleted:" in page
    assert len(own(made)) == 1


def test_series_without_drafts_has_nothing_to_choose(staff, made):
    Meeting.objects.update(state="published", published_at=timezone.now())
    for part in ("series", "series/delete"):
        page = words(staff.get(f"/meetings/{own(made)[0].slug}/manage/{part}/"))
        assert "No draft of this series is left" in page
        assert "Which meetings is this for?" not in page


def test_series_says_which_meetings_fall_on_a_bank_holiday(staff, made):
    address = f"/boards/forum/series/{made.pk}/"
    assert "Bank holiday" not in words(staff.get(address))
    BankHoliday.objects.create(day=timezone.localdate(own(made)[1].starts_at), name="Proclaimed lately")
    assert words(staff.get(address)).count("Bank holiday") == 1


def test_meeting_without_series_has_no_page_for_one(staff):
    for page in ("series", "series/delete"):
        assert staff.get(f"/meetings/{MeetingFactory().slug}/manage/{page}/").status_code == 404


def test_page_of_a_series_asks_the_same_whatever_it_holds(staff, made):
    address = f"/boards/forum/series/{made.pk}/"
    before = queries(staff, address)
    for _ in range(5):
        SeriesMeeting.objects.create(series=made, meeting=MeetingFactory(board=made.board), meant_on=date(2026, 1, 1))
    assert queries(staff, address) == before


def test_drafts_of_a_series_are_asked_for_when_they_are_near(staff, board):
    far, near = (
        MeetingFactory(board=board, state="draft", starts_at=in_days(80)),
        MeetingFactory(board=board, state="draft"),
    )
    alone = MeetingFactory(board=board, state="draft", starts_at=in_days(80))
    found = make(board, StaffFactory(), count=1)
    for meeting in (far, near):
        SeriesMeeting.objects.create(series=found, meeting=meeting, meant_on=date(2026, 1, 1))
    page = words(staff.get("/home/"))
    assert [f"Publish {meeting.title}," in page for meeting in (far, near, alone)] == [False, True, True]

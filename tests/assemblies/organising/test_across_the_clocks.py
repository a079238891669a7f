"""Days are days by the clock on the wall: a weekend on which the clocks change moves nothing by an hour."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from assemblies.lists.models import InvitationList
from assemblies.organising.actions import meeting_place, reminders
from assemblies.organising.forms.move import MoveConfirmForm
from assemblies.organising.models import ReminderRule
from assemblies.registrations.actions import exit_answers
from assemblies.voice.actions import call_reminder
from assemblies.voice.models.report_back import report_due_on
from partnership.elections.emails import reminder as reminder_emails
from tests.factories import CallFactory, MeetingFactory, PlaceFactory, ReminderRuleFactory
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
DAY = 24 * 60
AUTUMN = datetime(2027, 11, 1, 9, 30, tzinfo=LONDON)  # a Monday; the clocks went back on Sunday 31 October
SPRING = datetime(2027, 3, 29, 9, 30, tzinfo=LONDON)  # a Monday; they went forward on Sunday 28 March


def rule_of(minutes: int, starts_at: datetime, **facts) -> ReminderRule:
    meeting = MeetingFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
    made = ReminderRuleFactory(meeting=meeting, minutes=minutes, **facts)
    return ReminderRule.objects.with_due_at().get(pk=made.pk)


@pytest.mark.parametrize("starts_at", [AUTUMN, SPRING])
@pytest.mark.parametrize(("minutes", "before"), [(2 * DAY, (2, 9, 30)), (7 * DAY, (7, 9, 30)), (90, (0, 8, 0))])
def test_reminder_days_before_falls_at_the_same_time_of_day(starts_at, minutes, before):
    days, hour, minute = before
    due = timezone.localtime(rule_of(minutes, starts_at, anchor="start").due_at)
    assert (due.date(), due.hour, due.minute) == (starts_at.date() - timedelta(days=days), hour, minute)


def test_hours_before_are_hours_that_pass():
    due = rule_of(36 * 60, AUTUMN, anchor="start").due_at
    assert AUTUMN.astimezone(due.tzinfo) - due == timedelta(hours=36)


@pytest.mark.parametrize("days", [1, 14])
def test_reminder_after_the_end_falls_at_the_same_time_of_day(days):
    rule = rule_of(days * DAY, datetime(2027, 10, 30, 9, 30, tzinfo=LONDON), anchor="end", audience="attended")
    due = timezone.localtime(rule.due_at)
    assert (due.date(), due.hour, due.minute) == (date(2027, 10, 30) + timedelta(days=days), 12, 30)


def test_thanks_and_exit_answers_end_at_the_same_time_of_day():
    rule = rule_of(0, datetime(2027, 10, 25, 9, 30, tzinfo=LONDON), anchor="end", audience="attended")
    for last in (reminders.pointless_from(rule), exit_answers.closes_at(rule.meeting)):
        assert timezone.localtime(last).replace(tzinfo=None) == datetime(2027, 11, 8, 12, 30)


def test_closing_time_moves_with_its_meeting_by_the_clock_on_the_wall():
    closes = datetime(2027, 10, 20, 17, tzinfo=LONDON)
    meeting = MeetingFactory(
        starts_at=datetime(2027, 10, 22, 9, 30, tzinfo=LONDON),
        registration_opens_at=datetime(2027, 9, 1, 9, tzinfo=LONDON),
        registration_closes_at=closes,
    )
    shifted = MoveConfirmForm.shifted(meeting, {"starts_at": datetime(2027, 11, 5, 9, 30, tzinfo=LONDON)})
    assert timezone.localtime(shifted["registration_closes_at"]).replace(tzinfo=None) == datetime(2027, 11, 3, 17)
    assert shifted["registration_opens_at"] == meeting.registration_opens_at


def test_list_and_report_are_due_on_the_local_day():
    late_at_night = datetime(2027, 6, 24, 0, 15, tzinfo=LONDON)  # still the 23rd in Greenwich
    meeting, place = MeetingFactory(starts_at=late_at_night.astimezone(ZoneInfo("UTC"))), PlaceFactory()
    meeting_place.choose(meeting=meeting, places=[place], by=None)
    assert InvitationList.objects.get().due_on == date(2027, 6, 3)
    assert report_due_on(datetime(2027, 10, 17, 23, 30, tzinfo=LONDON)) == date(2027, 10, 31)


def test_call_is_reminded_of_a_day_before_by_the_clock_on_the_wall():
    opened = datetime(2027, 10, 1, 9, tzinfo=LONDON)
    call = CallFactory(
        meeting=MeetingFactory(starts_at=datetime(2027, 11, 9, 9, tzinfo=LONDON)),
        opened_at=opened,
        closes_at=datetime(2027, 10, 31, 17, tzinfo=LONDON),
    )
    saturday = datetime(2027, 10, 30, 17, tzinfo=LONDON).astimezone(ZoneInfo("UTC"))
    assert list(call_reminder.due(saturday - timedelta(minutes=1))) == []
    assert list(call_reminder.due(saturday)) == [call]


def test_last_reminder_to_vote_is_a_day_before_by_the_clock():
    election = election_of(state="voting").election
    election.voting_opens_at = datetime(2027, 10, 1, 9, tzinfo=LONDON)
    election.voting_closes_at = datetime(2027, 10, 31, 17, tzinfo=LONDON)
    (_, half), (_, last) = reminder_emails._reminders(election)
    assert half < last
    assert timezone.localtime(last).replace(tzinfo=None) == datetime(2027, 10, 30, 17)

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import reminder_rule, reminders
from assemblies.organising.models import ReminderRule, ReminderRun
from partnership import dates
from partnership.outbox.actions import deliver
from partnership.outbox.models import Message
from tests.factories import MeetingFactory, RegistrationFactory, ReminderRuleFactory, StaffFactory
from tests.pages import address, words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

ANSWERS = {
    "moment": "start:coming",
    "number": "2",
    "unit": "hours",
    "subject": "Soon: {meeting}",
    "text": "Dear {name}",
}


@pytest.fixture
def meeting():
    return MeetingFactory(title="September assembly", published_at=timezone.now() - timedelta(days=1))


@pytest.fixture
def staff():
    return StaffFactory()


@pytest.fixture
def office(client, staff):
    return sign_in(client, staff)


def test_list_says_when_each_is_due_and_how_many_people_get_it(office, meeting):
    ReminderRuleFactory(meeting=meeting)
    RegistrationFactory.create_batch(3, meeting=meeting)
    RegistrationFactory(meeting=meeting, state="cancelled", place_number=None)
    page = words(office.get(address("manage_reminders", meeting)))
    assert "1 day before it starts" in page
    assert f"Due {dates.day(meeting.starts_at - timedelta(days=1))} at 9.30am. People with a place: 3 people" in page
    later = meeting.starts_at + timedelta(days=7)
    Meeting.objects.update(starts_at=later, ends_at=later + timedelta(hours=1))
    assert dates.day(later - timedelta(days=1)) in words(office.get(address("manage_reminders", meeting)))


def test_nobody_has_come_before_the_meeting(office, meeting):
    ReminderRuleFactory(meeting=meeting, anchor="end", audience="attended")
    RegistrationFactory.create_batch(2, meeting=meeting, attendance="in_person")
    at = address("manage_reminders", meeting)
    assert "People who come (those with a place today): 2 people now" in words(office.get(at))
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))
    assert "People with a place (nobody is checked in): 2 people now" in words(office.get(at))
    meeting.registrations.filter(pk=meeting.registrations.first().pk).update(state="attended")
    assert "People who came: 1 person now" in words(office.get(at))


def test_list_says_what_happened_to_each(office, meeting):
    sent, skipped = ReminderRuleFactory(meeting=meeting), ReminderRuleFactory(meeting=meeting, minutes=60)
    ReminderRun.objects.create(rule=sent, due_at=meeting.starts_at - timedelta(days=1), sent=3)
    ReminderRun.objects.create(
        rule=skipped, due_at=meeting.starts_at - timedelta(hours=1), sent=0, skipped="It was too late."
    )
    page = words(office.get(address("manage_reminders", meeting)))
    assert "3 messages written" in page
    assert "Not sent: It was too late." in page


def test_meeting_without_reminders_says_what_to_do(office, meeting):
    assert "Add a reminder" in words(office.get(address("manage_reminders", meeting)))


def test_reminder_is_added_and_previewed_as_the_real_message(office, meeting):
    page = words(office.post(address("manage_reminder_new", meeting), ANSWERS, follow=True))
    assert "2 hours before it starts" in page
    assert "Soon: September assembly" in page
    rule = ReminderRule.objects.get()
    assert (rule.anchor, rule.audience, rule.minutes) == ("start", "coming", 120)
    frame = office.get(address("manage_reminder_message", meeting, rule.pk))
    assert "Dear" in words(frame)
    assert "sandbox" in frame["Content-Security-Policy"]


def test_reminder_is_changed_from_its_own_answers(office, meeting):
    rule = ReminderRuleFactory(meeting=meeting)
    where = address("manage_reminder", meeting, rule.pk)
    page = office.get(where)
    assert page.context["form"].initial["number"] == 1
    office.post(where, ANSWERS | {"number": "3", "unit": "days"})
    rule.refresh_from_db()
    assert rule.minutes == 3 * 24 * 60


def test_later_editor_of_a_reminder_sees_the_difference_and_may_save(office, meeting):
    rule = ReminderRuleFactory(meeting=meeting, subject="Old", text="Dear {name}")
    where = address("manage_reminder", meeting, rule.pk)
    mine = ANSWERS | {"revision": "0", "number": "3", "unit": "days", "subject": "Mine"}
    facts = {"anchor": rule.anchor, "audience": rule.audience, "minutes": rule.minutes, "text": rule.text}
    other = StaffFactory(name="Kofi Mensah")
    reminder_rule.save(meeting=meeting, by=other, rule=rule, revision=0, subject="Theirs", **facts)
    page = words(office.post(where, mine))
    assert "Kofi Mensah changed this on" in page
    assert '<td class="govuk-table__cell">Theirs</td> <td class="govuk-table__cell">Mine</td>' in page
    assert 'name="subject" value="Mine"' in page
    rule.refresh_from_db()
    assert (rule.subject, rule.revision) == ("Theirs", 1)
    assert 'name="revision" value="1"' in page
    for _ in range(2):
        assert office.post(where, mine | {"revision": "1"}).status_code == 302
    rule.refresh_from_db()
    assert (rule.subject, rule.minutes, rule.revision) == ("Mine", 3 * 24 * 60, 2)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": "Dear {nome}"}, "{nome} is not something we can fill in"),
        ({"subject": "{x}"}, "{x} is not something we can fill in"),
        ({"number": "-1"}, "must be 0 or more"),
        ({"number": "soon"}, "must be a whole number"),
        ({"number": "9999", "unit": "days"}, "a year or less"),
        ({"moment": ""}, "Select when, and who to"),
        ({"moment": "end:unanswered"}, "Choose when, and who to"),
        ({"subject": ""}, "Enter the subject"),
        ({"text": ""}, "Enter the text"),
    ],
)
def test_wrong_answers_are_named_and_kept(office, meeting, wrong, says):
    page = words(office.post(address("manage_reminder_new", meeting), ANSWERS | {"subject": "Kept words"} | wrong))
    assert says in page
    assert "Kept words" in page or "subject" in wrong
    assert not ReminderRule.objects.exists()


def test_switching_off_and_on_stays_as_asked_however_often_submitted(office, meeting):
    rule = ReminderRuleFactory(meeting=meeting)
    where = address("manage_reminder_switch", meeting, rule.pk)
    for on in ("no", "no", "yes", "yes"):
        office.post(where, {"on": on})
        rule.refresh_from_db()
        assert rule.active == (on == "yes")


def test_test_message_goes_to_oneself_and_links_to_no_registration(office, staff, meeting, smtp):
    rule = ReminderRuleFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    office.post(address("manage_reminder_preview", meeting, rule.pk), {"key": uuid4()})
    deliver.deliver()
    assert [mail.to for mail in smtp.messages] == [[staff.email]]
    assert "/i/example/" in smtp.messages[0].text
    assert "/r/" not in smtp.messages[0].text
    assert smtp.messages[0].calendar


def test_rule_of_another_meeting_is_absent(office, meeting):
    rule = ReminderRuleFactory()
    assert office.get(address("manage_reminder", meeting, rule.pk)).status_code == 404


@pytest.mark.parametrize("many", [1, 50])
def test_list_makes_the_same_queries_for_one_rule_and_fifty(office, meeting, many, django_assert_max_num_queries):
    for minutes in range(many):
        ReminderRuleFactory(meeting=meeting, minutes=minutes)
    RegistrationFactory.create_batch(many, meeting=meeting)
    with django_assert_max_num_queries(11):
        office.get(address("manage_reminders", meeting))


def test_new_meeting_shows_the_usual_five(office, meeting):
    reminder_rule.set_default_rules(meeting=meeting)
    assert len(reminders.overview(meeting, timezone.now())) == 5
    assert not Message.objects.exists()

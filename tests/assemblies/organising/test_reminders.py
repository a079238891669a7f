from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Meeting, MeetingMove
from assemblies.organising.actions import reminder_rule, reminders
from assemblies.organising.models import ReminderRule, ReminderRun
from assemblies.registrations.actions import cancellation
from assemblies.registrations.models import Registration
from partnership import dates
from partnership.outbox.actions import deliver
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
    ReminderRuleFactory,
    StaffFactory,
    in_days,
)

pytestmark = pytest.mark.django_db
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
Anchor, Audience = ReminderRule.Anchor, ReminderRule.Audience


@pytest.fixture
def meeting():
    return MeetingFactory(
        title="September assembly",
        starts_at=in_days(28),
        published_at=timezone.now() - DAY,
        joining_link="https://meet.example.org/secret",
    )


def queued():
    return sorted(Message.objects.values_list("to_email", flat=True))


def test_default_rules_are_set_once(meeting):
    assert reminder_rule.set_default_rules(meeting=meeting) == 5
    assert reminder_rule.set_default_rules(meeting=meeting) == 0
    told = set(meeting.reminder_rules.values_list("anchor", "minutes", "audience"))
    assert told == {
        ("start", 7 * 24 * 60, "coming"),
        ("start", 24 * 60, "coming"),
        ("start", 60, "coming"),
        ("closing", 2 * 24 * 60, "unanswered"),
        ("end", 120, "attended"),
    }


def test_hybrid_reminder_gives_each_person_their_own_way_first(meeting):
    Meeting.objects.filter(pk=meeting.pk).update(
        format="hybrid", venue_name="Town hall", joining_instructions="The passcode is 1234."
    )
    ReminderRuleFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting, email="room@example.org", attendance="in_person")
    RegistrationFactory(meeting=meeting, email="link@example.org", attendance="online")
    assert reminders.run_due(meeting.starts_at - DAY) == 2
    link = "https://meet.example.org/secret"
    fallback = "If you cannot be there in person after all"
    in_room, online = (Message.objects.get(to_email=f"{who}@example.org") for who in ("room", "link"))
    for words in (in_room.text, in_room.html):
        assert (
            words.index("Town hall") < words.index(fallback) < words.index(link) < words.index("The passcode is 1234.")
        )
        assert words.count("oin online") == (1 if words == in_room.text else 0)
    for words in (online.text, online.html):
        assert words.index("Join online") < words.index(link) < words.index("Or in person") < words.index("Town hall")
        assert fallback not in words
        assert words.count("The passcode is 1234.") == 1
    assert "after all, join online: https" in in_room.text


def test_reminder_goes_out_when_due_and_once(meeting):
    rule = ReminderRuleFactory(meeting=meeting)
    guest = RegistrationFactory(meeting=meeting)
    assert reminders.run_due(meeting.starts_at - DAY - MINUTE) == 0
    assert reminders.run_due(meeting.starts_at - DAY) == 1
    assert reminders.run_due(meeting.starts_at - DAY + MINUTE) == 0
    assert queued() == [guest.email]
    assert ReminderRun.objects.get(rule=rule).sent == 1


def test_whole_life_of_a_meeting_reminds_a_guest_four_times(meeting):
    reminder_rule.set_default_rules(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    moment = meeting.starts_at - 10 * DAY
    while moment < meeting.ends_at:
        reminders.run_due(moment)
        moment += HOUR / 2
    Meeting.objects.update(state=Meeting.State.HELD)
    reminders.run_due(meeting.ends_at + 3 * HOUR)
    assert Message.objects.count() == 4
    assert Message.objects.filter(subject__startswith="Thank you").count() == 1


@pytest.mark.parametrize("state", [Meeting.State.DRAFT, Meeting.State.CANCELLED, Meeting.State.HELD])
def test_only_published_meetings_remind_before_they_start(meeting, state):
    ReminderRuleFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    Meeting.objects.update(state=state)
    assert reminders.run_due(meeting.starts_at - DAY) == 0


def test_rule_switched_off_misses_its_time_when_switched_on_again(meeting):
    staff = StaffFactory()
    Meeting.objects.update(starts_at=timezone.now() + HOUR, ends_at=timezone.now() + 2 * HOUR)
    rule = ReminderRuleFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    reminder_rule.switch(rule=rule, by=staff, on=False)
    assert reminders.run_due() == 0
    reminder_rule.switch(rule=rule, by=staff, on=True)
    assert reminders.run_due() == 0
    assert "switched off" in ReminderRun.objects.get().skipped


def test_rule_written_after_its_time_is_not_sent(meeting):
    Meeting.objects.update(starts_at=timezone.now() + HOUR, ends_at=timezone.now() + 2 * HOUR)
    RegistrationFactory(meeting=meeting)
    reminder_rule.save(
        meeting=meeting,
        by=StaffFactory(),
        anchor=Anchor.START,
        minutes=120,
        audience=Audience.COMING,
        subject="Soon",
        text="Soon.",
    )
    assert reminders.run_due() == 0


def test_unknown_placeholder_is_refused_by_name(meeting):
    fields = {"anchor": Anchor.START, "minutes": 60, "audience": Audience.COMING, "subject": "Soon"}
    with pytest.raises(Refusal, match=r"{nmae} is not something we can fill in") as refusal:
        reminder_rule.save(meeting=meeting, by=StaffFactory(), text="Dear {nmae}", **fields)
    assert refusal.value.field == "text"
    assert not ReminderRule.objects.exists()


def test_unanswered_are_reminded_before_registration_closes(meeting):
    closes = meeting.starts_at - 3 * DAY
    Meeting.objects.update(registration_closes_at=closes)
    ReminderRuleFactory(meeting=meeting, anchor=Anchor.CLOSING, minutes=48 * 60, audience=Audience.UNANSWERED)
    silent = InvitationFactory(meeting=meeting)
    InvitationFactory(meeting=meeting, declined_at=timezone.now())
    InvitationFactory(meeting=meeting, accepted_at=timezone.now())
    RegistrationFactory(meeting=meeting, email=InvitationFactory(meeting=meeting).email)
    assert reminders.run_due(closes - 2 * DAY) == 1
    message = Message.objects.get()
    assert (message.to_email, message.not_after) == (silent.email, closes)
    assert f"/i/{silent.key}/" in message.text
    assert f"/i/{silent.key}/decline/" in message.text
    assert "meet.example.org" not in message.text


def test_nobody_is_asked_to_register_once_registration_has_closed(meeting):
    Meeting.objects.update(registration_closes_at=meeting.starts_at - 3 * DAY)
    ReminderRuleFactory(meeting=meeting, minutes=24 * 60, audience=Audience.UNANSWERED)
    InvitationFactory(meeting=meeting)
    assert reminders.run_due(meeting.starts_at - DAY) == 0
    assert "too late" in ReminderRun.objects.get().skipped


def test_thanks_go_to_people_who_came_or_all_without_a_register(meeting):
    ReminderRuleFactory(meeting=meeting, anchor=Anchor.END, minutes=120, audience=Audience.ATTENDED)
    came = RegistrationFactory(meeting=meeting)
    stayed_away = RegistrationFactory(meeting=meeting)
    Meeting.objects.update(state=Meeting.State.HELD)
    rule = ReminderRule.objects.get()
    assert set(reminders.recipients(rule)) == {came, stayed_away}
    Registration.objects.filter(pk=came.pk).update(state="attended")
    Registration.objects.filter(pk=stayed_away.pk).update(state="absent")
    reminders.run_due(meeting.ends_at + 2 * HOUR)
    assert queued() == [came.email]
    assert f"/r/{came.key}/" in meeting_mail_link(came)


def meeting_mail_link(guest):
    guest.meeting.exit_questions.create(kind="will_do", text="What I will do")
    letter = reminders.ReminderLetter(ReminderRule.objects.get())
    return letter.draft(guest, key="x", not_after=None, unsubscribe="").text


def test_thanks_ask_the_exit_questions_where_there_are_any(meeting):
    ReminderRuleFactory(meeting=meeting, anchor=Anchor.END, minutes=120, audience=Audience.ATTENDED)
    guest = RegistrationFactory(meeting=meeting)
    assert f"/r/{guest.key}/answers/" in meeting_mail_link(guest)


def test_moved_meeting_is_reminded_again_for_its_new_time(meeting):
    ReminderRuleFactory(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    reminders.run_due(meeting.starts_at - DAY)
    later = meeting.starts_at + 7 * DAY
    Meeting.objects.update(starts_at=later, ends_at=later + HOUR)
    assert reminders.meeting_changed(meeting=meeting) == 1
    assert reminders.run_due(later - DAY - MINUTE) == 0
    assert reminders.run_due(later - DAY) == 1
    assert sorted(Message.objects.values_list("state", flat=True)) == ["queued", "withdrawn"]


def test_unsent_reminder_to_answer_is_rewritten_if_still_due(meeting):
    closes = meeting.starts_at - 7 * DAY
    Meeting.objects.update(registration_closes_at=closes)
    rule = ReminderRuleFactory(
        meeting=meeting, anchor=Anchor.CLOSING, minutes=2 * 24 * 60, audience=Audience.UNANSWERED
    )
    silent, answers = InvitationFactory(meeting=meeting), InvitationFactory(meeting=meeting)
    assert reminders.run_due(closes - 2 * DAY) == 2
    Invitation.objects.filter(pk=answers.pk).update(declined_at=timezone.now())
    later = meeting.starts_at + 7 * DAY
    Meeting.objects.update(starts_at=later, ends_at=later + HOUR, sequence=1)
    meeting.refresh_from_db()
    assert reminders.meeting_changed(meeting=meeting) == 2
    again = Message.objects.get(state="queued")
    assert again.to_email == silent.email
    assert dates.span(later, later + HOUR) in again.text
    assert reminders.run_due(closes - 2 * DAY) == 0
    assert rule.runs.count() == 1


def test_meeting_brought_forward_past_a_reminder_skips_it(meeting):
    ReminderRuleFactory(meeting=meeting, minutes=14 * 24 * 60)
    RegistrationFactory(meeting=meeting)
    sooner = in_days(5)
    MeetingMove.objects.create(
        meeting=meeting,
        old_starts_at=meeting.starts_at,
        old_ends_at=meeting.ends_at,
        new_starts_at=sooner,
        new_ends_at=sooner + HOUR,
    )
    Meeting.objects.update(starts_at=sooner, ends_at=sooner + HOUR)
    assert reminders.run_due(timezone.now() + MINUTE) == 0
    assert "announced" in ReminderRun.objects.get().skipped


def test_two_reminders_missed_send_only_the_nearer(meeting):
    reminder_rule.set_default_rules(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    assert reminders.run_due(meeting.starts_at - DAY + MINUTE) == 1
    assert Message.objects.get().subject.startswith("Reminder: ")
    assert ReminderRun.objects.get(skipped__contains="closer").rule.minutes == 7 * 24 * 60


def test_long_missed_reminder_is_skipped_when_the_next_is_closer(meeting):
    reminder_rule.set_default_rules(meeting=meeting)
    RegistrationFactory(meeting=meeting)
    assert reminders.run_due(meeting.starts_at - 2 * DAY) == 0
    assert reminders.run_due(meeting.starts_at - DAY) == 1


def test_sent_reminder_reads_as_written_with_facts_calendar_and_links(meeting, smtp):
    rule = ReminderRuleFactory(meeting=meeting, text="Dear {name},\n\n**Bring** {other} to {meeting}: {link}")
    guest = RegistrationFactory(meeting=meeting, name="Ann <A>")
    reminders._queue(ReminderRule.objects.with_due_at().get(pk=rule.pk), timezone.now())
    deliver.deliver()
    mail = smtp.to(guest.email)[0]
    assert mail.subject == "Nearly here: September assembly"
    assert "Dear Ann <A>," in mail.text
    assert "Bring {other} to September assembly: " in mail.text
    assert "<strong>Bring</strong>" in mail.html
    assert "Ann &lt;A&gt;" in mail.html
    for words in (mail.text, mail.html):
        assert "9.30am to 12.30pm" in words
        assert "https://meet.example.org/secret" in words
        assert f"/r/{guest.key}/" in words
        assert f"/r/{guest.key}/cancel/" in words
        assert ".invalid" not in words
    event = Calendar.from_ical(mail.calendar).events[0]
    assert event["ATTENDEE"] == f"mailto:{guest.email}"
    assert "meet.example.org" in event["DESCRIPTION"]


def test_reminder_is_stopped_by_one_request_and_the_place_stays(meeting, smtp, client):
    ReminderRuleFactory(meeting=meeting)
    ReminderRuleFactory(meeting=meeting, minutes=60)
    guest = RegistrationFactory(meeting=meeting)
    reminders.run_due(meeting.starts_at - DAY)
    mail = Message.objects.get()
    assert mail.unsubscribe in mail.text
    assert mail.unsubscribe in mail.html
    client.post("/" + mail.unsubscribe.split("/", 3)[3], {"List-Unsubscribe": "One-Click"})
    assert reminders.run_due(meeting.starts_at - HOUR) == 0
    guest.refresh_from_db()
    assert guest.state == "registered"
    cancellation.cancel(registration=guest)
    service = Message.objects.latest("pk")
    assert service.unsubscribe == ""
    assert "It is about your own place, so you cannot unsubscribe from it." in service.text


def test_people_emailed_within_a_day_are_not_asked_again(meeting):
    ReminderRuleFactory(meeting=meeting, anchor=Anchor.START, audience=Audience.UNANSWERED)
    due = meeting.starts_at - DAY
    InvitationFactory(meeting=meeting, sent_at=due - HOUR)
    InvitationFactory(meeting=meeting, sent_at=due - 2 * DAY, chased_at=due - HOUR)
    old = InvitationFactory(meeting=meeting, sent_at=due - 2 * DAY)
    assert reminders.run_due(due) == 1
    assert queued() == [old.email]


def test_giving_up_a_place_takes_back_the_reminder(meeting):
    ReminderRuleFactory(meeting=meeting)
    guest, other = RegistrationFactory(meeting=meeting), RegistrationFactory(meeting=meeting)
    reminders.run_due(meeting.starts_at - DAY)
    cancellation.cancel(registration=guest)
    left = Message.objects.filter(key__startswith="reminder:")
    assert left.get(state="withdrawn").to_email == guest.email
    assert left.get(state="queued").to_email == other.email


def test_sweep_makes_the_same_few_queries_for_many_people(meeting, django_assert_max_num_queries):
    ReminderRuleFactory(meeting=meeting)
    RegistrationFactory.create_batch(50, meeting=meeting)
    with django_assert_max_num_queries(14):
        assert reminders.run_due(meeting.starts_at - DAY) == 50

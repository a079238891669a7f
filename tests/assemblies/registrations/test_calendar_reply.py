"""People accept and decline in their calendars: read from a real mailbox on a real IMAP server."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from assemblies.invitations.models import Invitation
from assemblies.meetings import calendar, reply_address
from assemblies.registrations import calendar_reply
from assemblies.registrations.actions import cancellation
from assemblies.registrations.actions import invitation as answers
from assemblies.registrations.models import CalendarReply, Registration
from partnership import todo
from partnership.outbox.actions import come_back
from partnership.outbox.models import Message
from tests.assemblies.registrations.replies import PROGRAMS, reply
from tests.factories import InvitationFactory, MeetingFactory, RegistrationFactory, StaffFactory
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

ANN = "ann@example.org"


@pytest.fixture
def mailbox(returns, settings):
    settings.REPLIES_EMAIL = "replies@portal.example.org"
    return returns


@pytest.fixture
def meeting():
    return MeetingFactory(title="September assembly", capacity=1)


@pytest.fixture
def invited(mailbox, meeting) -> Invitation:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    return InvitationFactory(meeting=meeting, email=ANN, name="Ann Example", organisation="Hill", sent_at=an_hour_ago)


def answer(program: str, said: str, invited: Invitation, **instead) -> bytes:
    """The program's reply to the entry that was sent to the person invited."""
    uid = calendar.uid(invited.meeting)
    facts = {"organizer": reply_address.of(uid, invited.email), "uid": uid, "attendee": invited.email}
    return reply(program, said, **(facts | instead))


def read(mailbox, *mails: bytes) -> int:
    mailbox.put(*mails)
    return come_back.look()


def registration() -> Registration | None:
    return Registration.objects.filter(email=ANN).first()


def events(text: str):
    return Calendar.from_ical(text).events[0]


@pytest.mark.parametrize("program", PROGRAMS)
def test_accepting_gives_a_place_and_asks_for_the_rest(program, mailbox, invited):
    assert read(mailbox, answer(program, "ACCEPTED", invited)) == 1
    person = registration()
    assert (person.state, person.name, person.organisation) == ("registered", "Ann Example", "Hill")
    mail = Message.objects.get(to_email=ANN)
    assert "You have a place" in mail.subject
    assert "You accepted in your calendar" in mail.text
    assert f"/r/{person.key}/change/" in mail.text
    assert mailbox.subjects("UNSEEN") == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_accepting_when_full_gives_a_place_on_the_waiting_list(program, mailbox, invited, meeting):
    RegistrationFactory(meeting=meeting, place_number=1)
    meeting.full = True
    meeting.save()
    assert read(mailbox, answer(program, "ACCEPTED", invited)) == 1
    assert registration().state == "waiting"
    mail = Message.objects.get(to_email=ANN)
    assert "waiting list" in mail.subject
    assert "Please tell us the rest" in mail.text


@pytest.mark.parametrize("program", PROGRAMS)
def test_declining_declines(program, mailbox, invited):
    assert read(mailbox, answer(program, "DECLINED", invited)) == 1
    invited.refresh_from_db()
    assert invited.declined_at
    assert registration() is None


def test_declining_gives_the_place_back(mailbox, invited):
    read(mailbox, answer("outlook", "ACCEPTED", invited))
    later = timezone.now() + timedelta(minutes=2)
    assert read(mailbox, answer("outlook", "DECLINED", invited, sequence=1, stamp=later)) == 1
    assert registration().state == "cancelled"


def test_person_without_an_invitation_declines_in_their_calendar(mailbox, meeting):
    person = RegistrationFactory(meeting=meeting, email=ANN, confirmed_at=timezone.now() - timedelta(hours=1))
    assert read(mailbox, answer("google", "DECLINED", person)) == 1
    assert registration().state == "cancelled"


@pytest.mark.parametrize("program", PROGRAMS)
def test_perhaps_is_noted_and_changes_nothing(program, mailbox, invited):
    assert read(mailbox, answer(program, "TENTATIVE", invited)) == 0
    invited.refresh_from_db()
    assert (invited.accepted_at, invited.declined_at, registration()) == (None, None, None)
    assert CalendarReply.objects.get().outcome == "done"


def test_the_same_reply_twice_changes_nothing_twice(mailbox, invited):
    first = answer("google", "ACCEPTED", invited)
    read(mailbox, first, first, first.replace(b"Subject:", b"Subject: Again"))
    assert Message.objects.filter(to_email=ANN).count() == 1
    assert mailbox.subjects("UNSEEN") == []  # none of them failed
    person = registration()
    cancellation.cancel(registration=person)
    read(mailbox, first.replace(b"Message-ID", b"X-Other"))
    assert registration().state == "cancelled"


def test_replies_count_by_sequence_and_then_by_time(mailbox, invited):
    now = timezone.now()
    no = answer("google", "DECLINED", invited, sequence=1, stamp=now)
    older_yes = answer("google", "ACCEPTED", invited, sequence=1, stamp=now - timedelta(minutes=5))
    earlier_entry = answer("google", "ACCEPTED", invited, sequence=0, stamp=now)
    read(mailbox, no, older_yes, earlier_entry)
    assert registration() is None
    assert sorted(CalendarReply.objects.values_list("outcome", flat=True)) == ["done", "older", "older"]


def test_answer_by_link_is_not_undone_by_an_earlier_reply(mailbox, invited):
    answers.decline(invitation=invited)
    read(mailbox, answer("apple", "ACCEPTED", invited, stamp=timezone.now() - timedelta(minutes=10)))
    assert registration() is None
    assert CalendarReply.objects.get().outcome == "older"


ODD = {
    "alias": {"attendee": "ann.example@example.org"},
    "from another address": {"sender": "assistant@example.org"},
    "forwarded": {"attendee": "bob@example.org"},
    "delegate": {"more": ';SENT-BY="mailto:assistant@example.org"'},
    "other meeting": {"uid": "7f0d8a0e-0000-4000-8000-000000000000@meetings.partnership.example.org"},
    "counter": {"method": "COUNTER"},
    "wrong key": {"organizer": f"replies+{'0' * 32}@portal.example.org"},
    "own request": {"method": "REQUEST"},
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("program", PROGRAMS)
def test_odd_reply_changes_nothing_and_staff_are_told(program, kind, mailbox, invited):
    assert read(mailbox, answer(program, "ACCEPTED", invited, **ODD[kind])) == 0
    invited.refresh_from_db()
    assert (invited.accepted_at, registration()) == (None, None)
    kept = CalendarReply.objects.get()
    assert (kept.outcome, bool(kept.because)) == ("odd", True)
    assert not Message.objects.exists()
    staff = StaffFactory()
    assert "Look at 1 reply from people’s calendars" in [each.title for each in todo.now_for(staff)]
    assert kept.because in words(sign_in(Client(), staff).get("/calendar-replies/")).replace("&#x27;", "'")


def test_delegating_changes_nothing(mailbox, invited):
    assert read(mailbox, answer("outlook", "DELEGATED", invited, more=';DELEGATED-TO="mailto:b@example.org"')) == 0
    assert CalendarReply.objects.get().because == "They ask somebody else to come in their place."


def test_reply_after_registration_closed_is_for_staff(mailbox, invited, meeting):
    meeting.registration_closes_at = timezone.now() - timedelta(minutes=1)
    meeting.save()
    assert read(mailbox, answer("google", "ACCEPTED", invited)) == 0
    assert CalendarReply.objects.get().outcome == "odd"


def test_letter_to_the_organizer_stays_unread(mailbox, invited):
    to = reply_address.of(calendar.uid(invited.meeting), ANN)
    read(mailbox, f"From: {ANN}\r\nTo: {to}\r\nSubject: Parking?\r\n\r\nIs there any?".encode())
    assert mailbox.subjects("UNSEEN") == ["Parking?"]
    assert not CalendarReply.objects.exists()


def test_broken_calendars_do_not_keep_us_from_the_next(mailbox, invited):
    good = answer("outlook", "ACCEPTED", invited)
    head, _, rest = good.partition(b"BEGIN:VCALENDAR")
    tail = rest[rest.index(b"--_000") :]
    broken = [b"", b"BEGIN:VCALENDAR", b"\x00\xff" * 50, b"BEGIN:VEVENT\r\n" * 5000, b"X:" + b"a" * 150_000]
    broken += [rest[:size] for size in (200, 700, 1100)]
    mails = [head + each + b"\r\n" + tail for each in broken]
    assert read(mailbox, *mails, good) == 1
    assert registration().state == "registered"
    assert mailbox.subjects("UNSEEN") == []


def test_without_a_mailbox_calendars_are_not_asked(meeting, settings):
    settings.MAILBOX_URL, settings.REPLIES_EMAIL = "", "replies@portal.example.org"
    text = calendar.request_for(meeting, ANN, "Ann", "https://portal.example.org/i/x/")
    assert "RSVP" not in text
    assert "replies" not in text
    settings.MAILBOX_URL, settings.REPLIES_EMAIL = "imaps://a:b@mail.example.org/INBOX", ""
    assert "RSVP" not in calendar.request_for(meeting, ANN, "Ann", "https://portal.example.org/i/x/")


def test_calendars_are_asked_by_an_address_for_one_person(mailbox, meeting):
    one = events(calendar.request_for(meeting, ANN, "Ann", "https://portal.example.org/i/x/"))
    other = events(calendar.request_for(meeting, "bob@example.org", "Bob", "https://portal.example.org/i/y/"))
    feed = events(calendar.publish([meeting], "Meetings", lambda _: "https://portal.example.org/"))
    assert one["ATTENDEE"].params["RSVP"] == "TRUE"
    organizers = [str(each["ORGANIZER"]) for each in (one, other, feed)]
    assert all(each.startswith("mailto:replies+") for each in organizers[:2])
    assert len({*organizers}) == 3
    assert organizers[2] == "mailto:portal@example.org"


def test_organizer_stays_the_same_and_the_sequence_rises(mailbox, invited):
    """Calendars take an update only from the organizer they know."""
    sent = [calendar.request_for(invited.meeting, ANN, "Ann", "https://portal.example.org/i/x/")]
    read(mailbox, answer("outlook", "ACCEPTED", invited))
    for step in (cancellation.cancel, cancellation.come_back, cancellation.cancel):
        sent.append(Message.objects.filter(to_email=ANN, state="queued").latest("pk").calendar)
        step(registration=registration())
    entries = [events(text) for text in sent]
    assert len({str(each["ORGANIZER"]) for each in entries}) == 1
    sequences = [int(each["SEQUENCE"]) for each in entries]
    assert len(sequences) == 4
    assert sequences == sorted(set(sequences))


def test_reply_is_read_within_bounds():
    assert calendar_reply.read(b"") is None
    assert calendar_reply.read(b"To: \xff\x00\r\n\r\n") is None


def test_page_of_replies_asks_as_often_for_many(client, mailbox, meeting):
    def made(number: int) -> None:
        CalendarReply.objects.create(
            meeting=meeting, email=f"p{number}@example.org", answer="ACCEPTED", digest=str(number), outcome="odd",
            because="It came from another address.", received_at=timezone.now(),
        )  # fmt: skip

    sign_in(client, StaffFactory())
    made(0)
    client.get("/calendar-replies/")
    with CaptureQueriesContext(connection) as few:
        client.get("/calendar-replies/")
    for number in range(1, 50):
        made(number)
    with CaptureQueriesContext(connection) as many:
        client.get("/calendar-replies/")
    assert len(few) == len(many)


def test_staff_deal_with_a_reply_once(client, mailbox, invited):
    read(mailbox, answer("google", "ACCEPTED", invited, method="COUNTER"))
    found = CalendarReply.objects.get()
    sign_in(client, StaffFactory())
    for _ in range(2):
        client.post(f"/calendar-replies/{found.pk}/done/")
    assert not CalendarReply.objects.to_look_at().exists()
    assert "There are no replies to look at" in words(client.get("/calendar-replies/"))

"""Attacks by email and by address: on somebody else's registration, on what we send to strangers, on replies of calendars."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.invitations.models import Invitation
from assemblies.meetings import calendar, reply_address
from assemblies.registrations.actions import cancellation, registration
from assemblies.registrations.models import CalendarReply, Needs, Registration
from partnership import inbound
from partnership.outbox import mime
from partnership.outbox.models import Message
from tests.assemblies.registrations.replies import PROGRAMS, reply
from tests.factories import InvitationFactory, MeetingFactory, StaffFactory
from tests.mailbox import letter
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db

ANN = "ann@example.org"
LURE = "Your account is locked, sign in at evil.example"


@pytest.fixture
def meeting():
    room = {"format": "in_person", "venue_name": "Town hall"}
    return MeetingFactory(slug="autumn", capacity=20, **room)


def post(**answers):
    """A stranger posts the public form."""
    facts = {"name": "Ann Archer", "email": ANN, "organisation": "", "role": ""} | answers
    return Client(REMOTE_ADDR="192.0.2.7").post("/meetings/autumn/register/", facts)


def ann() -> Registration:
    return Registration.objects.get(email=ANN)


# --- an address that is not yours


@pytest.mark.parametrize("state", ["held", "confirmed", "cancelled", "waiting"])
def test_stranger_cannot_write_over_anybodys_name_and_needs(meeting, state):
    if state == "waiting":
        type(meeting).objects.update(capacity=1)
        post(email="first@example.org", name="First")
    post(access=["bsl", "other"], access_other="My own chair", expenses=["travel"])
    if state in ("confirmed", "cancelled"):
        registration.confirm(registration=ann())
    if state == "cancelled":
        cancellation.cancel(registration=ann())
    before = (
        Registration.objects.filter(email=ANN).values("name", "organisation", "role", "photo_consent", "place").get()
    )
    needs = Needs.objects.values().get()
    for number in range(3):
        answer = post(name=f"Mallory {number}", organisation="Evil", role="Spy", access=["loop"], photo_consent="on")
        assert answer.status_code == 302
    assert Registration.objects.filter(email=ANN).values(*before).get() == before
    assert Needs.objects.values().get() == needs


def test_page_after_registering_is_the_same_for_a_known_address(meeting):
    pages = []
    for email in ("new@example.org", ANN, ANN):
        browser = Client()
        answer = browser.post("/meetings/autumn/register/", {"name": "Ann", "email": email}, follow=True)
        if email == ANN and ann().confirmed_at is None:
            registration.confirm(registration=ann())
        assert email in answer.text
        pages.append(answer.text.replace(email, "…"))
    assert len({page.split("<main")[1] for page in pages}) == 1


def test_words_of_a_stranger_are_emailed_to_nobody(meeting):
    post(name=LURE, organisation=LURE, role=LURE, access=["other"], access_other=LURE)
    post(name=f"{LURE} now", organisation=LURE)
    [first, *_] = mails = list(Message.objects.filter(to_email=ANN))
    assert "Confirm your email address" in first.subject
    for mail in mails:
        assert "evil.example" not in f"{mail.to_name} {mail.subject} {mail.text} {mail.html} {mail.calendar}"


@pytest.mark.parametrize(
    "name",
    ["Win at http://evil.example", "Ann https://x.example", "a@evil.example", "Ann＠evil.example", "see hxxp://x"],
)
def test_addresses_in_names_are_refused_at_every_door(meeting, name):
    assert "Enter a name without" in post(name=name).text
    office = sign_in(Client(), StaffFactory())
    door = {"name": name, "email": ANN, "organisation": "", "role": ""}
    assert "Enter a name without" in office.post("/meetings/autumn/manage/door/walk-in/", door).text
    signing_up = Client().post("/account/signup/", {"name": name, "email": "new@example.org"})
    assert "Enter a name without" in signing_up.text
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


# --- headers

SIXTY = "A name of sixty letters and a comma, mallory@evil.example xx"


@pytest.mark.parametrize("length", range(55, 70))
def test_no_name_adds_an_address_to_the_header(length):
    name = (SIXTY + " and more and more")[:length]
    header = mime.mailbox(name, ANN)
    assert header.startswith(('"', "=?utf-8?"))
    assert header.rstrip().endswith(f"<{ANN}>")


@pytest.mark.parametrize(
    "name", ["Ann\r\nBcc: all@example.org", "Ann\nX: y", "Ann\x00", '"Ann" <b@evil.example>, "', "Ann\\"]
)
def test_no_name_ends_a_header(name):
    header = mime.mailbox(name, ANN)
    lines = header.split("\r\n")
    assert all(line.startswith(" ") for line in lines[1:])
    assert "\n" not in header.replace("\r\n", "")


# --- replies of calendars


@pytest.fixture
def invited(settings) -> Invitation:
    settings.MAILBOX_URL, settings.REPLIES_EMAIL = "imaps://a:b@mail.example.org/INBOX", "replies@portal.example.org"
    return InvitationFactory(email=ANN, sent_at=timezone.now() - timedelta(hours=1))


def facts(invited: Invitation) -> dict[str, str]:
    uid = calendar.uid(invited.meeting)
    return {"organizer": reply_address.of(uid, invited.email), "uid": uid, "attendee": ANN}


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("said", ["ACCEPTED", "DECLINED"])
def test_nobody_answers_for_another_without_the_key_of_their_entry(invited, program, said):
    mallory = InvitationFactory(meeting=invited.meeting, email="mallory@example.org", sent_at=invited.sent_at)
    uid = calendar.uid(invited.meeting)
    own = reply_address.of(uid, mallory.email)
    elsewhere = reply_address.of(calendar.uid(MeetingFactory()), ANN)
    guesses = [
        own,
        elsewhere,
        "replies@portal.example.org",
        "replies+@portal.example.org",
        f"replies+{'f' * 32}@portal.example.org",
    ]
    for organizer in guesses:
        inbound.offer(reply(program, said, **(facts(invited) | {"organizer": organizer})))
    invited.refresh_from_db()
    assert (invited.accepted_at, invited.declined_at) == (None, None)
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_key_of_an_entry_opens_no_page(invited):
    key = reply_address.of(calendar.uid(invited.meeting), ANN).split("+")[1].split("@")[0]
    for page in (f"/i/{key}/", f"/r/{key}/", f"/unsubscribe/{key}/", f"/i/{key}/register/"):
        assert Client().get(page).status_code == 404


def test_flood_of_replies_is_bounded(invited, monkeypatch):
    from assemblies.registrations.actions import calendar_reply

    monkeypatch.setattr(calendar_reply, "MOST_TO_LOOK_AT", 20)
    for number in range(40):
        forged = facts(invited) | {"organizer": f"replies+{number:032x}@portal.example.org"}
        assert inbound.offer(reply("google", "ACCEPTED", **forged, sender=f"x{number}@evil.example")).settled
    assert CalendarReply.objects.count() == 20
    assert inbound.offer(reply("google", "ACCEPTED", **facts(invited))).changed == 1


HEAD, _, REST = reply("outlook", "ACCEPTED", organizer="{o}", uid="{u}", attendee=ANN).partition(b"BEGIN:VCALENDAR")
CALENDARS = {
    "nested": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 7000,
    "long line": b"BEGIN:VCALENDAR\r\nSUMMARY:" + b"a" * 99_000,
    "folded": b"BEGIN:VCALENDAR\r\nSUMMARY:a" + b"\r\n a" * 30_000,
    "parameters": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTENDEE" + b";A=B" * 20_000 + b":mailto:a\r\n",
    "quotes": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTENDEE;CN=" + b'"a";CN=' * 10_000 + b":x\r\n",
    "attendees": b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n" + b"ATTENDEE:mailto:a@example.org\r\n" * 3000,
    "too large": b"BEGIN:VCALENDAR\r\n" + b"X-A:b\r\n" * 30_000,
    "number": REST.replace(b"SEQUENCE:0", b"SEQUENCE:" + b"9" * 5000),
    "negative": REST.replace(b"SEQUENCE:0", b"SEQUENCE:-1"),
    "year": REST.replace(b"DTSTAMP:2", b"DTSTAMP:99999999999T2"),
    "nul": REST.replace(b"UID:", b"UID:\x00\xff"),
    "zone": REST.replace(b"RRULE:FREQ=YEARLY", b"RRULE:FREQ=SECONDLY;COUNT=999999999"),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", CALENDARS)
def test_foreign_calendar_is_read_within_bounds(invited, kind):
    own = facts(invited)
    mail = (
        (HEAD + CALENDARS[kind] + b"\r\n")
        .replace(b"{o}", own["organizer"].encode())
        .replace(b"{u}", own["uid"].encode())
    )
    began = timezone.now()
    taken = inbound.offer(mail)
    assert timezone.now() - began < timedelta(seconds=10)
    assert (taken.changed, taken.failed) == (0, False)
    assert not Registration.objects.exists()


def test_letters_and_reports_are_no_replies(invited):
    to = reply_address.of(calendar.uid(invited.meeting), ANN)
    mail = letter().replace(b"portal@example.org", to.encode())
    assert not inbound.offer(mail).settled
    assert not CalendarReply.objects.exists()

"""Moved and cancelled: everybody who should know is told once, and nobody else."""

import re
from datetime import time, timedelta

import pytest
import vobject
from django.utils import timezone

from assemblies.meetings.models import Follower, Meeting, MeetingMove
from assemblies.organising.actions import meeting as meeting_actions
from assemblies.organising.actions import move as move_actions
from assemblies.organising.actions import reminder_rule
from assemblies.registrations import emails as registration_emails
from assemblies.registrations import recipients
from partnership import dates, outbox
from partnership.boards.models import Board
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    AgendaItemFactory,
    AgendaVersionFactory,
    BoardFactory,
    ChairFactory,
    InvitationFactory,
    MeetingFactory,
    RegistrationFactory,
    SessionFactory,
    StaffFactory,
    in_days,
)
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = StaffFactory()
    sign_in(client, person)
    return person


@pytest.fixture
def meeting():
    return MeetingFactory(
        joining_link="https://meet.example.org/secret",
        registration_closes_at=in_days(26, 17, 0),
        allocation_released_on=in_days(21).date(),
        sequence=3,
        capacity=1,
    )


@pytest.fixture
def people(meeting):
    """One of each kind of person who should know, and of those who should not; some tied twice."""
    RegistrationFactory(meeting=meeting, email="coming@example.org", name="Coming")
    InvitationFactory(meeting=meeting, email="coming@example.org", accepted_at=timezone.now())
    RegistrationFactory(
        meeting=meeting, email="waiting@example.org", state="waiting", place_number=None, queued_at=timezone.now()
    )
    InvitationFactory(meeting=meeting, email="invited@example.org", name="Invited")
    Follower.objects.create(meeting=meeting, email="coming@example.org", key="a", confirmed_at=timezone.now())
    Follower.objects.create(meeting=meeting, email="follows@example.org", key="b", confirmed_at=timezone.now())
    Follower.objects.create(meeting=meeting, email="unconfirmed@example.org", key="c")
    InvitationFactory(meeting=meeting, email="declined@example.org", declined_at=timezone.now())
    InvitationFactory(meeting=meeting, email="unsent@example.org", sent_at=None)
    RegistrationFactory(meeting=meeting, email="gone@example.org", state="cancelled", place_number=None)
    InvitationFactory(meeting=meeting, email="gone@example.org", accepted_at=timezone.now())


TOLD = ["coming@example.org", "follows@example.org", "invited@example.org", "waiting@example.org"]


def said(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def to_day(meeting, days=7, **changes):
    """What the confirm page sends for a move by so many days."""
    shift = timedelta(days=days)
    whole = {
        "revision": meeting.revision,
        "starts_at": meeting.starts_at + shift,
        "ends_at": meeting.ends_at + shift,
        "reason": "The room was flooded.",
        "registration_opens_at": None,
        "registration_closes_at": meeting.registration_closes_at + shift if meeting.registration_closes_at else None,
        "allocation_released_on": None,
    }
    return whole | changes


def told() -> list[str]:
    return sorted(Message.objects.values_list("to_email", flat=True))


def test_everyone_who_should_know_is_told_once_and_nobody_else(meeting, people, staff):
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    assert told() == TOLD


def test_confirm_page_says_old_and_new_time_and_how_many_and_who(client, staff, meeting, people):
    form = {
        "starts_at_day": dates.short_day(in_days(35)),
        "starts_at_clock": "10am",
        "ends_at_day": dates.short_day(in_days(35)),
        "ends_at_clock": "1pm",
        "reason": "The room was flooded.",
    }
    page = said(client.post(f"/meetings/{meeting.slug}/manage/move/", form))
    assert dates.span(meeting.starts_at, meeting.ends_at) in page
    assert dates.span(in_days(35, 10, 0), in_days(35, 13, 0)) in page
    assert "We will email 4 people, each once:" in page
    assert "<li>1 with a place</li><li>1 on the waiting list</li><li>1 invited</li>" in page
    assert f'value="{dates.short_day(in_days(33))}"' in page
    assert f'value="{dates.short_day(in_days(28))}"' in page
    assert not Message.objects.exists()
    assert not MeetingMove.objects.exists()


def test_nobody_to_tell_is_not_told_by_words_either(client, staff, meeting):
    """Neither page, button nor the line afterwards speaks of emails that nobody gets."""
    day = dates.short_day(in_days(35))
    form = {"starts_at_day": day, "starts_at_clock": "10am", "ends_at_day": day, "ends_at_clock": "1pm"}
    address = f"/meetings/{meeting.slug}/manage"
    page = said(client.post(f"{address}/move/", form))
    assert "We will not email anybody" in page
    assert not [words for words in ("tell people", "tell them", "Each email") if words in page]
    times = {"starts_at": f"{in_days(35, 10, 0):%Y-%m-%d %H:%M}", "ends_at": f"{in_days(35, 13, 0):%Y-%m-%d %H:%M}"}
    done = said(client.post(f"{address}/move/", {"confirm": "1", "revision": "0", **times}, follow=True))
    assert "The meeting has been moved." in done
    assert "on their way" not in done
    page = said(client.get(f"{address}/cancel/"))
    assert not [words for words in ("tell them", "from their calendars") if words in page]
    done = said(client.post(f"{address}/cancel/", {"reason": "The speaker is ill."}, follow=True))
    assert "The meeting is cancelled." in done
    assert "on their way" not in done


def test_move_by_the_page_twice_moves_once_and_tells_once(client, staff, meeting, people):
    form = {
        "confirm": "1",
        "revision": "0",
        "starts_at": f"{in_days(35, 10, 0):%Y-%m-%d %H:%M}",
        "ends_at": f"{in_days(35, 13, 0):%Y-%m-%d %H:%M}",
        "registration_closes_at_day": dates.short_day(in_days(33)),
        "registration_closes_at_clock": "5pm",
    }
    for _ in range(2):
        page = said(client.post(f"/meetings/{meeting.slug}/manage/move/", form, follow=True))
    assert "The meeting has been moved." in page
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence) == (in_days(35, 10, 0), 4)
    assert meeting.registration_closes_at == in_days(33, 17, 0)
    assert MeetingMove.objects.count() == 1
    assert told() == TOLD


def test_mail_says_old_and_new_time_and_moves_the_calendar_entry(meeting, people, staff):
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    mail = Message.objects.get(to_email="coming@example.org")
    assert f"It was: {dates.span(meeting.starts_at, meeting.ends_at)}" in mail.text
    moved = Meeting.objects.get()
    assert f"It is now: {dates.span(moved.starts_at, moved.ends_at)}" in mail.text
    assert "Why: The room was flooded." in mail.text
    entry = vobject.readOne(mail.calendar)
    assert entry.method.value == "REQUEST"
    assert entry.vevent.dtstart.value == moved.starts_at
    assert entry.vevent.sequence.value == "4"
    assert entry.vevent.uid.value.startswith(str(meeting.uid))
    assert mail.sensitive


def test_joining_link_goes_only_to_those_with_a_place(meeting, people, staff):
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    knowing = [
        mail.to_email for mail in Message.objects.all() if "meet.example.org" in mail.text + mail.html + mail.calendar
    ]
    assert knowing == ["coming@example.org"]


def test_followers_and_the_waiting_get_an_entry_that_asks_no_answer(meeting, people, staff):
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    methods = dict(Message.objects.values_list("to_email", "calendar_method"))
    assert methods == dict(zip(TOLD, ["REQUEST", "PUBLISH", "REQUEST", "PUBLISH"], strict=True))
    assert "ATTENDEE" not in Message.objects.get(to_email="follows@example.org").calendar


def test_reminders_for_the_old_time_are_taken_back(meeting, staff):
    reminder_rule.set_default_rules(meeting=meeting)
    key = f"reminder:{meeting.reminder_rules.first().pk}:registration-1:now"
    outbox.enqueue(key=key, to="a@example.org", subject="Nearly here", text="Nearly here")
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    assert Message.objects.get(key=key).state == "withdrawn"


def test_unsent_invitation_is_rewritten_and_not_told_of_a_move(meeting, staff):
    message = outbox.enqueue(
        key="invitation:1", to="a@example.org", subject="Come", text="Come", about=f"meeting:{meeting.pk}:invitation:1"
    )
    invitation = InvitationFactory(meeting=meeting, email="a@example.org", message=message)
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    invitation.refresh_from_db()
    assert invitation.sent_at is None
    assert Message.objects.get().state == "withdrawn"


def test_programme_agenda_and_offers_go_with_the_meeting(meeting, staff):
    session = SessionFactory(version__meeting=meeting)
    item = AgendaItemFactory(version__meeting=meeting, starts_at=meeting.starts_at + timedelta(minutes=20))
    offered = RegistrationFactory(meeting=meeting, state="offered", offered_until=in_days(10), queued_at=timezone.now())
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting, days=-20, registration_closes_at=None))
    for thing in (session, item, offered):
        thing.refresh_from_db()
    moved = Meeting.objects.get()
    assert session.starts_at == moved.starts_at
    assert item.starts_at == moved.starts_at + timedelta(minutes=20)
    assert offered.offered_until == moved.starts_at


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"starts_at": in_days(-1), "ends_at": in_days(1)}, "The new start must be in the future"),
        ({"ends_at": in_days(30)}, "The end must be after the start"),
        ({"registration_closes_at": in_days(40)}, "after the start on"),
        ({"allocation_released_on": in_days(40).date()}, "after the meeting"),
        ({"revision": 9}, "Someone changed this meeting"),
    ],
)
def test_move_refuses_times_that_do_not_hold_together(meeting, people, staff, changes, message):
    with pytest.raises(Refusal, match=message):
        move_actions.move(meeting=meeting, by=staff, **to_day(meeting, **changes))
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence) == (in_days(28), 3)
    assert not Message.objects.exists()


def test_move_refuses_the_same_time_a_draft_and_a_meeting_that_began(staff):
    known, draft = MeetingFactory(), MeetingFactory(state="draft")
    started = MeetingFactory(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(Refusal, match="The meeting is already at this time"):
        move_actions.move(meeting=known, by=staff, **to_day(known, days=0))
    with pytest.raises(Refusal, match="This is a draft"):
        move_actions.move(meeting=draft, by=staff, **to_day(draft))
    with pytest.raises(Refusal, match="has started"):
        move_actions.move(meeting=started, by=staff, **to_day(started))


def test_a_thousand_people_are_told_in_a_constant_number_of_queries(meeting, staff, django_assert_max_num_queries):
    for number in range(60):
        InvitationFactory(meeting=meeting, email=f"guest{number}@example.org")
    with django_assert_max_num_queries(45):
        move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    assert Message.objects.count() == 60


def test_cancel_says_how_many_tells_each_once_and_removes_the_entry(client, staff, meeting, people):
    address = f"/meetings/{meeting.slug}/manage/cancel/"
    assert "We will email 4 people, each once:" in said(client.get(address))
    for _ in range(2):
        client.post(address, {"reason": "The speaker is ill."})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("cancelled", 4)
    assert told() == TOLD
    for mail in Message.objects.all():
        assert "Why: The speaker is ill." in mail.text
        assert mail.calendar_method == "CANCEL"
        entry = vobject.readOne(mail.calendar)
        assert (entry.method.value, entry.vevent.status.value) == ("CANCEL", "CANCELLED")
        assert entry.vevent.sequence.value == "4"


def test_new_venue_is_told_to_everyone_once_with_the_entry(meeting, people, staff):
    venue = {"venue_name": "Town Hall", "venue_address": "1 High Street", "venue_access": "Lift"}
    meeting_actions.edit(meeting=meeting, by=staff, revision=0, format="hybrid", **venue)
    assert told() == TOLD
    mail = Message.objects.get(to_email="invited@example.org")
    assert (
        "has changed: how people attend, the venue, the address of the venue. The date and time stay the same."
        in mail.text
    )
    assert vobject.readOne(mail.calendar).vevent.sequence.value == "4"


def test_new_link_is_told_only_to_those_who_join_by_it(client, meeting, people, staff):
    page = said(client.get(f"/meetings/{meeting.slug}/manage/edit/joining/"))
    assert "If you change the joining link, we email everyone who relies on it at once: up to 4 people." in page
    meeting_actions.edit(meeting=meeting, by=staff, revision=0, joining_link="https://meet.example.org/new")
    mail = Message.objects.get()
    assert mail.to_email == "coming@example.org"
    assert "https://meet.example.org/new" in mail.text


def test_change_of_a_draft_or_of_words_is_told_to_nobody(meeting, people, staff):
    meeting_actions.edit(meeting=meeting, by=staff, revision=0, letter="Dear all", summary="Other words")
    Meeting.objects.filter(pk=meeting.pk).update(state="draft")
    meeting_actions.edit(meeting=meeting, by=staff, revision=1, venue_name="Town Hall")
    assert told() == []


def test_cancel_without_a_reason_is_refused(client, staff, meeting, people):
    page = said(client.post(f"/meetings/{meeting.slug}/manage/cancel/", {"reason": " "}))
    assert "Say why the meeting is cancelled" in page
    meeting.refresh_from_db()
    assert meeting.state == "published"
    assert not Message.objects.exists()


def test_cancel_takes_back_invitations_that_have_not_left(meeting, staff):
    message = outbox.enqueue(
        key="invitation:1", to="a@example.org", subject="Come", text="Come", about=f"meeting:{meeting.pk}:invitation:1"
    )
    InvitationFactory(meeting=meeting, email="a@example.org", message=message)
    meeting_actions.cancel(meeting=meeting, by=staff, reason="Ill.")
    assert Message.objects.get().state == "withdrawn"


def test_cancel_refuses_a_meeting_that_is_over(staff):
    over = MeetingFactory(starts_at=in_days(-2), ends_at=in_days(-1))
    with pytest.raises(Refusal, match="This meeting is over"):
        meeting_actions.cancel(meeting=over, by=staff, reason="Ill.")


def test_address_whose_hour_to_confirm_is_over_is_told_nothing(meeting):
    RegistrationFactory(meeting=meeting, state="held", confirm_by=timezone.now(), confirmed_at=None)
    assert recipients.of(meeting) == []


@pytest.fixture
def unconfirmed(meeting):
    """Two people still inside their hour, with a place and without, and two whose hour is over."""
    soon, over = timezone.now() + timedelta(minutes=40), timezone.now() - timedelta(minutes=1)
    waiting = {"state": "waiting", "place_number": None, "queued_at": timezone.now(), "confirmed_at": None}
    made = [
        RegistrationFactory(
            meeting=meeting, email="held@example.org", state="held", confirm_by=soon, confirmed_at=None
        ),
        RegistrationFactory(meeting=meeting, email="queued@example.org", confirm_by=soon, **waiting),
    ]
    RegistrationFactory(meeting=meeting, email="late@example.org", state="held", confirm_by=over, confirmed_at=None)
    RegistrationFactory(meeting=meeting, email="late-too@example.org", confirm_by=over, **waiting)
    return made


def test_unconfirmed_people_are_counted_and_told_once_of_a_move(client, staff, meeting, unconfirmed):
    page = said(client.get(f"/meetings/{meeting.slug}/manage/cancel/"))
    assert "We will email 2 people" in page
    assert "<li>2 yet to confirm their address</li>" in page
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    assert told() == ["held@example.org", "queued@example.org"]
    moved = Meeting.objects.get()
    for person in unconfirmed:
        mail = Message.objects.get(to_email=person.email)
        assert f"It is now: {dates.span(moved.starts_at, moved.ends_at)}" in mail.text
        for words in (mail.text, mail.html):
            assert f"/r/{person.key}/confirm/" in words
            assert f"before {dates.moment(person.confirm_by)}" in words
            assert "someone asked for a place at this meeting with your address" in words
        assert mail.calendar == ""
        assert "meet.example.org" not in mail.text + mail.html


def test_unconfirmed_people_are_told_once_of_a_cancellation(staff, meeting, unconfirmed):
    meeting_actions.cancel(meeting=meeting, by=staff, reason="The speaker is ill.")
    assert told() == ["held@example.org", "queued@example.org"]
    for mail in Message.objects.all():
        assert "has been cancelled" in mail.text
        assert "Why: The speaker is ill." in mail.text
        assert "the place you asked for is not kept" in mail.text
        assert "/r/" not in mail.text + mail.html
        assert mail.calendar == ""


def test_unsent_request_to_confirm_gives_way_to_the_mail_of_the_move(staff, meeting, unconfirmed):
    held = unconfirmed[0]
    registration_emails.confirm_address(held)
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    about = Message.objects.filter(about=f"registration:{held.pk}").order_by("pk")
    assert list(about.values_list("state", flat=True)) == ["withdrawn", "queued"]


def test_invited_unconfirmed_person_is_told_once_with_their_entry(staff, meeting, unconfirmed):
    invitation = InvitationFactory(meeting=meeting, email="held@example.org")
    Follower.objects.create(meeting=meeting, email="queued@example.org", key="d", confirmed_at=timezone.now())
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    assert told() == ["held@example.org", "queued@example.org"]
    mail = Message.objects.get(to_email="held@example.org")
    assert f"/i/{invitation.key}/" in mail.text
    assert vobject.readOne(mail.calendar).vevent.sequence.value == "4"


def test_how_to_join_goes_only_to_those_with_a_place(meeting, people, unconfirmed, staff):
    Meeting.objects.update(joining_instructions="The passcode is 1234.")
    move_actions.move(meeting=meeting, by=staff, **to_day(meeting))
    knowing = [mail.to_email for mail in Message.objects.all() if "passcode" in mail.text + mail.html + mail.calendar]
    assert knowing == ["coming@example.org"]


LINK, ROOM = "https://meet.example.org/secret", "Town Hall"
FALLBACK = "If you cannot be there in person after all"


@pytest.fixture
def in_both_ways(meeting):
    """A meeting in a room and online, with a person who comes to the room and one who joins online."""
    whole = {"format": "hybrid", "venue_name": ROOM, "venue_address": "1 High Street\nHalton", "capacity": 2}
    Meeting.objects.filter(pk=meeting.pk).update(**whole)
    RegistrationFactory(meeting=meeting, email="room@example.org", attendance="in_person")
    RegistrationFactory(meeting=meeting, email="link@example.org", attendance="online", place_number=2)
    return Meeting.objects.get()


def mail_to(who: str) -> Message:
    return Message.objects.get(to_email=f"{who}@example.org")


def entry_of(mail: Message):
    return vobject.readOne(mail.calendar).vevent


def each_has_their_own_way_first() -> None:
    room, link = mail_to("room"), mail_to("link")
    for words in (room.text, room.html):
        assert words.index(ROOM) < words.index(FALLBACK) < words.index(LINK)
        assert words.count(LINK) == words.count(FALLBACK) * (1 if words == room.text else 2)
    assert f"{FALLBACK}, join online: {LINK}" in room.text
    for words in (link.text, link.html):
        assert words.index("Join online") < words.index(LINK) < words.index("Or in person") < words.index(ROOM)
        assert FALLBACK not in words
    assert entry_of(room).location.value == "Town Hall, 1 High Street, Halton"
    assert f"{FALLBACK}, join online: {LINK}" in entry_of(room).description.value
    assert entry_of(link).location.value == LINK
    assert f"Join online: {LINK}" in entry_of(link).description.value
    assert "Or in person: Town Hall, 1 High Street, Halton" in entry_of(link).description.value


def test_move_of_a_hybrid_meeting_puts_each_persons_own_way_first(in_both_ways, staff):
    move_actions.move(meeting=in_both_ways, by=staff, **to_day(in_both_ways))
    each_has_their_own_way_first()
    assert told() == ["link@example.org", "room@example.org"]


def test_change_of_a_hybrid_meeting_puts_each_persons_own_way_first(in_both_ways, staff):
    Meeting.objects.update(joining_link="https://meet.example.org/old")
    meeting_actions.edit(meeting=Meeting.objects.get(), by=staff, revision=0, joining_link=LINK)
    each_has_their_own_way_first()
    assert told() == ["link@example.org", "room@example.org"]


def test_cancelled_hybrid_meeting_says_where_not_to_go(in_both_ways, staff):
    InvitationFactory(meeting=in_both_ways, email="invited@example.org")
    meeting_actions.cancel(meeting=in_both_ways, by=staff, reason="The speaker is ill.")
    room, link, invited = mail_to("room"), mail_to("link"), mail_to("invited")
    for words in (room.text, room.html):
        assert "Please do not travel: it would have been at Town Hall, 1 High Street, Halton." in words
    for words in (link.text, link.html):
        assert "Nothing will take place online or at Town Hall" in words
        assert "do not travel" not in words
    assert "it would have been at Town Hall, 1 High Street, Halton and online." in invited.text
    assert not [mail for mail in (room, link, invited) if LINK in mail.text + mail.html + mail.calendar]
    assert entry_of(room).location.value == "Town Hall, 1 High Street, Halton"
    assert entry_of(link).location.value == "Online"


def test_confirmation_puts_the_persons_own_way_into_the_calendar(in_both_ways):
    for person in in_both_ways.registrations.all():
        registration_emails.registration_confirmed(person)
    assert entry_of(mail_to("room")).location.value == "Town Hall, 1 High Street, Halton"
    assert f"{FALLBACK}, join online: {LINK}" in entry_of(mail_to("room")).description.value
    assert entry_of(mail_to("link")).location.value == LINK


@pytest.fixture
def with_agenda():
    """A meeting in 40 days whose agenda is out today."""
    meeting = MeetingFactory(starts_at=in_days(40), board=BoardFactory(clear_days=5, day_kind="calendar"))
    AgendaItemFactory(version__meeting=meeting, version__number=1)
    return meeting


def earlier(meeting, days, **changes):
    kept = {"registration_opens_at": None, "registration_closes_at": None, "allocation_released_on": None}
    shift = timedelta(days=days)
    times = {"starts_at": meeting.starts_at - shift, "ends_at": meeting.ends_at - shift}
    given = {"by": None, "reason": "Sooner"} | kept | times | changes
    return move_actions.move(meeting=meeting, revision=meeting.revision, **given)


def test_move_to_a_day_the_agenda_is_late_for_needs_a_reason(client, with_agenda):
    for empty in ("", " . "):
        with pytest.raises(Refusal, match="It is too late by the board’s rule") as refusal:
            earlier(with_agenda, 36, urgent_reason=empty)
    assert refusal.value.field == "urgent_reason"
    assert earlier(with_agenda, 36, urgent_reason="The grant closes on Friday.").urgent_reason
    page = said(client.get(with_agenda.get_absolute_url()))
    assert "Published late for the day the meeting was moved to, because:</strong> The grant closes on Friday." in page
    assert f"For that day, it had to be published by 5pm on {dates.day(in_days(-2))}." in page


def test_chair_reads_the_reason_that_staff_entered_for_them(with_agenda):
    chair = ChairFactory(seat__board=with_agenda.board, holder__email="chair@example.org").holder
    earlier(with_agenda, 36, by=StaffFactory(name="Kofi Mensah"), urgent_reason="The grant closes on Friday.")
    mail = Message.objects.get(to_email=chair.email)
    for words in (mail.text, mail.html):
        assert "Kofi Mensah has moved" in words
        assert "The grant closes on Friday." in words
        assert "If these are not your words" in words


def test_mark_of_a_late_move_ends_when_the_meeting_moves_back(client, with_agenda):
    earlier(with_agenda, 36, urgent_reason="The grant closes on Friday.")
    with_agenda.refresh_from_db()
    earlier(with_agenda, -36)
    assert "The grant closes" not in said(client.get(with_agenda.get_absolute_url()))


def test_mark_of_a_late_move_stays_on_the_next_version(client, with_agenda):
    earlier(with_agenda, 36, urgent_reason="The grant closes on Friday.")
    with_agenda.refresh_from_db()
    AgendaVersionFactory(meeting=with_agenda, number=2)
    assert "because:</strong> The grant closes on Friday." in said(client.get(with_agenda.get_absolute_url()))


@pytest.mark.parametrize("days", [34, 1, -7])
def test_move_for_which_the_agenda_is_in_time_asks_no_reason(with_agenda, days):
    Board.objects.update(publish_by=time.max)  # 34 days earlier, the last day is today, whatever the hour
    assert earlier(with_agenda, days, urgent_reason="No need to say.").urgent_reason == ""


def test_confirm_page_asks_the_chairs_reason_and_keeps_the_answers(client, staff, with_agenda):
    day = dates.short_day(in_days(4))
    form = {"starts_at_day": day, "starts_at_clock": "9.30am", "ends_at_day": day, "ends_at_clock": "1pm"}
    address = f"/meetings/{with_agenda.slug}/manage/move/"
    assert "email it to" not in said(client.post(address, form))  # the board has no chair
    ChairFactory(seat__board=with_agenda.board, holder__name="Ann Chair")
    page = said(client.post(address, form))
    assert "The agenda came out too late for the new day." in page
    assert "We email it to Ann Chair." in page
    assert "There is a problem" not in page
    sent = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("revision", "starts_at", "ends_at")
    }
    sent |= {"confirm": "1", "reason": "The hall."}
    for empty, message in (
        ("", "Enter the chair’s reason why it cannot wait"),
        (".", "Say in a sentence why this is urgent"),
    ):
        page = said(client.post(address, sent | {"urgent_reason": empty}))
        assert message in page
        assert "The hall." in page
    assert not MeetingMove.objects.exists()
    page = said(client.post(address, sent | {"urgent_reason": "The grant closes on Friday."}, follow=True))
    assert "The meeting has been moved." in page

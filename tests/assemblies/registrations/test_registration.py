"""Registering, confirming, changing, leaving, coming back."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from assemblies.meetings.models import Meeting
from assemblies.registrations import recipients, telling
from assemblies.registrations.actions import cancellation, change, offers, registration, unproved
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Needs, Registration, UnprovedAnswers
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import InvitationFactory, MeetingFactory, MeetingPlaceFactory, UserFactory, in_days

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def fresh(person: Registration) -> Registration:
    return Registration.objects.select_related("meeting").get(pk=person.pk)


def test_registering_by_a_personal_link_gives_the_lowest_free_number(sign_up, mails):
    meeting = MeetingFactory(capacity=3)
    people = [sign_up(meeting, who) for who in ("ann", "bob", "cat")]
    assert [person.place_number for person in people] == [1, 2, 3]
    assert {person.state for person in people} == {"registered"}
    cancellation.cancel(registration=people[1])
    assert sign_up(meeting, "dan").place_number == 2
    assert mails("ann") == ["registration_confirmed"]


def test_a_person_from_the_public_page_holds_a_place_for_an_hour(sign_up, mails):
    now = timezone.now()
    ann = sign_up(MeetingFactory(capacity=1), "ann", source="public", now=now)
    assert (ann.state, ann.place_number, ann.confirm_by) == ("held", 1, now + HOUR)
    assert mails("ann") == ["confirm_address"]
    confirmed = registration.confirm(registration=ann, now=now + timedelta(minutes=59))
    assert confirmed.state == "registered"
    assert mails("ann") == ["confirm_address", "registration_confirmed"]


def test_confirmation_of_a_hybrid_meeting_puts_the_own_way_first(sign_up):
    link = "https://meet.example.org/secret"
    meeting = MeetingFactory(format="hybrid", venue_name="Town hall", joining_link=link)
    sign_up(meeting, "room", attendance="in_person")
    sign_up(meeting, "link", attendance="online")
    in_room, online = (Message.objects.get(to_email=f"{who}@example.org") for who in ("room", "link"))
    for words in (in_room.text, in_room.html):
        assert words.index("Where: Town hall") < words.index("If you cannot be there") < words.index(link)
    for words in (online.text, online.html):
        assert words.index("Join online") < words.index(link) < words.index("Or in person: Town hall")


def test_a_hold_never_outlasts_the_start(sign_up):
    meeting = MeetingFactory()
    now = meeting.starts_at - timedelta(minutes=20)
    assert sign_up(meeting, "ann", source="public", now=now).confirm_by == meeting.starts_at


def test_confirming_after_the_hour_is_refused_and_frees_the_place(sign_up):
    meeting, now = MeetingFactory(capacity=1), timezone.now()
    ann = sign_up(meeting, "ann", source="public", now=now)
    bob = sign_up(meeting, "bob", now=now)
    with pytest.raises(Refusal, match="did not confirm your email address within the hour"):
        registration.confirm(registration=ann, now=now + HOUR)
    assert fresh(ann).state == "cancelled"
    assert fresh(bob).state == "offered"
    with pytest.raises(Refusal, match="register again"):
        registration.confirm(registration=fresh(ann), now=now + HOUR)


def test_confirming_twice_does_no_harm(sign_up, mails):
    ann = sign_up(MeetingFactory(), "ann", source="public")
    registration.confirm(registration=ann)
    assert registration.confirm(registration=fresh(ann)).state == "registered"
    assert registration.confirm(registration=ann).state == "registered"
    assert mails("ann") == ["confirm_address", "registration_confirmed"]


def test_a_full_meeting_queues_in_order_and_tells_the_position(sign_up):
    meeting = MeetingFactory(capacity=1)
    sign_up(meeting, "ann")
    waiting = [sign_up(meeting, who, source="public") for who in ("bob", "cat", "dan")]
    assert {person.state for person in waiting} == {"waiting"}
    assert [f"{person.email}" for person in Registration.objects.filter(meeting=meeting).waiting()] == [
        "bob@example.org",
        "cat@example.org",
        "dan@example.org",
    ]
    said = Message.objects.get(to_email="cat@example.org")
    assert "number 2 on the waiting list" in said.text
    assert "number 2 on the waiting list" in said.html


def test_full_shows_on_the_meeting_and_goes_again(sign_up):
    meeting = MeetingFactory(capacity=1)
    ann = sign_up(meeting, "ann")
    meeting.refresh_from_db()
    assert meeting.full
    cancellation.cancel(registration=ann)
    meeting.refresh_from_db()
    assert not meeting.full


def test_a_double_click_makes_one_registration(sign_up, mails):
    meeting = MeetingFactory()
    first = sign_up(meeting, "ann", source="public")
    second = sign_up(meeting, "ann", source="public")
    assert first.pk == second.pk
    assert Registration.objects.filter(meeting=meeting).count() == 1
    sign_up(meeting, "bob")
    sign_up(meeting, "bob")
    assert mails("bob") == ["registration_confirmed"]


def link_in_newest_mail(name: str) -> str:
    """The version of later answers in the newest link to confirm; "" where there is none."""
    newest = Message.objects.filter(key__contains=":confirm_address:", to_email=f"{name}@example.org").latest("pk")
    found = re.search(r"/confirm/\?answers=([0-9a-f-]{36})", newest.text)
    return found[1] if found else ""


@pytest.mark.parametrize("before", ["held", "cancelled", "lapsed", "waiting"])
def test_unproved_answers_are_kept_beside_and_used_on_confirming(sign_up, before):
    meeting = MeetingFactory(capacity=1)
    if before == "waiting":
        sign_up(meeting, "bob")
    ann = sign_up(meeting, "ann", source="public", name="Ann", access=("bsl",), access_other="A lamp")
    if before == "cancelled":
        registration.confirm(registration=ann)
        cancellation.cancel(registration=ann)
    if before == "lapsed":
        registration.lapse_hold(registration=ann, now=timezone.now() + timedelta(hours=2))
    said = sign_up(meeting, "ann", source="public", name="Mallory", role="Spy", access=("loop",))
    assert (said.pk, fresh(ann).name, fresh(ann).role) == (ann.pk, "Ann", "")
    assert (Needs.objects.get().access, Needs.objects.get().access_other) == (["bsl"], "A lamp")

    registration.confirm(registration=ann, answers=link_in_newest_mail("ann"))
    assert (fresh(ann).name, fresh(ann).role) == ("Mallory", "Spy")
    assert (Needs.objects.get().access, Needs.objects.get().access_other) == (["loop"], "")
    assert not UnprovedAnswers.objects.exists()


def test_first_link_confirms_the_first_answers(sign_up):
    ann = sign_up(MeetingFactory(), "ann", source="public", name="Ann", access=("bsl",))
    sign_up(ann.meeting, "ann", source="public", name="Mallory")
    registration.confirm(registration=ann)
    assert (fresh(ann).name, Needs.objects.get().access) == ("Ann", ["bsl"])
    kept = UnprovedAnswers.objects.get()
    unproved.use(registration=ann, version="00000000-0000-4000-8000-000000000000")
    assert fresh(ann).name == "Ann"
    unproved.use(registration=ann, version=str(kept.version))
    assert fresh(ann).name == "Mallory"


def test_form_submitted_twice_keeps_nothing_beside(sign_up):
    meeting = MeetingFactory()
    for _ in range(2):
        sign_up(meeting, "ann", source="public", name="Ann", access=("bsl",))
    assert not UnprovedAnswers.objects.exists()


def test_later_answers_nobody_takes_are_forgotten_in_a_week(sign_up):
    meeting = MeetingFactory()
    for name in ("Ann", "Mallory"):
        sign_up(meeting, "ann", source="public", name=name)
    assert unproved.forget(timezone.now() + timedelta(days=6)) == 0
    assert unproved.forget(timezone.now() + timedelta(days=8)) == 1


@pytest.mark.parametrize("state", ["held", "waiting", "lapsed"])
def test_mail_to_an_unproved_address_holds_nothing_typed(sign_up, state):
    meeting = MeetingFactory(capacity=1)
    if state == "waiting":
        sign_up(meeting, "bob")
    typed = {"name": "Your account is locked", "organisation": "Visit evil.example", "role": "Admin of doom"}
    ann = sign_up(meeting, "ann", source="public", **typed, access=("other",), access_other="Click here")
    sign_up(meeting, "ann", source="public", **(typed | {"name": "Your account is open"}))
    if state == "lapsed":
        registration.lapse_hold(registration=ann, now=timezone.now() + timedelta(hours=2))
    registration.send_links(address="ann@example.org", now=timezone.now() + timedelta(minutes=20))
    telling.tell(
        "organising/meeting_changed", {"meeting": meeting, "what": "the venue"}, recipients.of(meeting),
        key="k:1", not_after=meeting.starts_at, method="",
    )  # fmt: skip
    mails = Message.objects.filter(to_email="ann@example.org")
    assert len(mails) >= 3
    for mail in mails:
        said = f"{mail.to_name} {mail.subject} {mail.text} {mail.html}"
        assert not [words for words in ("account is", "evil.example", "doom", "Click here") if words in said]


def test_stranger_with_a_known_address_changes_and_learns_nothing(sign_up, mails):
    meeting = MeetingFactory()
    ann = sign_up(meeting, "ann", name="Ann", role="Nurse")
    said = sign_up(meeting, "ann", source="public", name="Mallory", role="Spy", access=("bsl",))
    assert (said.state, fresh(ann).name, fresh(ann).role) == ("registered", "Ann", "Nurse")
    assert not Needs.objects.exists()
    assert mails("ann") == ["registration_confirmed", "links_resent"]
    sign_up(meeting, "ann", source="public", name="Mallory")
    assert mails("ann").count("links_resent") == 1


def test_a_personal_link_confirms_what_was_held_for_the_same_address(sign_up):
    meeting = MeetingFactory()
    invitation = InvitationFactory(meeting=meeting, email="ann@example.org")
    sign_up(meeting, "ann", source="public", name="An")
    details = RegistrationDetails(email="ann@example.org", name="Ann")
    ann = registration.register(meeting=meeting, details=details, source="invitation", invitation=invitation)
    assert (ann.state, fresh(ann).name, fresh(ann).invitation) == ("registered", "Ann", invitation)


def test_registering_answers_the_invitation_whichever_way_one_comes(sign_up):
    invitation = InvitationFactory(email="ann@example.org")
    ann = sign_up(invitation.meeting, "ann", source="public")
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    registration.confirm(registration=ann)
    invitation.refresh_from_db()
    assert invitation.accepted_at


def test_an_account_is_registered_at_once_and_tied_to_it(sign_up):
    user = UserFactory(email="ann@example.org")
    ann = sign_up(MeetingFactory(), "ann", source="account", by=user)
    assert (ann.state, ann.user) == ("registered", user)
    assert Entry.objects.get(verb="registration.made").actor == user


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"registration_opens_at": in_days(1)}, "Registration opens on"),
        ({"registration_closes_at": in_days(-1)}, "Registration closed on"),
        ({"starts_at": in_days(0, 0, 0), "ends_at": in_days(2)}, "has started"),
        ({"starts_at": in_days(-2)}, "has taken place"),
        ({"state": Meeting.State.HELD}, "has taken place"),
        ({"state": Meeting.State.CANCELLED}, "has been cancelled"),
        ({"state": Meeting.State.DRAFT}, "not published"),
        ({"by_invitation": True}, "by invitation"),
    ],
)
def test_registering_is_refused_with_the_reason(sign_up, facts, words):
    with pytest.raises(Refusal, match=words):
        sign_up(MeetingFactory(**facts), "ann", source="public")
    assert not Registration.objects.exists()


def test_a_meeting_by_invitation_lets_in_who_was_sent_one(sign_up):
    meeting = MeetingFactory(by_invitation=True)
    InvitationFactory(meeting=meeting, email="ann@example.org")
    InvitationFactory(meeting=meeting, email="bob@example.org", sent_at=None)
    assert sign_up(meeting, "ann", source="account").state == "registered"
    with pytest.raises(Refusal, match="by invitation"):
        sign_up(meeting, "bob", source="account")


def test_needs_are_kept_apart_and_out_of_the_record(sign_up):
    ann = sign_up(MeetingFactory(), "ann", access=("bsl", "other"), access_other="A lamp", expenses=("travel",))
    assert (ann.needs.access, ann.needs.access_other, ann.needs.expenses) == (["bsl", "other"], "A lamp", ["travel"])
    written = " ".join(str(entry.details) + entry.subject_label for entry in Entry.objects.all())
    assert "bsl" not in written
    assert "lamp" not in written
    assert "Ann" not in written
    sign_up(ann.meeting, "bob")
    assert Needs.objects.count() == 1


def test_meals_are_asked_only_of_those_in_the_room(sign_up):
    hybrid = MeetingFactory(format="hybrid")
    assert sign_up(hybrid, "ann", attendance="in_person", dietary="vegan").needs.dietary == "vegan"
    sign_up(hybrid, "bob", attendance="online", dietary="vegan")
    assert Needs.objects.count() == 1


@pytest.mark.parametrize(
    ("format_", "asked", "kept"),
    [("online", "in_person", "online"), ("in_person", "online", "in_person"), ("hybrid", "online", "online")],
)
def test_attendance_follows_the_meeting_unless_it_is_hybrid(sign_up, format_, asked, kept):
    assert sign_up(MeetingFactory(format=format_), "ann", attendance=asked).attendance == kept


def test_changing_answers_writes_over_the_old_ones(sign_up, mails):
    ann = sign_up(MeetingFactory(format="hybrid"), "ann", attendance="in_person", access=("bsl",), dietary="vegan")
    new = RegistrationDetails(email="mallory@example.org", name="Ann B", attendance="online", role="Chair")
    changed = change.change(registration=ann, details=new)
    assert (changed.email, changed.name, changed.role, changed.attendance) == (
        "ann@example.org",
        "Ann B",
        "Chair",
        "online",
    )
    assert not Needs.objects.exists()
    assert mails("ann") == ["registration_confirmed", "registration_confirmed"]


def test_changing_is_refused_once_cancelled_or_started(sign_up):
    ann = sign_up(MeetingFactory(), "ann")
    new = RegistrationDetails(email="ann@example.org", name="Ann")
    with pytest.raises(Refusal, match="has started"):
        change.change(registration=ann, details=new, now=ann.meeting.starts_at)
    cancellation.cancel(registration=ann)
    with pytest.raises(Refusal, match="is cancelled"):
        change.change(registration=ann, details=new)


def test_cancelling_gives_the_place_to_the_next_and_tells_both(sign_up, mails):
    meeting = MeetingFactory(capacity=1)
    ann, bob = sign_up(meeting, "ann"), sign_up(meeting, "bob")
    cancellation.cancel(registration=ann)
    assert (fresh(ann).state, fresh(ann).place_number) == ("cancelled", None)
    assert (fresh(bob).state, fresh(bob).place_number) == ("offered", 1)
    cancellation.cancel(registration=ann)
    assert mails("ann") == ["registration_confirmed", "registration_cancelled"]
    assert mails("bob") == ["waiting_list_joined", "place_offered"]
    entry = Message.objects.get(key__contains="registration_cancelled")
    assert entry.calendar_method == "CANCEL"
    assert "METHOD:CANCEL" in entry.calendar
    assert "STATUS:" not in entry.calendar
    assert "SUMMARY:Cancelled" not in entry.calendar


def newest_entry(who: str) -> tuple[str, int] | None:
    """What the newest email tells a person's calendar: method and sequence."""
    mail = Message.objects.filter(to_email=f"{who}@example.org").order_by("pk").last()
    if not mail.calendar:
        return None
    read = Calendar.from_ical(mail.calendar)
    return str(read["METHOD"]), int(read.events[0]["SEQUENCE"])


def test_later_entries_of_a_person_are_above_all_before(sign_up):
    meeting = MeetingFactory(capacity=5, format="hybrid", venue_name="Town hall")
    ann = sign_up(meeting, "ann")
    assert newest_entry("ann") == ("REQUEST", 0)
    cancellation.cancel(registration=ann)
    assert newest_entry("ann") == ("CANCEL", 1)
    cancellation.come_back(registration=ann)
    assert newest_entry("ann") == ("REQUEST", 2)
    change.change(registration=ann, details=RegistrationDetails(email=ann.email, name="Ann", attendance="online"))
    assert newest_entry("ann") == ("REQUEST", 3)
    Meeting.objects.update(sequence=1)
    cancellation.cancel(registration=ann)
    assert newest_entry("ann") == ("CANCEL", 5)
    sign_up(meeting, "ann")
    assert newest_entry("ann") == ("REQUEST", 6)


def test_first_entry_of_a_person_is_above_their_invitations(sign_up):
    invitation = InvitationFactory(email="ann@example.org")
    sign_up(invitation.meeting, "ann")
    assert newest_entry("ann") == ("REQUEST", invitation.meeting.sequence + 1)


def test_invited_person_who_waits_and_leaves_is_taken_off(sign_up):
    meeting = MeetingFactory(capacity=1)
    sign_up(meeting, "ann")
    InvitationFactory(meeting=meeting, email="bob@example.org")
    cancellation.cancel(registration=sign_up(meeting, "bob"))
    cancellation.cancel(registration=sign_up(meeting, "cat"))
    assert newest_entry("bob") == ("CANCEL", 2)
    assert newest_entry("cat") is None


def test_cancelling_withdraws_mail_that_has_not_left(sign_up):
    ann = sign_up(MeetingFactory(), "ann")
    cancellation.cancel(registration=ann)
    states = dict(Message.objects.values_list("key", "state"))
    assert states == {
        f"registration:{ann.pk}:registration_confirmed:0": "withdrawn",
        f"registration:{ann.pk}:registration_cancelled:0": "queued",
    }


def test_cancelling_is_refused_once_the_meeting_has_started(sign_up):
    ann = sign_up(MeetingFactory(), "ann")
    with pytest.raises(Refusal, match="has started"):
        cancellation.cancel(registration=ann, now=ann.meeting.starts_at)


def test_who_comes_back_joins_the_end_of_the_queue(sign_up, mails):
    meeting = MeetingFactory(capacity=1)
    ann, _bob, _cat = (sign_up(meeting, who) for who in ("ann", "bob", "cat"))
    cancellation.cancel(registration=ann)
    back = cancellation.come_back(registration=fresh(ann))
    assert (back.state, back.round, back.confirmed_at is not None) == ("waiting", 1, True)
    assert [person.name for person in Registration.objects.filter(meeting=meeting).waiting()] == ["Cat", "Ann"]
    assert cancellation.come_back(registration=back).round == 1
    assert mails("ann")[-1] == "waiting_list_joined"


def test_who_comes_back_to_a_free_meeting_has_a_place_at_once(sign_up):
    ann = sign_up(MeetingFactory(capacity=2), "ann")
    cancellation.cancel(registration=ann)
    assert cancellation.come_back(registration=fresh(ann)).state == "registered"


def test_returning_by_the_public_page_must_be_confirmed_again(sign_up, mails):
    meeting = MeetingFactory()
    ann = sign_up(meeting, "ann")
    cancellation.cancel(registration=ann)
    again = sign_up(meeting, "ann", source="public")
    assert (again.pk, again.state, again.round) == (ann.pk, "held", 1)
    assert mails("ann")[-1] == "confirm_address"


def test_every_mail_says_when_where_and_holds_links_without_password(sign_up):
    meeting = MeetingFactory(
        capacity=1, format="hybrid", venue_name="Town Hall", joining_link="https://meet.example.org/a"
    )
    now = timezone.now()
    ann = sign_up(meeting, "ann")
    sign_up(meeting, "bob")
    sign_up(meeting, "cat", source="public")
    written = list(Message.objects.all())
    cancellation.cancel(registration=ann)
    offers.lapse(meeting=meeting, now=now + timedelta(days=3))
    registration.send_links(address="bob@example.org")
    written += list(Message.objects.filter(state="queued").exclude(pk__in=[message.pk for message in written]))
    assert {message.key.split(":")[2] for message in written} == {
        "confirm_address",
        "links_resent",
        "offer_lapsed",
        "place_offered",
        "registration_cancelled",
        "registration_confirmed",
        "waiting_list_joined",
    }
    for message in written:
        for words in (message.text, message.html):
            assert "9.30am to 12.30pm" in words
            assert "Town Hall" in words
            assert "/r/" in words
            assert ("https://meet.example.org/a" in words) == ("registration_confirmed" in message.key)
        assert message.sensitive
    confirmed = next(message for message in written if "registration_confirmed" in message.key)
    assert "https://meet.example.org/a" in confirmed.calendar.replace("\r\n ", "")


def test_links_are_emailed_only_to_who_is_registered(sign_up, mails):
    meeting = MeetingFactory()
    sign_up(meeting, "ann")
    registration.send_links(address="ann@example.org")
    registration.send_links(address=" ANN@example.org ")
    registration.send_links(address="bob@example.org")
    assert mails("ann") == ["registration_confirmed", "links_resent"]
    assert mails("bob") == []


def place(meeting, number, limit, email):
    return Registration(
        meeting=meeting,
        email=email,
        name="X",
        attendance="online",
        source="public",
        state="registered",
        place_number=number,
        capacity_when_given=limit,
    )


def test_the_database_gives_no_place_twice_and_none_beyond_capacity():
    meeting = MeetingFactory(capacity=2)
    place(meeting, 1, 2, "a@example.org").save()
    for number, limit, name in ((1, 2, "place_given_once"), (3, 2, "place_within_capacity")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            place(meeting, number, limit, "b@example.org").save()


def test_registrations_of_places(sign_up):
    kept = MeetingPlaceFactory(seats=1, meeting__capacity=1)
    assert sign_up(kept.meeting, "ann").state == "waiting"
    assert sign_up(kept.meeting, "bob", place=kept.place).from_allocation

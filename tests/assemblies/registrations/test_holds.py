"""Places held for addresses that nobody has confirmed: few from one network, and never for long when others wait."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import attendance, cancellation, clock, offers, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from tests.factories import MeetingFactory, MeetingPlaceFactory, PlaceFactory, StaffFactory

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FIRM = 10 * MINUTE


def ask(meeting, who: str, network: str = "", *, now=None, place=None) -> Registration:
    """Somebody fills the public form in."""
    details = RegistrationDetails(email=f"{who}@example.org", name=who, place=place)
    return registration.register(meeting=meeting, details=details, source="public", network=network, now=now)


def states(meeting) -> dict[str, str]:
    return dict(Registration.objects.filter(meeting=meeting).values_list("name", "state"))


@pytest.mark.parametrize(("capacity", "most"), [(1, 1), (4, 1), (15, 3), (60, 10), (500, 10)])
def test_one_network_holds_few_places_of_a_meeting(capacity, most):
    meeting = MeetingFactory(capacity=capacity)
    for number in range(min(capacity + 2, 14)):
        ask(meeting, f"junk{number}", "one network")
    assert list(states(meeting).values()).count("held") == most


def test_each_network_and_each_meeting_counts_for_itself(settings):
    settings.HELD_FROM_ONE_NETWORK = 2
    meeting, other = MeetingFactory(capacity=20), MeetingFactory(capacity=20)
    assert [ask(meeting, f"a{n}", "one").state for n in range(3)] == ["held", "held", "waiting"]
    assert ask(meeting, "bob", "two").state == "held"  # who must confirm first is not in anybody's way
    assert ask(other, "cat", "one").state == "held"


def test_meeting_without_a_limit_of_places_has_none_on_holds():
    meeting = MeetingFactory(capacity=None)
    assert {ask(meeting, f"a{n}", "one").state for n in range(12)} == {"held"}


def test_who_must_confirm_first_gets_a_place_on_confirming(settings, mails):
    settings.HELD_FROM_ONE_NETWORK = 1
    meeting = MeetingFactory(capacity=10)
    ask(meeting, "ann", "office")
    bob = ask(meeting, "bob", "office")
    assert (bob.state, bob.confirm_first, bob.position) == ("waiting", True, None)
    mail = Message.objects.get(to_email="bob@example.org")
    assert "to get a place" in mail.text
    assert "Every place is taken" not in mail.text
    assert "waiting list for" not in mail.html
    bob = registration.confirm(registration=bob)
    assert (bob.state, bob.confirm_first) == ("registered", False)
    assert mails("bob") == ["confirm_address", "registration_confirmed"]


def test_confirming_makes_room_for_the_next_hold_from_there(settings):
    settings.HELD_FROM_ONE_NETWORK = 1
    meeting = MeetingFactory(capacity=10)
    registration.confirm(registration=ask(meeting, "ann", "office"))
    assert ask(meeting, "bob", "office").state == "held"
    cancellation.cancel(registration=Registration.objects.get(name="bob"))
    assert ask(meeting, "cat", "office").state == "held"


def test_network_of_a_hold_is_forgotten_at_the_check_in():
    meeting = MeetingFactory(capacity=10, format=Meeting.Format.IN_PERSON)
    now = meeting.starts_at - 20 * MINUTE
    ann = ask(meeting, "ann", "office", now=now)
    assert ann.held_from
    attendance.check_in(registration=ann, by=StaffFactory(), now=now)
    assert not Registration.objects.get().held_from


def test_hour_that_ends_makes_room_too(settings):
    settings.HELD_FROM_ONE_NETWORK = 1
    now = timezone.now()
    meeting = MeetingFactory(capacity=10)
    ask(meeting, "ann", "office", now=now)
    clock.tick(now=now + HOUR)
    assert ask(meeting, "bob", "office", now=now + HOUR).state == "held"


def test_those_who_must_confirm_first_keep_nobody_waiting(settings):
    settings.HELD_FROM_ONE_NETWORK = 1
    meeting = MeetingFactory(capacity=10)
    for number in range(5):
        ask(meeting, f"junk{number}", "junk")
    assert ask(meeting, "ann", "office").state == "held"
    assert not Meeting.objects.get().full
    Meeting.objects.update(capacity=2)
    offers.fill(meeting=meeting)
    late = ask(meeting, "late", "office")
    assert (late.state, late.position) == ("waiting", 1)


def test_old_hold_gives_way_to_somebody_who_confirmed(sign_up, mails):
    now = timezone.now()
    meeting = MeetingFactory(capacity=1)
    ask(meeting, "ann", "far", now=now)
    sign_up(meeting, "bob", now=now + MINUTE)
    assert clock.tick(now=now + FIRM - MINUTE) == 0
    assert clock.tick(now=now + FIRM) == 1
    assert states(meeting) == {"ann": "waiting", "Bob": "offered"}
    assert mails("bob") == ["waiting_list_joined", "place_offered"]
    assert Entry.objects.filter(verb="registration.hold_gave_way").count() == 1
    assert clock.tick(now=now + FIRM) == 0


def test_hold_stands_its_hour_while_nobody_confirmed_waits(sign_up):
    now = timezone.now()
    meeting = MeetingFactory(capacity=1)
    ann = ask(meeting, "ann", "far", now=now)
    ask(meeting, "bob", "near", now=now)
    clock.tick(now=now + 50 * MINUTE)
    assert states(meeting) == {"ann": "held", "bob": "waiting"}
    assert registration.confirm(registration=ann, now=now + 59 * MINUTE).state == "registered"


def test_who_lost_a_hold_confirms_and_waits_before_later_people(sign_up):
    now = timezone.now()
    meeting = MeetingFactory(capacity=1)
    ann = ask(meeting, "ann", "far", now=now)
    sign_up(meeting, "bob", now=now + MINUTE)
    sign_up(meeting, "cat", now=now + 2 * MINUTE)
    clock.tick(now=now + FIRM)
    ann = registration.confirm(registration=ann, now=now + 20 * MINUTE)
    assert (ann.state, ann.position) == ("waiting", 1)
    assert Registration.objects.get(name="Cat").position == 2


def test_old_holds_go_to_confirmed_people_in_their_order(sign_up):
    now = timezone.now()
    meeting = MeetingFactory(capacity=2)
    for who in ("junk1", "junk2"):
        ask(meeting, who, who, now=now)
    for who in ("bob", "cat", "dan"):
        sign_up(meeting, who, now=now + MINUTE)
    clock.tick(now=now + FIRM)
    assert states(meeting) == {
        "junk1": "waiting",
        "junk2": "waiting",
        "Bob": "offered",
        "Cat": "offered",
        "Dan": "waiting",
    }


def test_only_as_many_holds_give_way_as_are_wanted(sign_up):
    now = timezone.now()
    meeting = MeetingFactory(capacity=3)
    for minute, who in enumerate(("ann", "bob", "cat")):
        ask(meeting, who, now=now + minute * MINUTE)
    sign_up(meeting, "dan", now=now + 3 * MINUTE)
    clock.tick(now=now + 30 * MINUTE)
    assert states(meeting) == {"ann": "waiting", "bob": "held", "cat": "held", "Dan": "offered"}


def test_hold_on_a_kept_place_gives_way_to_that_place_alone(sign_up):
    now = timezone.now()
    here, there = PlaceFactory(), PlaceFactory()
    meeting = MeetingFactory(capacity=2, allocation_released_on=None)
    for place in (here, there):
        MeetingPlaceFactory(meeting=meeting, place=place, seats=1)
    ask(meeting, "ann", place=here, now=now)
    ask(meeting, "bob", place=there, now=now)
    sign_up(meeting, "cat", place=there, now=now + MINUTE)
    clock.tick(now=now + 30 * MINUTE)
    assert states(meeting) == {"ann": "held", "bob": "waiting", "Cat": "offered"}


def test_in_the_last_hour_an_old_hold_is_for_whoever_takes_it(sign_up):
    meeting = MeetingFactory(capacity=1)
    late = meeting.starts_at - 50 * MINUTE
    ask(meeting, "ann", now=late - FIRM)
    bob = sign_up(meeting, "bob", now=late - MINUTE)
    assert bob.state == "waiting"
    assert offers.take_free_place(registration=bob, now=late).state == "registered"
    assert states(meeting) == {"ann": "waiting", "Bob": "registered"}


def test_pages_and_mails_say_how_long_a_place_is_held(client, settings):
    settings.HELD_FROM_ONE_NETWORK = 1
    meeting = MeetingFactory(capacity=10)
    held, first = ask(meeting, "ann", "office"), ask(meeting, "bob", "office")
    page = client.get(held.get_absolute_url()).text
    assert "We are holding a place for you until" in page
    assert "for 10 minutes only" in page
    page = client.get(first.get_absolute_url()).text
    assert "We are not holding a place for you yet" in page
    assert "number" not in page.partition("<h1")[2].partition("</form>")[0]
    assert "only for 10 minutes when other people are waiting" in Message.objects.get(to_email="ann@example.org").text

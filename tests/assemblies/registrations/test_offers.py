"""A place that falls free, and what the clock does to holds and offers."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import attendance, cancellation, capacity, change, clock, offers, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    InvitationFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    PlaceFactory,
    RegistrationFactory,
    StaffFactory,
    in_days,
)

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def states(meeting) -> dict[str, str]:
    return dict(Registration.objects.filter(meeting=meeting).values_list("name", "state"))


@pytest.mark.parametrize(
    ("left", "lasts"),
    [
        (timedelta(days=28), timedelta(hours=48)),
        (timedelta(hours=192), timedelta(hours=48)),
        (timedelta(hours=24), timedelta(hours=6)),
        (timedelta(hours=4), timedelta(hours=1)),
        (timedelta(hours=1), timedelta(minutes=30)),
        (timedelta(minutes=59), None),
        (timedelta(0), None),
        (timedelta(hours=-1), None),
    ],
)
def test_an_offer_is_shortened_near_the_meeting_and_never_reaches_it(left, lasts):
    meeting = MeetingFactory.build(board=None, offer_hours=48)
    now = meeting.starts_at - left
    end = offers.offer_end(meeting, now)
    assert end == (now + lasts if lasts else None)
    assert end is None or end < meeting.starts_at


def test_next_confirmed_person_is_offered_and_unconfirmed_are_skipped(sign_up, mails):
    meeting = MeetingFactory(capacity=1)
    ann = sign_up(meeting, "ann")
    sign_up(meeting, "bob", source="public")
    sign_up(meeting, "cat")
    cancellation.cancel(registration=ann)
    assert states(meeting) == {"Ann": "cancelled", "Bob": "waiting", "Cat": "offered"}
    assert mails("cat") == ["waiting_list_joined", "place_offered"]
    offer = Message.objects.get(key__contains="place_offered")
    assert offer.not_after == Registration.objects.get(name="Cat").offered_until
    assert "Take the place" in offer.text


def test_an_offered_place_is_held_and_accepted_once(sign_up, mails):
    meeting = MeetingFactory(capacity=1)
    ann, bob = sign_up(meeting, "ann"), sign_up(meeting, "bob")
    cancellation.cancel(registration=ann)
    assert sign_up(meeting, "dan").state == "waiting"
    assert offers.accept(registration=bob).state == "registered"
    assert offers.accept(registration=bob).state == "registered"
    assert mails("bob") == ["waiting_list_joined", "place_offered", "registration_confirmed"]


def test_an_offer_that_ended_goes_to_the_next(sign_up, mails):
    now = timezone.now()
    meeting = MeetingFactory(capacity=1)
    ann, bob, _cat = (sign_up(meeting, who, now=now) for who in ("ann", "bob", "cat"))
    cancellation.cancel(registration=ann, now=now)
    late = now + timedelta(hours=48)
    with pytest.raises(Refusal, match="offer ended"):
        offers.accept(registration=bob, now=late)
    clock.tick(now=late - MINUTE)
    assert states(meeting)["Bob"] == "offered"
    assert clock.tick(now=late) == 1
    assert states(meeting) == {"Ann": "cancelled", "Bob": "cancelled", "Cat": "offered"}
    assert mails("bob")[-1] == "offer_lapsed"
    assert clock.tick(now=late) == 0
    with pytest.raises(Refusal, match="offer ended"):
        offers.accept(registration=bob, now=late)
    with pytest.raises(Refusal, match="We are not holding a place"):
        offers.accept(registration=ann, now=late)


def test_end_of_an_offer_at_a_cancelled_meeting_is_not_emailed(sign_up, mails):
    now = timezone.now()
    meeting = MeetingFactory(capacity=1)
    ann, _bob = sign_up(meeting, "ann", now=now), sign_up(meeting, "bob", now=now)
    cancellation.cancel(registration=ann, now=now)
    Meeting.objects.update(state="cancelled")
    clock.tick(now=now + timedelta(hours=48))
    assert states(meeting)["Bob"] == "cancelled"
    assert mails("bob") == ["waiting_list_joined", "place_offered"]


def test_an_offer_is_never_good_once_the_meeting_began(sign_up):
    meeting = MeetingFactory(capacity=1)
    ann, bob = sign_up(meeting, "ann"), sign_up(meeting, "bob")
    cancellation.cancel(registration=ann)
    Registration.objects.filter(pk=bob.pk).update(
        offered_until=meeting.starts_at + 2 * HOUR
    )  # as when it moved earlier
    with pytest.raises(Refusal, match="has started"):
        offers.accept(registration=bob, now=meeting.starts_at)


def test_an_offer_ends_with_a_meeting_that_moves_nearer(sign_up):
    meeting = MeetingFactory(capacity=1)
    ann, bob = sign_up(meeting, "ann"), sign_up(meeting, "bob")
    cancellation.cancel(registration=ann)
    nearer = in_days(1)
    Meeting.objects.update(starts_at=nearer, ends_at=nearer + HOUR)
    offers.fill(meeting=meeting)
    assert Registration.objects.get(pk=bob.pk).offered_until == nearer


def test_an_offer_is_not_taken_at_a_meeting_just_cancelled(sign_up, mails):
    meeting = MeetingFactory(capacity=1)
    ann, bob = sign_up(meeting, "ann"), sign_up(meeting, "bob")
    cancellation.cancel(registration=ann)
    page_shows = Registration.objects.select_related("meeting").get(pk=bob.pk)
    Meeting.objects.update(state="cancelled")
    with pytest.raises(Refusal, match="not going ahead"):
        offers.accept(registration=page_shows)
    assert states(meeting)["Bob"] == "offered"
    assert "registration_confirmed" not in mails("bob")


@pytest.mark.parametrize("act", [offers.accept, offers.take_free_place, registration.confirm, cancellation.cancel,
                                 cancellation.come_back, attendance.check_in, attendance.undo_check_in,
                                 change.change])  # fmt: skip
def test_whoever_gives_or_frees_a_place_locks_the_meeting_first(act):
    person = RegistrationFactory(state="offered", offered_until=in_days(1))
    more = {"by": StaffFactory()} if act.__module__.endswith("attendance") else {}
    if act is change.change:
        more["details"] = RegistrationDetails(email=person.email, name="Ann")
    with CaptureQueriesContext(connection) as asked, suppress(Refusal):
        act(registration=person, **more)
    locks = [query["sql"] for query in asked if "FOR NO KEY UPDATE" in query["sql"] or "FOR UPDATE" in query["sql"]]
    assert 'FROM "meetings_meeting"' in locks[0]


def test_free_place_taken_in_the_last_hour_answers_the_invitation(sign_up):
    meeting = MeetingFactory(capacity=1)
    sign_up(meeting, "ann")
    bob = sign_up(meeting, "bob", source="public")
    invitation = InvitationFactory(meeting=meeting, email=bob.email)
    Meeting.objects.update(capacity=2, full=False)
    taken = offers.take_free_place(registration=bob, now=meeting.starts_at - 30 * MINUTE)
    assert (taken.state, taken.confirm_by) == ("registered", None)
    invitation.refresh_from_db()
    assert invitation.accepted_at


@pytest.mark.parametrize("state", ["cancelled", "held"])
def test_nothing_is_offered_for_a_meeting_that_is_off_or_over(sign_up, state):
    meeting = MeetingFactory(capacity=1)
    sign_up(meeting, "ann"), sign_up(meeting, "bob")
    Meeting.objects.update(state=state, capacity=5)
    assert offers.fill(meeting=meeting) == []
    clock.tick()
    assert states(meeting)["Bob"] == "waiting"


def test_more_capacity_is_offered_in_order(sign_up):
    meeting = MeetingFactory(capacity=1)
    for who in ("ann", "bob", "cat", "dan"):
        sign_up(meeting, who)
    Meeting.objects.update(capacity=3)
    assert [person.name for person in offers.fill(meeting=meeting)] == ["Bob", "Cat"]
    assert offers.fill(meeting=meeting) == []
    assert states(meeting)["Dan"] == "waiting"
    Meeting.objects.update(capacity=None)
    assert [person.name for person in offers.fill(meeting=meeting)] == ["Dan"]
    assert not Meeting.objects.get().full


def test_holds_that_were_not_confirmed_go_to_the_next_without_a_word(sign_up, mails):
    now = timezone.now()
    meeting = MeetingFactory(capacity=1)
    sign_up(meeting, "ann", source="public", now=now)
    sign_up(meeting, "bob", source="public", now=now)
    sign_up(meeting, "cat", now=now)
    assert clock.tick(now=now + 9 * MINUTE) == 0
    assert clock.tick(now=now + HOUR) == 1
    assert states(meeting) == {"Ann": "cancelled", "Bob": "cancelled", "Cat": "offered"}
    assert mails("ann") == ["confirm_address"]
    assert clock.tick(now=now + HOUR) == 0


def test_a_tick_missed_for_days_is_caught_up_once(sign_up, mails):
    now = timezone.now()
    meeting = MeetingFactory(capacity=1)
    sign_up(meeting, "ann", source="public", now=now)
    sign_up(meeting, "bob", now=now)
    for _ in range(3):
        clock.tick(now=now + timedelta(days=5))
    assert states(meeting) == {"Ann": "cancelled", "Bob": "offered"}
    assert mails("bob").count("place_offered") == 1
    assert Registration.objects.get(name="Bob").offered_until > now + timedelta(days=5)


FAIL_FOR_ONE_MEETING = """
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END';
CREATE TRIGGER fail BEFORE UPDATE ON registrations_registration FOR EACH ROW WHEN (OLD.meeting_id = %s)
EXECUTE FUNCTION fail()
"""


def test_a_meeting_that_fails_does_not_stop_the_others(sign_up, caplog):
    now = timezone.now()
    broken, fine = MeetingFactory(capacity=1), MeetingFactory(capacity=1)
    for meeting in (broken, fine):
        sign_up(meeting, "ann", source="public", now=now)
    with connection.cursor() as cursor:
        cursor.execute(FAIL_FOR_ONE_MEETING, [broken.pk])
    assert clock.tick(now=now + HOUR) == 1
    assert (states(broken), states(fine)) == ({"Ann": "held"}, {"Ann": "cancelled"})
    assert "could not be updated" in caplog.text


def test_a_newcomer_does_not_overtake_those_who_wait_unconfirmed(sign_up):
    meeting = MeetingFactory(capacity=1)
    ann = sign_up(meeting, "ann")
    bob = sign_up(meeting, "bob", source="public")
    cancellation.cancel(registration=ann)
    assert sign_up(meeting, "cat", source="public").state == "waiting"
    assert registration.confirm(registration=bob).state == "registered"


def test_confirming_in_turn_takes_the_place_and_earlier_people_first(sign_up):
    meeting = MeetingFactory(capacity=1)
    ann = sign_up(meeting, "ann")
    bob, cat = (sign_up(meeting, who, source="public") for who in ("bob", "cat"))
    cancellation.cancel(registration=ann)
    assert registration.confirm(registration=cat).state == "registered"  # bob has not confirmed, so it is cat's turn
    assert registration.confirm(registration=bob).state == "waiting"


def test_in_the_last_hour_a_free_place_is_for_whoever_comes_first(sign_up):
    meeting = MeetingFactory(capacity=1)
    ann, bob, cat = (sign_up(meeting, who) for who in ("ann", "bob", "cat"))
    late = meeting.starts_at - timedelta(minutes=50)
    with pytest.raises(Refusal, match="offered in turn"):
        offers.take_free_place(registration=cat)
    cancellation.cancel(registration=ann, now=late)
    assert states(meeting)["Bob"] == "waiting"
    assert offers.take_free_place(registration=cat, now=late).state == "registered"
    assert offers.take_free_place(registration=cat, now=late).state == "registered"
    with pytest.raises(Refusal, match="taken the last free place"):
        offers.take_free_place(registration=bob, now=late)
    with pytest.raises(Refusal, match="no place to take"):
        offers.take_free_place(registration=bob, now=meeting.starts_at)


def test_in_the_last_hour_a_newcomer_may_take_what_nobody_took(sign_up):
    meeting = MeetingFactory(capacity=1)
    ann, _bob = sign_up(meeting, "ann"), sign_up(meeting, "bob")
    late = meeting.starts_at - timedelta(minutes=50)
    cancellation.cancel(registration=ann, now=late)
    assert sign_up(meeting, "cat", now=late).state == "registered"


# --- seats kept for places ----------------------------------------------------------------------------------------


@pytest.fixture
def kept():
    """A meeting of 4: two seats kept for Halton, one for Wirral, one open to all; released in 20 days."""
    meeting = MeetingFactory(capacity=4, allocation_released_on=in_days(20).date())
    halton, wirral = PlaceFactory(name="Halton"), PlaceFactory(name="Wirral")
    MeetingPlaceFactory(meeting=meeting, place=halton, seats=2)
    MeetingPlaceFactory(meeting=meeting, place=wirral, seats=1)
    return meeting, halton, wirral


def test_kept_seats_are_only_for_their_place_and_go_first(kept, sign_up):
    meeting, halton, wirral = kept
    first, second, third, fourth = (sign_up(meeting, f"h{n}", place=halton) for n in range(4))
    assert [first.from_allocation, second.from_allocation, third.from_allocation] == [True, True, False]
    assert fourth.state == "waiting"
    assert sign_up(meeting, "nobody").state == "waiting"
    assert sign_up(meeting, "wendy", place=wirral).from_allocation
    assert Meeting.objects.get().full


def test_a_kept_seat_that_falls_free_is_offered_within_its_place(kept, sign_up):
    meeting, halton, wirral = kept
    first = sign_up(meeting, "h1", place=halton)
    for who, place in (("h2", halton), ("o1", None), ("w1", wirral), ("o2", None), ("w2", wirral), ("h3", halton)):
        sign_up(meeting, who, place=place)
    cancellation.cancel(registration=first)
    assert {name: state for name, state in states(meeting).items() if state in ("offered", "waiting")} == {
        "H3": "offered",
        "O2": "waiting",
        "W2": "waiting",
    }
    assert Registration.objects.get(name="H3").from_allocation


def test_an_open_place_that_falls_free_is_offered_to_the_first_of_all(kept, sign_up):
    meeting, halton, wirral = kept
    for who, place in (("h1", halton), ("h2", halton), ("o1", None), ("w1", wirral), ("w2", wirral), ("h3", halton)):
        sign_up(meeting, who, place=place)
    cancellation.cancel(registration=Registration.objects.get(name="O1"))
    assert (states(meeting)["W2"], states(meeting)["H3"]) == ("offered", "waiting")
    assert not Registration.objects.get(name="W2").from_allocation


def test_on_the_day_of_release_unused_seats_go_to_everyone_in_order(kept, sign_up):
    meeting, _halton, wirral = kept
    for who, place in (("o1", None), ("o2", None), ("w1", wirral), ("w2", wirral), ("o3", None)):
        sign_up(meeting, who, place=place)
    clock.tick(now=in_days(19, 23, 59))
    assert set(states(meeting).values()) == {"registered", "waiting"}
    clock.tick(now=in_days(20, 0, 0))
    assert states(meeting) == {
        "O1": "registered",
        "O2": "offered",
        "W1": "registered",
        "W2": "offered",
        "O3": "waiting",
    }


def test_a_kept_seat_cannot_be_carried_to_another_place(kept, sign_up):
    meeting, halton, _wirral = kept
    ann = sign_up(meeting, "ann", place=halton)
    sign_up(meeting, "bob")
    with pytest.raises(Refusal, match="one of those kept for Halton") as refused:
        change.change(registration=ann, details=RegistrationDetails(email="x", name="Ann", place=None))
    assert refused.value.field == "place"
    assert Registration.objects.get(name="Ann").place == halton


def test_changing_place_takes_a_seat_there_and_frees_the_old(kept, sign_up):
    meeting, halton, wirral = kept
    ann = sign_up(meeting, "ann", place=halton)
    for who, place in (("h2", halton), ("h3", halton), ("h4", halton)):
        sign_up(meeting, who, place=place)
    moved = change.change(registration=ann, details=RegistrationDetails(email="x", name="Ann", place=wirral))
    assert (moved.place, moved.from_allocation) == (wirral, True)
    assert states(meeting)["H4"] == "offered"


def test_fewer_kept_seats_than_are_taken_still_hold_the_capacity(kept, sign_up):
    meeting, halton, _wirral = kept
    for n in range(2):
        sign_up(meeting, f"h{n}", place=halton)
    meeting.meeting_places.update(seats=1)
    standing = capacity.standing_of(meeting, timezone.now())
    assert (standing.open_to_all, standing.is_full) == (1, False)

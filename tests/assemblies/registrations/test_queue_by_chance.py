"""Whatever people and the clock do, in whatever order: no place too many, nobody skipped, no place unused while
somebody waits."""

from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import cancellation, clock, offers, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.refusals import Refusal
from tests.factories import MeetingFactory, MeetingPlaceFactory, PlaceFactory, in_days

pytestmark = pytest.mark.django_db
KEPT = 2
TEN_MINUTES = timedelta(minutes=10)
PEOPLE = [f"p{number}" for number in range(9)]


class Queue(RuleBasedStateMachine):
    """A meeting of 5, two seats kept for one place until ten days before; nine people of three kinds."""

    came_to: ClassVar[set[str]] = set()  # what registrations were in all the runs

    def __init__(self) -> None:
        super().__init__()
        self.now = in_days(0)
        self.place, self.other = PlaceFactory(), PlaceFactory()
        self.meeting = MeetingFactory(capacity=5, allocation_released_on=in_days(18).date())
        MeetingPlaceFactory(meeting=self.meeting, place=self.place, seats=KEPT)
        MeetingPlaceFactory(meeting=self.meeting, place=self.other)
        self._look()

    def teardown(self):
        """The clock runs for every meeting: those of the examples before would make each example slower than the last."""
        self.meeting.registrations.all().delete()

    # --- what happens ---

    @initialize(number=st.integers(0, len(PEOPLE)))
    def some_are_confirmed_already(self, number):
        for who in PEOPLE[:number]:
            self.register(who, "public")
            self.submit(who, "confirm")

    @rule(who=st.sampled_from(PEOPLE), source=st.sampled_from(["public", "invitation"]))
    def register(self, who, source):
        place = [self.place, self.other, None][PEOPLE.index(who) % 3]
        details = RegistrationDetails(email=f"{who}@example.org", name=who, place=place)
        self._fairly(
            lambda: registration.register(meeting=self.meeting, details=details, source=source, now=self.now),
            newcomer=who,
        )

    @rule(who=st.sampled_from(PEOPLE), act=st.sampled_from(["confirm", "cancel", "accept", "come_back"]))
    def submit(self, who, act):
        person = next((each for each in self.everybody if each.name == who), None)
        if person is None:
            return
        actions = {
            "confirm": registration.confirm,
            "cancel": cancellation.cancel,
            "accept": offers.accept,
            "come_back": cancellation.come_back,
        }
        self._fairly(lambda: actions[act](registration=person, now=self.now), newcomer=who)

    @rule(minutes=st.sampled_from([1, 30, 61, 60 * 49, 60 * 24 * 7]))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)
        self._fairly(lambda: clock.tick(now=self.now))
        if offers.offer_end(self.meeting, self.now):
            self._no_old_hold_keeps_a_confirmed_person_out()

    @precondition(lambda self: self.meeting.capacity < 7)
    @rule()
    def staff_add_a_place(self):
        self.meeting.capacity += 1
        Meeting.objects.filter(pk=self.meeting.pk).update(capacity=self.meeting.capacity)
        self._fairly(lambda: offers.fill(meeting=self.meeting, now=self.now))

    # --- what must hold ---

    @invariant()
    def there_is_never_a_place_too_many(self):
        numbers = [each.place_number for each in self.holding]
        assert len(numbers) == len(set(numbers)) <= self.meeting.capacity
        assert all(1 <= number <= self.meeting.capacity for number in numbers)

    @invariant()
    def kept_seats_stay_kept_until_their_day(self):
        kept = [each.place_id for each in self.holding if each.from_allocation]
        assert set(kept) <= {self.place.pk}
        assert len(kept) <= KEPT
        if not self._released():
            assert len(self.holding) - len(kept) <= self.meeting.capacity - KEPT

    @invariant()
    def no_place_is_unused_while_somebody_confirmed_waits_for_it(self):
        """Except where somebody before them may still confirm and could have it: nobody overtakes them."""
        if not offers.offer_end(self.meeting, self.now):
            return
        for number, person in enumerate(self.queue):
            if person.confirmed_at and not any(self._may_take(other) for other in self.queue[:number]):
                assert not self._place_for(person), f"{person.name} waits beside a free place"

    @invariant()
    def full_says_so(self):
        assert self.full == (len(self.holding) >= self.meeting.capacity)

    @invariant()
    def offers_end_before_the_meeting(self):
        offered = [each for each in self.everybody if each.state == "offered"]
        assert all(each.offered_until < self.meeting.starts_at for each in offered)

    def _no_old_hold_keeps_a_confirmed_person_out(self):
        """Once the clock has run."""
        old = [each for each in self.everybody if each.state == "held" and self.now - each.held_at > TEN_MINUTES]
        for person in self.waiting if old else []:
            fitting = [hold for hold in old if not hold.from_allocation or hold.place_id == person.place_id]
            assert not fitting, f"{person.name} waits while {fitting[0].name} holds a place unconfirmed"

    # --- how it is seen ---

    def _look(self) -> None:
        """Read from the database how things stand; once after each step, for all that must hold."""
        people = Registration.objects.filter(meeting=self.meeting)
        self.everybody, self.holding = list(people), list(people.holding())
        self.queue = list(people.waiting())
        self.waiting = [person for person in self.queue if person.confirmed_at]
        self.full = Meeting.objects.values_list("full", flat=True).get(pk=self.meeting.pk)
        self.came_to.update(each.state for each in self.everybody)

    def _released(self) -> bool:
        return self.now.date() >= self.meeting.allocation_released_on

    def _may_take(self, person) -> bool:
        """Whether the person would have a place if they confirmed their address now."""
        return not person.confirmed_at and self.now < person.confirm_by and self._place_for(person)

    def _place_for(self, person) -> bool:
        kept = 0 if self._released() else KEPT
        taken = sum(each.from_allocation for each in self.holding)
        if kept > taken and person.place_id == self.place.pk:
            return True
        return self.meeting.capacity - max(kept, taken) - (len(self.holding) - taken) > 0

    def _fairly(self, act, newcomer: str = "") -> None:
        """Do it; nobody may have got a place past a person who was ahead of them, confirmed, and could have had it."""
        self.now += timedelta(milliseconds=1)  # the meeting's lock lets nobody join the queue at the same moment
        before, placed = self.queue, {each.pk for each in self.holding}
        turn = bool(offers.offer_end(self.meeting, self.now))
        try:
            act()
        except Refusal:
            turn = False
        self._look()
        still = {person.pk for person in self.waiting}
        for person in [each for each in self.holding if each.pk not in placed] if turn else []:
            places = [one.pk for one in before]
            ahead = before[: places.index(person.pk)] if person.pk in places else before
            for other in [one for one in ahead if one.confirmed_at]:
                passed = other.pk in still and other.pk != person.pk
                assert not passed or (person.from_allocation and other.place_id != person.place_id), (
                    f"{person.name} got a place before {other.name}"
                )


def test_by_chance_capacity_and_the_queue_hold():
    run_state_machine_as_test(
        Queue,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=False,
        ),
    )
    assert Queue.came_to == {"held", "registered", "waiting", "offered", "cancelled"}

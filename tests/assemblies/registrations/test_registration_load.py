"""Many people at once, each with a database connection of their own: capacity and allocations hold exactly."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import cancellation, clock, offers, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.audit.models import Entry
from partnership.celery import app
from partnership.outbox import nudge
from partnership.outbox.models import Message
from tests.factories import MeetingFactory, MeetingPlaceFactory, PlaceFactory

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 40  # connections, unless said; each thread takes the next person the moment it is done with one


def all_at_once(act: Callable, each: Iterable, connections: int = AT_ONCE) -> list:
    """`act(one)` for each, in threads that all start at the same moment. Returns the results, in the order given."""
    each = list(each)
    threads = min(connections, len(each))
    start = threading.Barrier(threads)
    waited = threading.local()

    def one(item):
        if not getattr(waited, "done", False):
            waited.done = True
            connection.ensure_connection()
            start.wait(30)
        return act(item)

    def close(_):
        start.wait(30)  # every thread takes exactly one of these
        connection.close()

    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(one, each))
        list(pool.map(close, range(threads)))
    return results


def sign_up(meeting, who, source="public", **answers) -> Registration:
    details = RegistrationDetails(email=f"{who}@example.org", name=str(who), **answers)
    return registration.register(meeting=meeting, details=details, source=source)


def test_200_people_at_once_fill_50_places_and_queue_in_order():
    meeting = MeetingFactory(capacity=50)
    made = all_at_once(lambda n: sign_up(meeting, f"p{n}"), range(200), connections=200)
    held = Registration.objects.filter(meeting=meeting, state="held")
    assert sorted(held.values_list("place_number", flat=True)) == list(range(1, 51))
    waiting = list(Registration.objects.filter(meeting=meeting).waiting())
    assert len(waiting) == 150
    assert [person.pk for person in waiting] == sorted(
        person.pk for person in waiting
    )  # in the order they got the lock
    assert max(held.values_list("created_at", flat=True)) <= min(person.created_at for person in waiting)
    positions = [int(text.split("number ")[1].split()[0]) for text in said("waiting list for")]
    assert sorted(positions) == list(range(1, 151))
    assert len(made) == Entry.objects.filter(verb="registration.made").count() == 200
    assert Meeting.objects.get().full


def said(words: str) -> list[str]:
    return list(Message.objects.filter(text__contains=words).values_list("text", flat=True))


def test_allocations_hold_exactly_under_load():
    meeting = MeetingFactory(capacity=40)
    places = [PlaceFactory() for _ in range(3)]
    for place in places:
        MeetingPlaceFactory(meeting=meeting, place=place, seats=10)
    all_at_once(lambda n: sign_up(meeting, f"p{n}", place=[*places, None][n % 4]), range(160))
    holding = Registration.objects.filter(meeting=meeting).holding()
    assert holding.count() == 40
    for place in places:
        assert holding.filter(place=place, from_allocation=True).count() == 10
    assert holding.filter(from_allocation=False).count() == 10


@pytest.mark.parametrize("source", ["public", "invitation"])
def test_same_person_30_times_at_once_is_registered_once(source):
    meeting = MeetingFactory(capacity=2)
    made = all_at_once(lambda _: sign_up(meeting, "ann", source=source), range(30))
    assert {person.pk for person in made} == {Registration.objects.get().pk}
    assert Entry.objects.filter(verb="registration.made").count() == 1
    first = {"public": "confirm_address", "invitation": "registration_confirmed"}[source]
    assert Message.objects.filter(key__contains=f"{first}:0").exclude(key__regex=r":0:\d+$").count() == 1


def test_same_offer_confirmation_and_cancellation_at_once_count_once():
    meeting = MeetingFactory(capacity=1)
    ann, bob, cat = (sign_up(meeting, who, source="invitation") for who in ("ann", "bob", "cat"))
    all_at_once(lambda _: cancellation.cancel(registration=ann), range(10))
    all_at_once(lambda _: offers.accept(registration=bob), range(10))
    dan = sign_up(meeting, "dan")
    all_at_once(lambda _: registration.confirm(registration=dan), range(10))
    states = dict(Registration.objects.values_list("name", "state"))
    assert states == {"ann": "cancelled", "bob": "registered", "cat": "waiting", "dan": "waiting"}
    assert cat.state == "waiting"
    verbs = list(Entry.objects.exclude(verb="registration.made").values_list("verb", flat=True))
    assert sorted(verbs) == [
        "registration.accepted_offer",
        "registration.cancelled",
        "registration.confirmed",
        "registration.offered",
    ]


def test_the_clock_and_people_at_once_never_give_a_place_twice():
    now = timezone.now()
    meeting = MeetingFactory(capacity=10)
    people = [sign_up(meeting, f"p{n}") for n in range(30)]
    for person in people[10:]:
        registration.confirm(registration=person)
    Registration.objects.filter(state="held").update(confirm_by=now - timedelta(seconds=1))

    def act(n):
        if n % 3 == 0:
            clock.tick()
        elif n % 3 == 1:
            cancellation.cancel(registration=people[10 + n % 20])
        else:
            sign_up(meeting, f"late{n}")

    all_at_once(act, range(60))
    holding = Registration.objects.filter(meeting=meeting).holding()
    numbers = list(holding.values_list("place_number", flat=True))
    assert len(numbers) == len(set(numbers)) <= 10
    assert not holding.filter(pk__in=[person.pk for person in people[:10]]).exists()
    offered = holding.filter(state="offered").values_list("queued_at", flat=True)
    still = Registration.objects.filter(meeting=meeting, confirmed_at__isnull=False).waiting()
    assert not still.exists() or max(offered) < still.first().queued_at


def test_registering_works_while_the_broker_is_away(client):
    meeting = MeetingFactory()
    client.get(f"/meetings/{meeting.slug}/register/")
    nudge.nudge()  # the first use in a process loads Celery
    nudge._thread.broker = app.connection_for_write("redis://127.0.0.1:9/0", transport_options=nudge.IMPATIENT)
    nudge._quiet_until = nudge._pause_ends = 0.0
    began = time.monotonic()
    try:
        answers = [client.post(f"/meetings/{meeting.slug}/register/", person(n)).status_code for n in range(5)]
    finally:
        nudge._thread.broker, nudge._quiet_until = None, 0.0
    assert answers == [302] * 5
    assert time.monotonic() - began < 3
    assert Message.objects.open().count() == 5


def person(number: int) -> dict[str, str]:
    return {"name": "Ann", "email": f"ann{number}@example.org"}

"""The demonstration as `make run` loads it, with one person for each role beside it; for tests that only read.

It is loaded once for each state of the code and each day, into a template; a module of tests gets a copy.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership.accounts.models import User
from partnership.demonstration import in_common, load
from partnership.elections.models import Election
from places.footprint.models import Place
from tests import databases
from tests.journeys.furnished import furnish
from tests.world import World

SOURCES = (
    *(f"{app}/**/*.py" for app in databases.APPS),
    "tests/**/world.py",
    "tests/**/furnished.py",
    "templates/**/*.*",
)


@dataclass
class Demonstration:
    """The people and words of the table of addresses, and for each role the addresses worth a look beside them."""

    world: World
    more: dict[str, list[str]]


@contextmanager
def opened() -> Iterator[Demonstration]:
    """Leads this process to a copy of the demonstration, with its files, for as long as it is open."""
    state = databases.fingerprint(*SOURCES, more=f"{timezone.localdate()}")
    kept = settings.VAR_DIR / "tests" / state
    with override_settings(MEDIA_ROOT=kept, BALLOT_KEYS_DIR=kept.with_name(f"{state}-keys")):
        base = databases.template("demonstration", state, _make, base=databases.with_tables())
        name = databases.copy(base, f"test_demonstration_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
        with databases.connected_to(name):
            yield _read()
        databases.drop(name)


def _make() -> None:
    load.load()
    public = list(_public_addresses())
    world, more = furnish()
    more["anonymous"] += public
    people = {role: person.pk for role, person in world.people.items()}
    kept = {"people": people, "words": world.words, "sessions": world.sessions, "more": more}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tests_demonstration AS SELECT %s::jsonb AS kept", [json.dumps(kept, default=str)])


def _public_addresses() -> Iterator[str]:
    """What the demonstration alone shows: an assembly ahead and one that was held, boards in common, a place, elections in
    every state."""
    meetings = Meeting.objects.public()
    ahead, held = meetings.latest("starts_at"), meetings.filter(state="held").latest("starts_at")
    for meeting in (ahead, held, meetings.get(slug=in_common.IN_COMMON["slug"])):
        yield meeting.get_absolute_url()
    yield Place.objects.public().order_by("pk")[0].get_absolute_url()
    for election in Election.objects.public():
        yield election.get_absolute_url()
        if election.state == "published":
            yield reverse("election_votes", args=[election.slug])


def _read() -> Demonstration:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kept::text FROM tests_demonstration")
        kept = json.loads(cursor.fetchone()[0])
    people = {role: User.objects.get(pk=pk) for role, pk in kept["people"].items()}
    return Demonstration(World(people, kept["words"], kept["sessions"]), kept["more"])

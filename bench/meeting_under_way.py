"""Inside the portal: a meeting with 30 seats and 12 items that began ten minutes ago, and what each of its requests takes."""

import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, AgendaVersion
from assemblies.sittings.actions import sitting
from partnership.accounts.models import User
from partnership.boards.models import Appointment, Board, Seat

SEATS, ITEMS, ROUNDS = 30, 12, 20
PAGE = "/meetings/bench-under-way/record/"


def measure() -> None:
    """Makes the meeting, measures in one process, and prints all as JSON; with the sessions of two who record it."""
    settings.ALLOWED_HOSTS = ["testserver"]
    staff = User.objects.get(email="bench.staff@example.org")
    opened = sitting.start(meeting=_meeting(staff), by=staff)
    clients = [_signed_in(staff) for _ in range(2)]
    clients[0].get(PAGE)
    found = {
        "sessions": [client.session.session_key for client in clients],
        "entry": _milliseconds(lambda: _enter(clients[0])),
        "screen": _milliseconds(lambda: clients[1].get(PAGE)),
    }
    opened.refresh_from_db()
    found["nothing"] = _milliseconds(lambda: clients[1].get(f"{PAGE}?after={opened.newest}"))
    print(json.dumps(found))


def _meeting(staff: User) -> Meeting:
    now = timezone.now()
    board = Board.objects.create(
        name="Bench board that meets", slug="bench-meets", kind="executive", regime="own_terms"
    )
    for number in range(SEATS):
        seat = Seat.objects.create(board=board, title=f"Seat {number}", position=number)
        holder = User.objects.create_user(f"holder-{number}@example.org", name=f"Holder {number}")
        Appointment.objects.create(seat=seat, holder=holder, route="appointed", starts_on=date(2020, 1, 1))
    meeting = Meeting.objects.create(
        title="Bench meeting", slug="bench-under-way", kind="board", board=board, starts_at=now - timedelta(minutes=10),
        ends_at=now + timedelta(hours=2), state="published", published_at=now,
    )  # fmt: skip
    version = AgendaVersion.objects.create(
        meeting=meeting, number=1, state="published", published_at=now, published_by=staff, due_on=now.date()
    )
    for place in range(1, ITEMS + 1):
        AgendaItem.objects.create(version=version, position=place, title=f"Item {place}", purpose="decision")
    return meeting


def _signed_in(staff: User) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["demonstration_sign_in"] = True
    session.save()
    return client


def _enter(client: Client):
    answers = {"kind": "guest", "key": str(uuid4()), "item": "", "name": "Somebody", "role": ""}
    return client.post(f"{PAGE}enter/", answers, headers={"Accept": "application/json"})


def _milliseconds(act: Callable) -> list[float]:
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = act()
        found.append(1000 * (time.perf_counter() - began))
        if answer.status_code not in (200, 204):
            raise RuntimeError(f"{PAGE} answers {answer.status_code}")
    return found

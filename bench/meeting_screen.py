"""Seconds from a choice on one phone to the second phone, at a meeting with 30 seats and 12 items; what each request takes."""

import json
import random
import time

from bench import portal
from bench.table import Row

SEATS, ITEMS, CHOICES = 30, 12, 15
PAGE = "/meetings/bench-under-way/record/"
CHROMIUM = "/usr/bin/chromium"
LOOKS = 2.0  # seconds between two looks of the screen, as in static/js/record.js


def measure(site: portal.Site) -> list[Row]:
    """Two browsers look at one meeting; the limit is half the pause between two looks, which nobody can be quicker than."""
    site.fill("--hundredth")
    said = json.loads(
        site.manage("shell", "-v", "0", "-c", "from bench import meeting_screen; meeting_screen.inside()")
    )
    site.start_web(first_page="/meetings/")
    try:
        waits = _choices(site, said["sessions"])
        return [
            Row(
                f"from a choice to the second phone, {SEATS} seats",
                "s",
                waits,
                LOOKS / 2,
                "half the pause between looks",
                aim="≤ 3",
            ),
            Row(f"screen drawn, {SEATS} seats, {ITEMS} items", "ms", said["screen"], aim="≤ 300"),
            Row("one entry taken", "ms", said["entry"], aim="≤ 100"),
            Row("nothing new to show", "ms", said["nothing"], aim="≤ 20"),
        ]
    finally:
        site.stop("web")


def _choices(site: portal.Site, sessions: list[str]) -> list[float]:
    from playwright.sync_api import sync_playwright  # of the tests: only this measurement looks at pages

    waits = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        pages = []
        for session in sessions:
            context = browser.new_context(viewport={"width": 360, "height": 740})
            context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
            pages.append(context.new_page())
            pages[-1].goto(f"{site.url}{PAGE}")
        one, two = pages
        for number in range(CHOICES):
            time.sleep(random.uniform(0.5, LOOKS))  # so that they fall anywhere between two looks
            one.locator("#attendance").evaluate("each => each.open = true")
            buttons = one.locator("#attendance form.record-choices").nth(number)
            began = time.perf_counter()
            buttons.get_by_role("button", name="In the room").click()
            two.wait_for_function(
                f"document.querySelector('.record-bar').textContent.includes('{number + 1} here')", polling=20
            )
            waits.append(time.perf_counter() - began)
        browser.close()
    return waits


def inside() -> None:
    """Inside the portal: makes the meeting, measures its requests in one process, and prints all as JSON."""
    from datetime import date, timedelta  # Django is set up only in the process that `manage.py shell` is
    from uuid import uuid4

    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from assemblies.meetings.models import Meeting
    from assemblies.papers.models import AgendaItem, AgendaVersion
    from assemblies.sittings.actions import sitting
    from partnership.accounts.models import User
    from partnership.boards.models import Appointment, Board, Seat

    settings.ALLOWED_HOSTS = ["testserver"]
    now, staff = timezone.now(), User.objects.get(email="bench.staff@example.org")
    board = Board.objects.create(
        name="Bench board that meets", slug="bench-meets", kind=Board.Kind.EXECUTIVE, regime="own_terms"
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
    opened = sitting.start(meeting=meeting, by=staff)
    sessions, clients = [], []
    for _ in range(2):
        client = Client()
        client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["demonstration_sign_in"] = True
        session.save()
        sessions.append(session.session_key)
        clients.append(client)

    def milliseconds(act) -> float:
        began = time.perf_counter()
        answer = act()
        if answer.status_code not in (200, 204):
            raise RuntimeError(f"answers {answer.status_code}")
        return 1000 * (time.perf_counter() - began)

    def enter():
        answers = {"kind": "guest", "key": str(uuid4()), "item": "", "name": "Somebody", "role": ""}
        return clients[0].post(f"{PAGE}enter/", answers, headers={"Accept": "application/json"})

    clients[0].get(PAGE)
    entry = [milliseconds(enter) for _ in range(20)]
    screen = [milliseconds(lambda: clients[1].get(PAGE)) for _ in range(20)]
    opened.refresh_from_db()
    nothing = [milliseconds(lambda: clients[1].get(f"{PAGE}?after={opened.newest}")) for _ in range(20)]
    print(json.dumps({"sessions": sessions, "entry": entry, "screen": screen, "nothing": nothing}))

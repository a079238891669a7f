"""Milliseconds for the home of somebody of each role in the demonstration, in one process and without the network.

The member is the one with most to do: she keeps the page of an organisation that nominates and votes, and leads a place.
"""

import gc
import json
import time

from bench import portal
from bench.table import Row

PEOPLE = {
    "staff": "priya.raman@example.org",
    "a chair": "alan.yates@example.org",
    "a place lead": "marcus.obi@example.org",
    "a representative": "imran.sheikh@example.org",
    "a member": "louise.taylor@example.org",
}
WARM_UP, ROUNDS = 5, 20


def measure(site: portal.Site) -> list[Row]:
    """Wall-clock time, and beside it the processor time of this process (the database is another)."""
    site.load_demonstration()
    said = site.manage("shell", "-v", "0", "-c", "from bench import home; home.inside()")
    rows = []
    for role, (wall, processor) in json.loads(said.strip().splitlines()[-1]).items():
        words = f"home of {role}, demonstration"
        rows.append(Row(words, "ms", wall, aim="≤ 40"))
        rows.append(Row(f"{words}, processor", "ms", processor))
    return rows


def inside() -> None:
    """Inside the portal: measures and prints the milliseconds as JSON."""
    from django.conf import settings  # Django is set up only in the process that `manage.py shell` is

    settings.ALLOWED_HOSTS = ["testserver"]
    gc.freeze()  # as the web processes do, see partnership/gunicorn.py
    gc.set_threshold(20_000, 10, 10)
    print(json.dumps({role: _milliseconds(email) for role, email in PEOPLE.items()}))


def _milliseconds(email: str) -> tuple[list[float], list[float]]:
    from django.test import Client  # as above

    from partnership.accounts.models import User  # as above

    client = Client()
    client.force_login(User.objects.get(email=email), "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["demonstration_sign_in"] = True
    session.save()
    wall, processor = [], []
    for number in range(WARM_UP + ROUNDS):
        started, used = time.perf_counter(), time.process_time()
        if client.get("/home/").status_code != 200:
            raise RuntimeError(f"The home of {email} does not answer")
        if number >= WARM_UP:
            wall.append(1000 * (time.perf_counter() - started))
            processor.append(1000 * (time.process_time() - used))
    return wall, processor

"""300 people register for 100 places, 16 at once, each the whole way over HTTP; the worker emails them meanwhile.

One person: form, answers posted, page that says "check your email", the link of the email, its button, the page that
says how they stand. The link is read from the database, as the person would read it in the email. Beside it stands the
limit: the same six requests to a plain Django app with one form and one row (`bench/plain`), by the same visitors
under the same gunicorn settings, in the same run.
"""

import re
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg2

from bench import portal
from bench.load import Line
from bench.table import Row

SINK = portal.ROOT / "tests" / "faults" / "sink.py"
PEOPLE, PLACES, AT_ONCE, ROUNDS = 300, 100, 16, 3
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([A-Za-z0-9]+)"')
COOKIE = re.compile(rb"csrftoken=([A-Za-z0-9]+)")
PLACE = re.compile(rb'<option value="(\d+)"')
OUR_KEY = """
    SELECT key FROM registrations_registration registration JOIN meetings_meeting meeting ON meeting.id = meeting_id
    WHERE slug = %s AND email = %s
"""
PLAIN_KEY = "SELECT key FROM plain_person WHERE meeting = %s AND email = %s"
PLAIN_DATABASE = "bench_plain"


@dataclass(frozen=True)
class App:
    """What people register with: where it listens, its database, and the statement that finds a person's link."""

    port: int
    database: object
    key: str


def measure(site: portal.Site) -> list[Row]:
    """Rounds of ours, each on a meeting nobody has registered for, and of the plain app, taking turns."""
    ours, plain = _start_ours(site), _start_plain(site)
    for app in (ours, plain):
        people(app, 19, count=40)  # every process has made its pages once
    runs, limits = [], []
    for number in range(2, 2 + ROUNDS):
        limits.append(people(plain, number))
        runs.append(people(ours, number))
        check(ours.database, number)
    for app in (ours, plain):
        app.database.close()
    work = f"{PEOPLE} people register for {PLACES} places, {AT_ONCE} at once, whole journey"
    limit = "the same journey in plain Django: one form, one row"
    return [Row(work, "people/s", runs, median(limits), limit, "≥ 40 % of it")]


def _start_ours(site: portal.Site) -> App:
    """The portal, with a worker that emails meanwhile."""
    ledger = portal.VAR / "registered.tsv"
    ledger.unlink(missing_ok=True)
    ledger.touch()
    sink = [sys.executable, str(SINK), str(site.smtp_port), str(ledger)]
    site.processes["sink"] = subprocess.Popen(sink, start_new_session=True)
    site.start_web(first_page="/meetings/bench-019/register/")
    site.start_worker()
    return App(site.port, _connected(site.environment["DATABASE_URL"]), OUR_KEY)


def _start_plain(site: portal.Site) -> App:
    """The plain app, with a database of its own on the same server."""
    server = _connected(site.environment["DATABASE_URL"])
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {PLAIN_DATABASE}")
        cursor.execute(f"CREATE DATABASE {PLAIN_DATABASE}")
    server.close()
    before, query, options = site.environment["DATABASE_URL"].partition("?")
    url = f"{before.rpartition('/')[0]}/{PLAIN_DATABASE}{query}{options}"
    environment = site.environment | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "bench.plain.settings"}
    migrate = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "-v", "0"]
    subprocess.run(migrate, cwd=portal.ROOT, env=environment, check=True)
    port = portal.free_port()
    where = ["--config", "python:partnership.gunicorn", "--bind", f"{portal.HOST}:{port}"]
    command = [sys.executable, "-m", "gunicorn", "bench.plain.wsgi", *where]
    site.processes["plain"] = subprocess.Popen(command, cwd=portal.ROOT, env=environment, start_new_session=True)
    portal.wait_for(f"http://{portal.HOST}:{port}/meetings/bench-019/register/")
    return App(port, _connected(url), PLAIN_KEY)


def _connected(url: str):
    """A connection in which every statement is a transaction of its own."""
    database = psycopg2.connect(url)
    database.autocommit = True
    return database


class Visitor(Line):
    """One kept-open connection, and the person who is using it."""

    def __init__(self, host: str, port: int) -> None:
        self.keep_cookie(b"")
        self.host = f"{host}:{port}"
        super().__init__(host, port, b"")

    def keep_cookie(self, answer: bytes) -> None:
        found = COOKIE.search(answer)
        self.cookie = found[1].decode() if found else ""

    def ask(self, path: str, form: dict[str, str] | None = None) -> None:
        body = "&".join(f"{name}={value}" for name, value in (form or {}).items())
        lines = [f"{'POST' if form else 'GET'} {path} HTTP/1.1", f"Host: {self.host}"]
        if self.cookie:
            lines.append(f"Cookie: csrftoken={self.cookie}")
        if form:
            lines += [f"Origin: http://{self.host}", "Content-Type: application/x-www-form-urlencoded"]
            lines.append(f"Content-Length: {len(body)}")
        self.request = ("\r\n".join(lines) + f"\r\n\r\n{body}").encode()
        self.send()


def journey(visitor: Visitor, app: App, slug: str, email: str) -> Iterator[None]:
    """One person's steps; it continues when each answer has arrived. Raises RuntimeError at a wrong answer."""
    visitor.keep_cookie(b"")
    visitor.ask(f"/meetings/{slug}/register/")
    yield
    page = expect(visitor, b"200")
    visitor.keep_cookie(page)
    form = {"csrfmiddlewaretoken": TOKEN.search(page)[1].decode(), "name": "Bench+Person", "email": email}
    form |= {
        "organisation": "Bench+group",
        "role": "Member",
        "place": PLACE.search(page)[1].decode(),
        "access": "captions",
    }
    visitor.ask(f"/meetings/{slug}/register/", form)
    yield
    expect(visitor, b"302")
    visitor.ask(f"/meetings/{slug}/register/check-your-email/")
    yield
    expect(visitor, b"200")
    with app.database.cursor() as cursor:
        cursor.execute(app.key, (slug, email))
        key = cursor.fetchone()[0]
    visitor.ask(f"/r/{key}/confirm/")
    yield
    page = expect(visitor, b"200")
    visitor.ask(f"/r/{key}/confirm/", {"csrfmiddlewaretoken": TOKEN.search(page)[1].decode()})
    yield
    expect(visitor, b"302")
    visitor.ask(f"/r/{key}/")
    yield
    page = expect(visitor, b"200")
    if b"You have a place" not in page and b"on the waiting list" not in page:
        raise RuntimeError(f"{email} is told neither a place nor a position")


def expect(visitor: Visitor, status: bytes) -> bytes:
    if not visitor.got.startswith(b"HTTP/1.1 " + status):
        raise RuntimeError(f"{visitor.request[:200]!r} was answered {visitor.got[:200]!r}")
    return visitor.got


def people(app: App, number: int, count: int = PEOPLE) -> float:
    """Lets `count` people register at `bench-<number>`; returns people a second."""
    slug = f"bench-{number:03}"
    to_come = (journey_of(app, slug, f"bench{each}.{slug}@example.org") for each in range(count))
    selector = selectors.DefaultSelector()
    started = time.perf_counter()
    for _ in range(min(AT_ONCE, count)):
        visitor = Visitor(portal.HOST, app.port)
        selector.register(visitor.socket, selectors.EVENT_READ, visitor)
        visitor.way = iter(())
        step(visitor, selector, to_come)
    while selector.get_map():
        ready = selector.select(10)
        if not ready:
            raise TimeoutError(f"{slug} has not answered for 10 s")
        for key, _ in ready:
            if key.data.receive():
                step(key.data, selector, to_come)
    return count / (time.perf_counter() - started)


def journey_of(app: App, slug: str, email: str) -> Callable[[Visitor], Iterator[None]]:
    """A person's steps, still without a connection."""
    return lambda visitor: journey(visitor, app, slug, email)


def step(visitor: Visitor, selector, to_come: Iterator[Callable]) -> None:
    """Take the next step of this person, or let the next person use the connection; close it when all have come."""
    while next(visitor.way, "done") == "done":
        way = next(to_come, None)
        if way is None:
            selector.unregister(visitor.socket)
            visitor.socket.close()
            return
        visitor.way = way(visitor)


def check(database, number: int) -> None:
    """Raises RuntimeError unless exactly the places are given and the rest wait in order."""
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT r.state, count(*), count(DISTINCT place_number), max(place_number) FROM registrations_registration r"
            " JOIN meetings_meeting m ON m.id = meeting_id WHERE m.slug = %s GROUP BY r.state ORDER BY r.state",
            (f"bench-{number:03}",),
        )
        found = cursor.fetchall()
    wanted = [("registered", PLACES, PLACES, PLACES), ("waiting", PEOPLE - PLACES, 0, None)]
    if found != wanted:
        raise RuntimeError(f"{found} instead of {wanted}")


if __name__ == "__main__":
    with portal.running() as running_site:
        for result in measure(running_site):
            print(f"{result.work}: {result.runs} {result.unit}; limit {result.limit:.0f}")
    Path(portal.VAR / "registered.tsv").unlink(missing_ok=True)

"""300 people register for 100 places, 16 at once, each the whole way over HTTP; the worker mails them meanwhile.

One person: form, answers posted, page that says "check your email", the link of the mail, its button, the page that
says how they stand. The link is read from the database, as the person would read it in the mail. Beside it stands the
limit: the same row inserted under the same lock, by as many connections as there are web threads, in the same run.
"""

import re
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe

import psycopg2

from bench import portal
from bench.load import Line
from bench.table import Row

SINK = portal.ROOT / "tests" / "faults" / "sink.py"
PEOPLE, PLACES, AT_ONCE, ROUNDS = 300, 100, 16, 3
WEB_THREADS = 4
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([A-Za-z0-9]+)"')
COOKIE = re.compile(rb"csrftoken=([A-Za-z0-9]+)")
PLACE = re.compile(rb'<option value="(\d+)"')
KEY = "SELECT key FROM assemblies_registration WHERE meeting_id = %s AND email = %s"


def measure(site: portal.Site) -> list[Row]:
    """Three rounds of ours, each on a meeting nobody has registered for, and of the limit, taking turns."""
    ledger = portal.VAR / "registered.tsv"
    ledger.unlink(missing_ok=True)
    ledger.touch()
    sink = [sys.executable, str(SINK), str(site.smtp_port), str(ledger)]
    site.processes["sink"] = subprocess.Popen(sink, start_new_session=True)
    site.start_web(first_page="/meetings/bench-019/register/")
    site.start_worker()
    database = psycopg2.connect(site.environment["DATABASE_URL"])
    database.autocommit = True
    people(site, database, 19, count=40)  # every process has made its pages once
    ours, limits = [], []
    for number in range(ROUNDS):
        limits.append(insert_alone(site.environment["DATABASE_URL"], 18 - number))
        ours.append(people(site, database, 2 + number))
        check(database, 2 + number)
    database.close()
    work = f"{PEOPLE} people register for {PLACES} places, {AT_ONCE} at once, whole journey"
    limit = sorted(limits)[ROUNDS // 2]
    return [Row(work, "people/s", ours, limit, "the same INSERT under the same lock", "≥ 100")]


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


def journey(visitor: Visitor, database, meeting: tuple[int, str], email: str) -> Iterator[None]:
    """One person's way, step by step; it goes on when the answer is there. Raises RuntimeError at a wrong answer."""
    meeting_id, slug = meeting
    visitor.keep_cookie(b"")
    visitor.ask(f"/meetings/{slug}/register/")
    yield
    page = expect(visitor, b"200")
    visitor.keep_cookie(page)
    form = {"csrfmiddlewaretoken": TOKEN.search(page)[1].decode(), "name": "Bench+Person", "email": email}
    form |= {"organisation": "Bench+group", "role": "Member", "place": PLACE.search(page)[1].decode(), "access": "loop"}
    visitor.ask(f"/meetings/{slug}/register/", form)
    yield
    expect(visitor, b"302")
    visitor.ask(f"/meetings/{slug}/register/check-your-email/")
    yield
    expect(visitor, b"200")
    with database.cursor() as cursor:
        cursor.execute(KEY, (meeting_id, email))
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


def people(site: portal.Site, database, number: int, count: int = PEOPLE) -> float:
    """Lets `count` people register at `bench-<number>`; returns people a second."""
    slug = f"bench-{number:03}"
    with database.cursor() as cursor:
        cursor.execute("SELECT id FROM assemblies_meeting WHERE slug = %s", (slug,))
        meeting = (cursor.fetchone()[0], slug)
    to_come = (journey_of(database, meeting, f"bench{each}.{slug}@example.org") for each in range(count))
    selector = selectors.DefaultSelector()
    begun = time.perf_counter()
    for _ in range(min(AT_ONCE, count)):
        visitor = Visitor(portal.HOST, site.port)
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
    return count / (time.perf_counter() - begun)


def journey_of(database, meeting: tuple[int, str], email: str) -> Callable[[Visitor], Iterator[None]]:
    """A person's way, still without a connection."""
    return lambda visitor: journey(visitor, database, meeting, email)


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
            "SELECT r.state, count(*), count(DISTINCT seat_number), max(seat_number) FROM assemblies_registration r"
            " JOIN assemblies_meeting m ON m.id = meeting_id WHERE m.slug = %s GROUP BY r.state ORDER BY r.state",
            (f"bench-{number:03}",),
        )
        found = cursor.fetchall()
    wanted = [("registered", PLACES, PLACES, PLACES), ("waiting", PEOPLE - PLACES, 0, None)]
    if found != wanted:
        raise RuntimeError(f"{found} instead of {wanted}")


def insert_alone(url: str, number: int) -> float:
    """The same row under the same lock and nothing else, by as many connections as the web has threads; rows a second."""
    each = PEOPLE // WEB_THREADS
    start = threading.Barrier(WEB_THREADS + 1)

    def insert(thread: int) -> None:
        connection = psycopg2.connect(url)
        start.wait()
        for person in range(each):
            with connection, connection.cursor() as cursor:
                cursor.execute(
                    "SELECT id, capacity FROM assemblies_meeting WHERE slug = %s FOR NO KEY UPDATE",
                    (f"bench-{number:03}",),
                )
                meeting_id, capacity = cursor.fetchone()
                cursor.execute(
                    "SELECT count(*) FROM assemblies_registration WHERE meeting_id = %s AND seat_number IS NOT NULL",
                    (meeting_id,),
                )
                cursor.execute(INSERT, row(cursor.fetchone()[0], capacity, meeting_id, f"limit{thread}.{person}"))
        connection.close()

    threads = [threading.Thread(target=insert, args=(thread,)) for thread in range(WEB_THREADS)]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return each * WEB_THREADS / (time.perf_counter() - begun)


INSERT = (
    "INSERT INTO assemblies_registration (meeting_id, email, name, organisation, kind, role, attendance, photo_consent,"
    " source, key, state, seat_number, seat_limit, from_allocation, queued_at, confirm_by, round, created_at)"
    " VALUES (%s, %s, 'Bench Person', 'Bench group', '', 'Member', 'online', false,"
    " 'public', %s, %s, %s, %s, false, %s, %s, 0, %s)"
)


def row(taken: int, capacity: int, meeting_id: int, who: str) -> tuple:
    now = datetime.now(UTC)
    free = taken < capacity
    return (
        meeting_id,
        f"{who}@example.org",
        token_urlsafe(32),
        "held" if free else "waiting",
        taken + 1 if free else None,
        capacity if free else None,
        None if free else now,
        now + timedelta(hours=1),
        now,
    )


if __name__ == "__main__":
    with portal.running() as running_site:
        for result in measure(running_site):
            print(f"{result.work}: {result.runs} {result.unit}; limit {result.limit:.0f}")
    Path(portal.VAR / "registered.tsv").unlink(missing_ok=True)

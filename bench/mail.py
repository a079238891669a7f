"""Reminders with a calendar entry a second: from the clock's task in the broker to the last answer of the mail server.

Everything is in it: the rule is found due, a thousand emails are worded, their rows written, claimed, sent and marked,
by one Celery worker with two processes. Beside it stands what smtplib alone can do with one of those very emails over
one kept connection to the same mail server, in the same run.
"""

import smtplib
import sys
import time
from pathlib import Path

import redis

from bench import portal
from bench.table import Row

SINK = portal.ROOT / "tests" / "faults" / "sink.py"
REMINDERS = 1000
ROUNDS = 5


def measure(site: portal.Site) -> list[Row]:
    """Messages a second, five rounds of a thousand; before each round the limit, a thousand times the same email."""
    ledger, sample = portal.VAR / "mail.tsv", portal.VAR / "sample.eml"
    ledger.unlink(missing_ok=True)
    ledger.touch()
    site.processes["sink"] = portal.subprocess.Popen(
        [sys.executable, str(SINK), str(site.smtp_port), str(ledger)], start_new_session=True
    )
    site.start_worker()
    _wait(lambda: redis.Redis.from_url(site.environment["REDIS_URL"]).exists("portal:worker"))
    _remind(site, ledger)  # warms the worker's processes
    _inside(site, f"keep_one({str(sample)!r})")
    limits, ours = [], []
    for _ in range(ROUNDS):
        limits.append(_smtplib_alone(site.smtp_port, sample.read_bytes()))
        ours.append(_remind(site, ledger))
    return [
        Row(
            "1,000 reminders with calendar through the worker",
            "messages/s",
            ours,
            sorted(limits)[ROUNDS // 2],
            "smtplib, one kept connection",
            "≥ 400",
        )
    ]


def _remind(site: portal.Site, ledger: Path) -> float:
    before = len(ledger.read_text().splitlines())
    started = float(_inside(site, "make_due()").split()[-1])
    _wait(lambda: len(ledger.read_text().splitlines()) >= before + REMINDERS)
    rows = [line.split("\t") for line in ledger.read_text().splitlines()[before:]]
    if len(rows) != REMINDERS or len({recipient for _, recipient, _ in rows}) != REMINDERS:
        raise RuntimeError(f"{len(rows)} mails for {REMINDERS} people")
    return REMINDERS / (float(rows[-1][2]) - started)


def _inside(site: portal.Site, call: str) -> str:
    return site.manage("shell", "-v", "0", "-c", f"from bench import mail; mail.{call}")


def _smtplib_alone(port: int, content: bytes) -> float:
    with smtplib.SMTP(portal.HOST, port) as server:
        started = time.monotonic()
        for _ in range(REMINDERS):
            server.sendmail("portal@example.org", ["limit@example.org"], content)
        return REMINDERS / (time.monotonic() - started)


def _wait(done, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise TimeoutError(f"not done within {seconds} s")
        time.sleep(0.05)


def make_due() -> None:
    """Inside the portal: make the reminder of bench-001 due now, put the clock's task in the broker, print when."""
    from django.utils import timezone  # Django is set up only in the process that `manage.py shell` is

    from assemblies.meetings.models import Meeting  # the same
    from assemblies.organising.models import ReminderRule  # the same
    from partnership.outbox.nudge import nudge  # the same

    rule = ReminderRule.objects.get(meeting__slug="bench-001")
    starts_at = timezone.now() + timezone.timedelta(minutes=rule.minutes, seconds=-1)
    Meeting.objects.filter(pk=rule.meeting_id).update(
        starts_at=starts_at,
        ends_at=starts_at + timezone.timedelta(hours=3),
        published_at=starts_at - timezone.timedelta(days=30),
    )
    nudge()  # loads what the first nudge of a process loads
    print(time.time())
    nudge(task="assemblies.organising.tasks.run_reminders")


def keep_one(sample: str) -> None:
    """Inside the portal: leave one of the reminders, as it is on the wire, in a file."""
    from partnership.outbox import mime  # Django is set up only in the process that `manage.py shell` is
    from partnership.outbox.models import Message  # the same

    Path(sample).write_bytes(mime.write(Message.objects.filter(key__startswith="reminder:").first()))


if __name__ == "__main__":
    with portal.running() as site:
        for row in measure(site):
            print(row.work, [round(run) for run in row.runs], row.unit, "limit", round(row.limit))

"""Mail goes out whatever dies: real workers, a real clock, a real broker and a real mail server, any of which may be
killed.

Leases, sweeps and outages are shorter than in production unless `FAULTS_IN_REAL_TIME=1` (`pace.py`).
"""

import random
import time
from collections import Counter

import pytest

from partnership import outbox
from partnership.outbox.models import Message
from tests.faults.harness import portal, sink, valkey, wait_until
from tests.faults.pace import AT_ONCE, CAUGHT_UP, IN_REAL_TIME, PATIENCE, SCALED, START, STOPPED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, PATIENCE]


def queue(count: int, name: str = "invitation") -> None:
    outbox.enqueue_many(
        outbox.Draft(
            key=f"{name}:{number}",
            to=f"{name}{number}@example.org",
            subject="The assembly on 17 September",
            text="Good morning\n" * 40,
            html="<p>Good morning</p>" * 40,
            calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        )
        for number in range(count)
    )


def all_settled() -> bool:
    return not Message.objects.open().exists()


def apart(kill: tuple[float, float], moment: float) -> float:
    """Seconds between the moment and the kill, which lasted from its first time to its second."""
    began, ended = kill
    return max(began - moment, moment - ended, 0)


def test_workers_killed_ten_times_reach_everyone(tmp_path):
    kills = []
    with (
        valkey() as broker,
        sink(tmp_path, delay_ms=10) as mail,
        portal(broker, mail, tmp_path, **SCALED) as processes,
    ):
        processes.beat()
        queue(500)
        worker = processes.worker(AT_ONCE)
        for _ in range(10):
            more = len(mail.entries()) + 1
            wait_until(lambda: len(mail.entries()) >= more, seconds=CAUGHT_UP, what="any mail")  # noqa: B023 - called at once
            time.sleep(random.uniform(0, 0.25))
            before = time.time()
            worker.kill()
            kills.append((before, time.time()))
            assert not all_settled(), "every kill has to hurt: the test needs more messages or a slower server"
            worker.start()
        wait_until(all_settled, seconds=CAUGHT_UP + 15, what="the last mail")
        copies, entries = mail.copies(), mail.entries()

    assert Message.objects.filter(state=Message.State.SENT).count() == 500
    assert len({recipient for recipient, _ in copies}) == 500
    assert set(copies) == {(message.to_email, message.message_id) for message in Message.objects.all()}
    in_flight = Counter()
    for recipient, _ in copies:
        *repeated, _last = [at for _, to, at in entries if to == recipient]
        met = [min(kills, key=lambda kill: apart(kill, at)) for at in repeated]
        late = [at for at, kill in zip(repeated, met, strict=True) if apart(kill, at) > 0.5]
        assert not late, f"{recipient} was written to again without having been in flight at a kill"
        assert len(set(met)) == len(met), f"{recipient} got more copies than one and the kills that met it"
        in_flight.update(met)
    assert max(in_flight.values(), default=0) <= AT_ONCE, "a kill repeats at most the one message each thread holds"


def test_broker_emptied_frozen_and_lost_loses_nothing(tmp_path):
    with (
        valkey() as broker,
        sink(tmp_path, delay_ms=10) as mail,
        portal(broker, mail, tmp_path, **SCALED) as processes,
    ):
        processes.beat()
        processes.worker()
        queue(150)
        wait_until(lambda: len(mail.entries()) > 0, seconds=START, what="any mail")
        broker.empty()
        wait_until(lambda: len(mail.entries()) >= 150, seconds=CAUGHT_UP, what="the mail after the broker was emptied")

        broker.freeze()
        queue(50, "frozen")
        time.sleep(STOPPED)
        broker.thaw()
        wait_until(lambda: len(mail.entries()) >= 200, seconds=CAUGHT_UP, what="the mail after the broker was frozen")

        wait_until(all_settled, seconds=CAUGHT_UP, what="the end of the worker's turn")
        time.sleep(1)  # and of the nudges it still holds
        broker.kill()
        queue(50, "stopped")
        time.sleep(STOPPED)
        assert Message.objects.filter(key__startswith="stopped", state=Message.State.QUEUED).count() == 50
        broker.start()
        took = wait_until(all_settled, seconds=CAUGHT_UP, what="the mail after the broker came back")

        assert len(mail.entries()) == len(mail.copies()) == 250
        assert took < CAUGHT_UP


def test_broker_frozen_killed_and_started_keeps_its_worker(tmp_path):
    """The worker reconnects however the broker went: FAULTS_IN_REAL_TIME=1 does it forty times."""
    rounds = 40 if IN_REAL_TIME else 4
    with valkey() as broker, sink(tmp_path) as mail, portal(broker, mail, tmp_path, **SCALED) as processes:
        processes.beat()
        worker = processes.worker()
        for number in range(rounds):
            queue(10, f"before{number}-")
            time.sleep(random.random() * 0.4)
            broker.freeze()
            time.sleep((0.05, 0.5, 1.5, 5.5)[number % 4])  # 5.5 is longer than the worker waits for an answer
            queue(5, f"frozen{number}-")
            broker.kill()
            time.sleep(0.2)
            broker.start()
            wait_until(all_settled, seconds=CAUGHT_UP, what=f"the mail of round {number}")
            assert worker.popen.poll() is None, worker.log.read_text()[-2000:]
        assert len(mail.entries()) == len(mail.copies()) == rounds * 15


def test_mail_server_that_was_down_gets_everything_when_it_is_back(tmp_path):
    with valkey() as broker, sink(tmp_path) as mail, portal(broker, mail, tmp_path, **SCALED) as processes:
        processes.beat()
        mail.kill()
        queue(100)
        processes.worker()
        wait_until(lambda: Message.objects.exclude(last_error="").exists(), seconds=START, what="the failure")
        assert not Message.objects.filter(state=Message.State.FAILED).exists()
        assert not Message.objects.filter(attempts__gt=0).exists()

        mail.start()
        wait_until(all_settled, seconds=CAUGHT_UP, what="the mail after the server came back")
        assert len(mail.entries()) == len(mail.copies()) == 100


def test_nudge_alone_is_enough_where_nothing_dies(tmp_path):
    with valkey() as broker, sink(tmp_path) as mail, portal(broker, mail, tmp_path) as processes:
        worker = processes.worker()
        queue(1, "nudged")
        wait_until(all_settled, seconds=START, what="the mail with no clock to sweep")
        assert worker.popen.poll() is None

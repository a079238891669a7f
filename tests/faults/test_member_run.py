"""A call for views reaches each of 500 organisations once, whatever dies while its emails are queued and sent."""

import random
import time

import pytest
from django.utils import timezone

from assemblies.voice.models import MemberRun
from partnership.accounts.models import User
from partnership.outbox.models import Message
from partnership.partners.models import Membership, Partner
from tests.assemblies.voice.voice import sector
from tests.faults.harness import portal, sink, valkey, wait_until
from tests.faults.pace import AT_ONCE, CAUGHT_UP, LEASE, PATIENCE, SCALED, START, SWEEP
from tests.faults.reached import PEOPLE, check_everybody_has_exactly_one

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, PATIENCE]
KILLS = 4


def ask_500() -> MemberRun:
    """A representative asks 500 organisations with a member each."""
    people = User.objects.bulk_create(User(email=f"member.{n}@example.org", name=f"Person {n}") for n in range(PEOPLE))
    partners = Partner.objects.bulk_create(
        Partner(name=f"Group {n}", slug=f"group-{n}", kind="vcfse", state="listed") for n in range(PEOPLE)
    )
    Membership.objects.bulk_create(
        Membership(user=user, partner=partner, state="accepted", decided_at=timezone.now())
        for user, partner in zip(people, partners, strict=True)
    )
    return sector().ask(emailed=False).run


def reached() -> int:
    return Message.objects.count() + Message.objects.filter(state=Message.State.SENT).count()


def all_sent(run: MemberRun) -> bool:
    run.refresh_from_db()
    return bool(run.finished_at) and not Message.objects.open().exists()


def test_killed_workers_ask_each_of_500_organisations_once(tmp_path):
    with valkey() as broker, sink(tmp_path, delay_ms=5) as mail, portal(broker, mail, tmp_path, **SCALED) as processes:
        run = ask_500()
        processes.beat()
        worker = processes.worker(AT_ONCE)
        kills, killed_while_queueing = [], 0
        for _ in range(KILLS):
            before = reached()
            wait_until(lambda: reached() > before, seconds=START + LEASE + SWEEP, what="progress")  # noqa: B023 - called at once
            time.sleep(random.uniform(0, 0.15))
            worker.kill()
            kills.append(time.time())
            assert not all_sent(run), "every kill has to hurt"
            killed_while_queueing += not run.finished_at
            worker.start()
        wait_until(lambda: all_sent(run), seconds=CAUGHT_UP + 45, what="the last organisation")
        check_everybody_has_exactly_one(run, mail, kills)
        assert killed_while_queueing, "no kill fell into the queueing: the test needs smaller chunks"

"""Invitations and reminders reach each person once, whatever dies while they are queued and sent.

Leases, sweeps and outages are shorter than in production unless `FAULTS_IN_REAL_TIME=1` (`pace.py`); a chunk is 10
people here and 200 in production, so that a kill lands between two chunks, or inside one.
"""

import random
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.invitations import delivery
from assemblies.invitations.actions import invitation_run
from assemblies.invitations.models import InvitationRun
from assemblies.lists.models import ListEntry
from assemblies.organising.models import ReminderRun
from assemblies.registrations.models import Registration
from tests.factories import (
    InvitationListFactory,
    MeetingFactory,
    RegistrationFactory,
    ReminderRuleFactory,
    StaffFactory,
)
from tests.faults.harness import portal, sink, valkey, wait_until
from tests.faults.pace import AT_ONCE, CAUGHT_UP, LEASE, PATIENCE, SCALED, START, SWEEP
from tests.faults.reached import PEOPLE, check_everybody_has_exactly_one

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, PATIENCE]


def send_to_500() -> InvitationRun:
    """Staff send to 500 people on one signed-off list."""
    invitation_list = InvitationListFactory()
    ListEntry.objects.bulk_create(
        ListEntry(list=invitation_list, email=f"person{number}@example.org", name=f"Person {number}")
        for number in range(PEOPLE)
    )
    return invitation_run.invite(meeting=invitation_list.meeting, by=StaffFactory(), key=uuid4())


def reached(run: InvitationRun) -> int:
    """How far the run has come: what is queued, and what has been sent."""
    now = delivery.progress(InvitationRun.objects.get(pk=run.pk))
    return now.queued + now.sent


def all_sent(run: InvitationRun) -> bool:
    return delivery.progress(InvitationRun.objects.get(pk=run.pk)).done


def test_killed_workers_invite_each_of_500_people_once(tmp_path):
    with valkey() as broker, sink(tmp_path, delay_ms=5) as mail, portal(broker, mail, tmp_path, **SCALED) as processes:
        run = send_to_500()
        processes.beat()
        worker = processes.worker(AT_ONCE)
        kills, killed_while_queueing = [], 0
        for _ in range(10):
            before = reached(run)
            wait_until(lambda: reached(run) > before, seconds=START + LEASE + SWEEP, what="progress")  # noqa: B023 - called at once
            time.sleep(random.uniform(0, 0.15))
            worker.kill()
            kills.append(time.time())
            assert not all_sent(run), "every kill has to hurt"
            killed_while_queueing += not InvitationRun.objects.get(pk=run.pk).finished_at
            worker.start()
        wait_until(lambda: all_sent(run), seconds=CAUGHT_UP + 45, what="the last invitation")
        check_everybody_has_exactly_one(run, mail, kills)
        assert killed_while_queueing, "no kill fell into the queueing: the test needs smaller chunks"


def test_valkey_emptied_during_a_run_loses_nobody(tmp_path):
    with valkey() as broker, sink(tmp_path, delay_ms=5) as mail, portal(broker, mail, tmp_path, **SCALED) as processes:
        run = send_to_500()
        processes.beat()
        processes.worker()
        for share in (PEOPLE // 4, PEOPLE, PEOPLE + PEOPLE // 2):
            wait_until(lambda: reached(run) >= share, seconds=START + 15, what=f"{share}")  # noqa: B023 - called at once
            broker.empty()
        wait_until(lambda: all_sent(run), seconds=CAUGHT_UP + 45, what="the last invitation")
        check_everybody_has_exactly_one(run, mail)
        assert max(mail.copies().values()) == 1


def test_sweep_missed_for_three_hours_reminds_each_person_once(tmp_path):
    starts_at = timezone.now() + timedelta(hours=21)
    meeting = MeetingFactory(starts_at=starts_at, published_at=timezone.now() - timedelta(days=9))
    week, day = ReminderRuleFactory(meeting=meeting, minutes=7 * 24 * 60), ReminderRuleFactory(meeting=meeting)
    started = MeetingFactory(
        starts_at=timezone.now() - timedelta(minutes=5), published_at=timezone.now() - timedelta(days=9)
    )
    hour = ReminderRuleFactory(meeting=started, minutes=60)
    RegistrationFactory.create_batch(40, meeting=meeting)
    RegistrationFactory.create_batch(5, meeting=started)
    with valkey() as broker, sink(tmp_path) as mail, portal(broker, mail, tmp_path, **SCALED) as processes:
        processes.beat()
        processes.worker()
        processes.worker()
        wait_until(lambda: len(mail.entries()) >= 40, seconds=START + 15, what="the reminders")
        time.sleep(3 * SWEEP)
        assert set(mail.copies().values()) == {1}
        recipients = {recipient for recipient, _ in mail.copies()}
    assert recipients == set(Registration.objects.filter(meeting=meeting).values_list("email", flat=True))
    sent = {run.rule: (run.sent, bool(run.skipped)) for run in ReminderRun.objects.all()}
    assert sent == {week: (0, True), day: (40, False), hour: (0, True)}


def test_sending_needs_no_clock(start_worker, smtp):
    start_worker()
    listed = InvitationListFactory()
    for number in range(3):
        ListEntry.objects.create(list=listed, email=f"person{number}@example.org", name="Ann")
    run = invitation_run.invite(meeting=listed.meeting, by=StaffFactory(), key=uuid4())
    smtp.wait_for(3, seconds=START)
    wait_until(lambda: all_sent(run), seconds=START, what="the end of the run")
    assert sorted(mail.to[0] for mail in smtp.messages) == [f"person{number}@example.org" for number in range(3)]
    assert all(mail.calendar for mail in smtp.messages)

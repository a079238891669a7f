"""Asking, answering, summing up and reporting back, submitted by several at the same moment."""

from uuid import uuid4

import pytest

from assemblies.papers.models import Document
from assemblies.voice.actions import call_reminder, member_run, partner_answer, topic_summary
from assemblies.voice.actions.partner_answer import View
from assemblies.voice.models import CallForViews, PartnerAnswer, ReportBack
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.voice.voice import over, sector
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return sector("Aid", "Bees")


def test_asked_at_once_is_one_call_and_one_mail_for_each_person(here):
    key = uuid4()
    at_once(lambda: here.ask(key=key, emailed=False))
    assert sum(at_once(member_run.resume)) == 2
    assert CallForViews.objects.count() == 1
    assert Message.objects.count() == 2


def test_colleagues_who_answer_at_once_do_not_overwrite_each_other(here):
    call = here.ask()
    topics, stances = list(call.topics.all()), iter(["support", "concerns", "changes", "none"])
    people = [make.MembershipFactory(partner=here.partners[0]).user for _ in range(4)]
    given = [
        (person, dict.fromkeys(topics, View(stance, "Mine."))) for person, stance in zip(people, stances, strict=True)
    ]

    def answer():
        person, views = given.pop()
        try:
            return partner_answer.give(
                call=call, partner=here.partners[0], by=person, views=views, named=False, seen=0
            ).given_by
        except Refusal:
            return None

    first = [person for person in at_once(answer) if person]
    assert len(first) == 1
    assert PartnerAnswer.objects.get().given_by == first[0]


def test_reminded_by_two_workers_at_once_is_told_once(here):
    call = here.ask()
    Message.objects.all().delete()
    assert sum(at_once(lambda: call_reminder.run_due(call.closes_at))) == 0  # it is closed by then
    when = call.closes_at - call_reminder.BEFORE
    assert sum(at_once(lambda: call_reminder.run_due(when))) == 2
    assert Message.objects.count() == 2


def test_summed_up_at_once_is_one_paper(here):
    topic = here.ask().topics.first()
    at_once(lambda: topic_summary.attach(topic=topic, by=here.holder, text="All of them want the bus."), times=2)
    assert Document.objects.count() == 1


def test_reported_at_once_is_one_report_and_one_mail_for_each_person(here):
    over(here.meeting)
    at_once(lambda: here.report(emailed=False))
    assert sum(at_once(member_run.resume)) == 2
    assert ReportBack.objects.count() == 1
    assert Message.objects.count() == 2

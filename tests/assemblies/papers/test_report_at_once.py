"""Two who sign, submit or publish a report at the same moment: it happens once."""

import pytest

from assemblies.forward_plan.actions import topic as topics
from assemblies.papers.actions import report as reports
from assemblies.papers.actions import report_publication, report_step
from assemblies.papers.models import Report, ReportStep, ReportVersion
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.assemblies.papers.signing import chain, now, submitted
from tests.at_once import at_once, holds_while_it_waits
from tests.factories import LedItemFactory, ReportFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def said(act):
    """What an act returned, or the words with which it was refused."""
    try:
        return act()
    except Refusal as refusal:
        return refusal.message


def test_approved_at_once_goes_to_the_next_step_once():
    report = submitted("Finance", "Director")
    step = now(report)
    at_once(lambda: report_step.approve(step=step, by=step.holder, seen=step.version.sha256))
    assert [each.state for each in ReportStep.objects.order_by("position")] == ["approved", "open"]
    assert Message.objects.count() == 2


def test_approved_and_returned_at_once_is_one_of_them():
    report = submitted("Finance")
    step = now(report)
    acts = [report_step.approve, report_step.send_back]

    def act():
        take = acts.pop()
        return said(lambda: take(step=step, by=step.holder, seen=step.version.sha256, comment="Because."))

    answers = at_once(act, 2)
    report.refresh_from_db()
    step.refresh_from_db()
    assert (step.state, report.state) in {("approved", "signed"), ("returned", "returned")}
    assert sum(isinstance(each, str) for each in answers) == 1


def test_handed_over_and_approved_at_once_is_signed_by_its_holder():
    report = submitted("Finance")
    step, other = now(report), UserFactory()
    acts = [
        lambda: report_step.approve(step=step, by=step.holder, seen=step.version.sha256),
        lambda: report_step.hand_over(step=step, by=step.holder, to=other),
    ]
    at_once(lambda: said(acts.pop()), 2)
    step.refresh_from_db()
    assert (step.state, step.holder == other) in {("approved", False), ("open", True)}


def test_submitted_at_once_is_one_version():
    report = ReportFactory()
    chain(report.board, "Finance")
    at_once(lambda: reports.submit(report=report, by=report.author, revision=0))
    assert ReportVersion.objects.count() == 1
    assert Message.objects.count() == 1


def test_started_at_once_is_one_report():
    item = LedItemFactory()
    at_once(lambda: reports.start(item=item, by=item.lead))
    assert Report.objects.count() == 1


def test_published_at_once_is_published_once():
    report = submitted()
    by = StaffFactory()
    at_once(lambda: report_publication.publish(report=report, meeting=report.item.meeting, by=by))
    assert ReportVersion.objects.published().count() == 1


def test_submitted_while_its_item_is_closed_waits_before_it_locks():
    report = ReportFactory()
    chain(report.board, "Finance")
    is_held = holds_while_it_waits(
        lambda: reports.submit(report=report, by=report.author, revision=0),
        report,
        lock=lambda: topics.lock(report.item.topic),
    )
    assert not is_held
    assert ReportVersion.objects.count() == 1

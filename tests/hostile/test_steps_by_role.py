"""A report is signed by those whose step it is: nobody takes two steps by a way round, nor one that is no longer theirs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.papers.actions import report as reports
from assemblies.papers.actions import report_step
from partnership.boards.models import ActingChair
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.papers.signing import chain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def meeting():
    return make.MeetingFactory(
        slug="september", starts_at=make.in_days(30), ends_at=make.in_days(30) + timedelta(hours=2)
    )


def test_who_submits_a_report_takes_no_other_step_of_it():
    report = make.ReportFactory()
    first, _ = chain(report.board, "Finance", "Director")
    colleague = first.holder
    report.item.lead = colleague
    report.item.save()
    with pytest.raises(Refusal):
        reports.submit(report=report, by=colleague)
    other = make.UserFactory()
    version = reports.submit(report=report, by=colleague, holders={first: other})
    step = version.steps.get(position=2)
    with pytest.raises(Refusal):
        report_step.hand_over(step=step, by=step.holder, to=colleague)


def test_step_of_the_chair_is_not_taken_when_acting_is_over(meeting):
    board = meeting.board
    report = make.ReportFactory(item=make.LedItemFactory(board=board, meeting=meeting))
    chair = make.ChairFactory(seat__board=board).holder
    usual = make.BoardStepFactory(board=board, name="Chair", by_chair=True, holder=None)
    acting = make.UserFactory()
    today = timezone.localdate()
    row = ActingChair.objects.create(board=board, person=acting, starts_on=today, ends_on=today)
    version = reports.submit(report=report, by=report.author)
    step = version.steps.get()
    assert step.holder == acting
    type(usual).objects.filter(pk=usual.pk).update(name="Presiding member")
    ActingChair.objects.filter(pk=row.pk).update(starts_on=today - timedelta(days=5), ends_on=today - timedelta(days=1))
    with pytest.raises(Refusal, match="chair’s step"):
        report_step.approve(step=step, by=acting, seen=version.sha256)
    with pytest.raises(Refusal, match="chair’s step"):
        report_step.hand_over(step=step, by=acting, to=make.UserFactory())
    report_step.hand_over(step=step, by=acting, to=chair)
    step.refresh_from_db()
    assert report_step.approve(step=step, by=chair, seen=version.sha256).state == "approved"

"""Which rows of closed matter each person reads: the board, its deputies, staff, and those who work on the report."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.forward_plan.models import PlannedItem
from assemblies.papers.models import AgendaItem, Document, Report, ReportVersion
from tests import factories as make
from tests.assemblies.papers.signing import submit

pytestmark = pytest.mark.django_db

MODELS = (PlannedItem, AgendaItem, Document, ReportVersion)


@pytest.fixture
def matter():
    """A closed item of a published meeting, with a paper and a published report."""
    item = make.LedItemFactory()
    closure = item.closure = make.ClosureGroundFactory(board=item.board).closure
    item.save()
    report = make.ReportFactory(item=item, author=make.UserFactory())
    submit(report)
    version = make.AgendaVersionFactory(meeting=item.meeting)
    row = make.AgendaItemFactory(version=version, planned=item, closure=closure)
    row.documents.add(make.DocumentFactory(meeting=item.meeting))
    report.versions.update(published_at=timezone.now(), published_by=make.StaffFactory(), meeting=item.meeting)
    Report.objects.update(state=Report.State.PUBLISHED)
    return item


def readers(user) -> list[bool]:
    return [model.objects.readable_by(user).exists() for model in MODELS]


def test_nobody_outside_the_board_reads_closed_matter(matter):
    elsewhere = make.AppointmentFactory().holder
    for outsider in (AnonymousUser(), make.UserFactory(), elsewhere):
        assert not any(readers(outsider))
        assert not Document.objects.visible_to(outsider).exists()
        assert not Report.objects.visible_to(outsider).exists()
    assert not Document.objects.public().exists()
    assert not ReportVersion.objects.public().exists()


def test_board_its_deputies_and_staff_read_closed_matter(matter):
    term = make.AppointmentFactory(seat__board=matter.board, deputy=make.UserFactory())
    chair = make.ChairFactory(seat__board=matter.board).holder
    for reader in (make.StaffFactory(), term.holder, term.deputy, chair):
        assert all(readers(reader))
        assert Document.objects.visible_to(reader).exists()
        assert Report.objects.visible_to(reader).exists()


def test_member_whose_term_is_over_does_not_read_it(matter):
    today = timezone.localdate()
    over = make.AppointmentFactory(seat__board=matter.board, ends_on=today.replace(year=today.year - 1))
    assert not any(readers(over.holder))


def test_those_who_work_on_the_report_read_its_item_and_papers(matter):
    for worker in (matter.lead, matter.report.author):
        assert AgendaItem.objects.readable_by(worker).exists()
        assert Document.objects.readable_by(worker).exists()
        assert Report.objects.visible_to(worker).exists()
    assert PlannedItem.objects.readable_by(matter.lead).exists()


def test_released_matter_is_open_to_everybody(matter):
    closures.release(closure=matter.closure, by=make.StaffFactory(), note="The contract is signed.")
    assert all(readers(AnonymousUser()))
    assert Document.objects.public().exists()
    assert Report.objects.public().exists()
    assert not AgendaItem.objects.closed().exists()


def test_file_with_a_closure_of_its_own_is_closed_beside_open_ones():
    meeting = make.MeetingFactory()
    appendix = make.DocumentFactory(meeting=meeting, closure=make.ClosureGroundFactory().closure)
    opened = make.DocumentFactory(meeting=meeting)
    assert list(Document.objects.public()) == [opened]
    assert list(Document.objects.closed()) == [appendix]


def test_published_report_whose_item_is_closed_later_is_closed(matter):
    report = make.ReportFactory()
    submit(report)
    report.versions.update(published_at=timezone.now(), published_by=make.StaffFactory(), meeting=report.item.meeting)
    assert ReportVersion.objects.public().filter(report=report).exists()
    PlannedItem.objects.filter(pk=report.item_id).update(closure=matter.closure)
    assert not ReportVersion.objects.public().filter(report=report).exists()
    PlannedItem.objects.filter(pk=report.item_id).update(meeting=make.MeetingFactory())  # the item moves on
    assert ReportVersion.objects.public().filter(report=report).exists()

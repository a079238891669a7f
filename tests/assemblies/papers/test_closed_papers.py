"""Which rows of closed matter each person reads: the board, its deputies, staff, and those who work on the report."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.forward_plan.models import PlannedItem
from assemblies.papers.actions import report_publication
from assemblies.papers.models import AgendaItem, Document, Report, ReportVersion
from tests import factories as make
from tests.assemblies.closures.closing import close
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


def test_report_closed_once_published_stays_so_when_its_item_moves():
    report = make.ReportFactory()
    submit(report)
    report_publication.publish(report=report, meeting=report.item.meeting, by=make.StaffFactory())
    assert ReportVersion.objects.public().exists()
    close(report.item)
    assert not ReportVersion.objects.public().exists()
    PlannedItem.objects.update(meeting=make.MeetingFactory(board=report.board), closure=None)
    assert not ReportVersion.objects.public().exists()


def test_version_closed_on_record_keeps_its_closure():
    report, closure = make.ReportFactory(), make.ClosureGroundFactory().closure
    submit(report)
    report.versions.update(closure=closure)
    for other in (None, make.ClosureGroundFactory().closure):
        with pytest.raises(IntegrityError), transaction.atomic():
            report.versions.update(closure=other)

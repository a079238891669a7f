"""Reports come out with their meeting's agenda: those that are signed off, with their appendices, and no others."""

import pytest
from django.core.files.base import ContentFile

from assemblies.forward_plan.actions import planned_item
from assemblies.papers.actions import agenda, agenda_publication, report_publication
from assemblies.papers.models import Document, Report
from partnership.refusals import Refusal
from tests.assemblies.papers.signing import sign_off, submit, submitted
from tests.factories import ChairFactory, LedItemFactory, ReportAppendixFactory, ReportFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def publish_agenda(meeting, *titles):
    chair = ChairFactory(seat__board=meeting.board).holder
    for title in titles:
        agenda.write_item(meeting=meeting, by=chair, item=None, title=title, purpose="decision", documents=[])
    return agenda_publication.publish(
        meeting=meeting, by=chair, seen=agenda_publication.fingerprint(agenda.draft_of(meeting))
    )


def test_agenda_publishes_its_reports_with_their_item_numbers():
    report = submitted()
    meeting = report.item.meeting
    publish_agenda(meeting, "Welcome", report.item.topic.title)
    report.refresh_from_db()
    version = report.versions.get()
    assert (report.state, version.meeting, version.item_number) == (Report.State.PUBLISHED, meeting, 2)


def test_item_number_is_that_of_the_planned_item_whatever_its_title():
    report, other = submitted(), submitted()
    meeting = report.item.meeting
    agenda.fill_from_plan(meeting=meeting, by=None)
    item = agenda.draft_of(meeting).items.get(planned=report.item)
    agenda.write_item(meeting=meeting, by=None, item=item, documents=[], title="Another title on the agenda")
    agenda.write_item(
        meeting=meeting, by=None, item=None, title=other.item.topic.title, purpose="discussion", documents=[]
    )
    publish_agenda(meeting)
    assert report.versions.get().item_number == 1
    assert not other.versions.get().published_at, "it is planned for another meeting"


def test_item_written_by_hand_under_its_title_is_the_planned_one():
    report = submitted()
    meeting = report.item.meeting
    publish_agenda(meeting, "Welcome", report.item.topic.title.upper())
    assert meeting.agenda_versions.get().items.get(position=2).planned == report.item
    assert report.versions.get().item_number == 2


def test_report_whose_item_is_off_the_agenda_stays_unseen():
    report = submitted()
    publish_agenda(report.item.meeting, "Welcome")
    report.refresh_from_db()
    assert report.state == Report.State.SIGNED


def test_report_that_is_not_signed_off_stays_unseen():
    waiting = submitted("Finance")
    meeting = waiting.item.meeting
    written = ReportFactory(item=LedItemFactory(board=waiting.board, meeting=meeting))
    publish_agenda(meeting, "Welcome")
    assert not Report.objects.public().exists()
    with pytest.raises(Refusal):
        report_publication.publish(report=written, meeting=meeting, by=StaffFactory())


def test_report_signed_off_later_comes_out_with_the_next_call():
    report = submitted("Finance")
    meeting, staff = report.item.meeting, StaffFactory()
    publish_agenda(meeting, report.item.topic.title)
    assert report_publication.publish_for(meeting=meeting, by=staff) == []
    sign_off(report)
    assert [each.report for each in report_publication.publish_for(meeting=meeting, by=staff)] == [report]
    assert report_publication.publish_for(meeting=meeting, by=staff) == []


def test_report_of_another_meeting_stays():
    report, other = submitted(), submitted()
    publish_agenda(other.item.meeting, other.item.topic.title)
    for each in (report, other):
        each.refresh_from_db()
    assert [report.state, other.state] == [Report.State.SIGNED, Report.State.PUBLISHED]


def test_report_of_a_withdrawn_item_stays():
    report = submitted()
    meeting = report.item.meeting
    agenda.fill_from_plan(meeting=meeting, by=None)
    planned_item.withdraw(item=report.item, by=None, reason="The law changed")
    publish_agenda(meeting)
    report.refresh_from_db()
    assert report.state == Report.State.SIGNED


def test_appendices_become_documents_of_the_meeting_once():
    report = ReportFactory()
    file = ContentFile(b"%PDF-1.7\n", name="plan.pdf")
    appendix = ReportAppendixFactory(report=report, title="The plan", file=file)
    ReportAppendixFactory(report=report, title="Removed before", removed_at=report.started_at)
    submit(report)
    assert not Document.objects.exists()
    for _ in range(2):
        report_publication.publish(report=report, meeting=report.item.meeting, by=StaffFactory())
    document = Document.objects.get()
    assert (document.title, document.meeting) == ("The plan", report.item.meeting)
    assert document.file.name == appendix.file.name
    assert document in Document.objects.public()

"""What was withdrawn or erased does not come back under another title, from a draft or with an import; who may withdraw it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item
from assemblies.papers.actions import agenda, erasure
from assemblies.papers.actions import document as documents
from assemblies.past_papers.actions import imported_file
from partnership.drafts.models import Draft
from tests import factories as make
from tests.assemblies.papers.packed import a_document, add_item, publish, signed_report
from tests.assemblies.papers.withdrawing import corrected, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def test_withdrawn_file_goes_under_each_title_it_ever_had(client, meeting, chair):
    paper = a_document(meeting, "First title")
    add_item(meeting, "Money", paper)
    publish(meeting, chair)
    for title in ("Second title", "Third title"):
        paper = documents.describe(document=paper, by=make.StaffFactory(), kind="paper", title=title)
        publish(meeting, chair)
        paper.refresh_from_db()
    withdraw(paper, chair)
    for each in meeting.documents.all():
        assert client.get(reverse("document", args=[meeting.slug, each.pk])).status_code == 410, each


def test_erasure_takes_drafts_of_every_form_of_the_report(meeting, chair):
    report = signed_report(meeting, "Plan")
    agenda.fill_from_plan(meeting=meeting, by=None)
    publish(meeting, chair)
    write = reverse("report_write", args=[report.pk])
    addresses = (write, f"{write}?x=1", reverse("report_submit", args=[report.pk]))
    for address in addresses:
        Draft.objects.create(user=report.author, address=address, answers="a=zyzzyva", saved_at=timezone.now())
    Draft.objects.create(user=report.author, address="/reports/new/1/", answers="a=b", saved_at=timezone.now())
    gone = withdraw(report, chair)
    staff = make.StaffFactory()
    erasure.confirm(erasure=erasure.ask(withdrawal=gone, by=chair), by=staff)
    assert list(Draft.objects.values_list("address", flat=True)) == ["/reports/new/1/"]


def test_chair_of_an_earlier_meeting_withdraws_what_came_out_there(client, meeting, chair):
    """The report came out again for a meeting that another board hosts."""
    report = signed_report(meeting, "Plan")
    planned_item.change(item=report.item, by=None, purpose="discussion")
    agenda.fill_from_plan(meeting=meeting, by=None)
    publish(meeting, chair)
    host = make.BoardFactory()
    later = make.MeetingFactory(board=host, starts_at=make.in_days(60))
    make.MeetingBoardFactory(meeting=later, board=meeting.board)
    planned_item.move(item=report.item, by=None, meeting=later, reason="Again.")
    corrected(report)
    agenda.fill_from_plan(meeting=later, by=None)
    publish(later, make.ChairFactory(seat__board=host).holder)
    made = withdraw(report, chair)
    assert made.is_final
    assert client.get(reverse("report_version", args=[report.pk, 1])).status_code == 410


def test_import_leaves_out_what_was_withdrawn_in_the_portal(meeting, chair):
    paper = a_document(meeting, "Letter", sha256="a" * 64)
    add_item(meeting, "Money", paper)
    publish(meeting, chair)
    paper.refresh_from_db()
    withdraw(paper, chair)
    row = make.ImportedFileFactory(batch__board=meeting.board, sha256="a" * 64)
    imported_file.settle(row)
    assert (row.outcome, "withdrawn" in row.reason) == ("left_out", True)

"""The agenda leads to the reports that came with it, their appendices, and the page of the pack; all of it stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item
from assemblies.papers.actions import agenda
from assemblies.papers.actions import report as reports
from assemblies.papers.models import Report
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.packed import a_document, add_item, publish, signed_report
from tests.assemblies.papers.test_pack_pages import ready
from tests.factories import AppointmentFactory, MeetingFactory, PdfCheckFactory
from tests.pages import words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def report(meeting, chair):
    """A published report with an appendix, beside a document."""
    report = signed_report(meeting, "The plan", "Slides")
    add_item(meeting, "The plan", a_document(meeting, "Figures"))
    publish(meeting, chair)
    report.refresh_from_db()
    return report


def agenda_page(client, meeting, number: int = 1) -> str:
    return words(client.get(reverse("agenda", args=[meeting.slug, number])))


def publish_again(report: Report, chair) -> None:
    """A newer version of the report, with the next version of the agenda."""
    reports.revise(report=report, by=chair)
    reports.write(report=report, by=chair, text=replace(report.working_text, recommendations=("Agree it.",)))
    reports.submit(report=report, by=chair, what_changed="One recommendation.")
    agenda.revise(meeting=report.item.meeting, by=chair)
    publish(report.item.meeting, chair)


def test_agenda_leads_to_reports_appendices_and_packs(client, meeting, report):
    version, slides = report.versions.get(), report.appendices.get().document
    for said in (agenda_page(client, meeting), words(client.get(meeting.get_absolute_url()))):
        assert f'href="{version.get_absolute_url()}">The plan</a>' in said
        assert f'href="{reverse("document", args=[meeting.slug, slides.pk])}">Slides</a>' in said
        assert "pack (being made)" in said
    ready(meeting.packs.get())
    said = agenda_page(client, meeting)
    assert f'href="{reverse("pack", args=[meeting.slug, "pack"])}">pack</a> (9 pages, 4.0 KB)' in said
    assert said.count("of the pack</span>") == 3
    assert "page 2 of the pack" in said


def test_page_in_a_supplement_names_it(client, meeting, chair, report):
    ready(meeting.packs.get())
    item = agenda.revise(meeting=meeting, by=chair).items.get()
    letter = a_document(meeting, "Letter")
    agenda.write_item(meeting=meeting, by=chair, item=item, documents=[*item.documents.all(), letter])
    publish(meeting, chair)
    ready(meeting.packs.last())
    assert "supplement 1, page 2" in agenda_page(client, meeting, 2)


def test_older_agenda_goes_on_showing_the_report_it_came_with(client, meeting, chair, report):
    first = report.versions.get()
    publish_again(report, chair)
    second = report.versions.first()
    assert (first.number, second.number) == (1, 2)
    assert first.get_absolute_url() in agenda_page(client, meeting, 1)
    assert second.get_absolute_url() not in agenda_page(client, meeting, 1)
    assert second.get_absolute_url() in agenda_page(client, meeting, 2)


def test_what_was_published_stays_when_the_item_moves_on(client, meeting, chair, report):
    ready(meeting.packs.get())
    version, slides = report.versions.get(), report.appendices.get().document
    addresses = [
        reverse("agenda", args=[meeting.slug, 1]),
        reverse("packs", args=[meeting.slug]),
        reverse("pack", args=[meeting.slug, "pack"]),
        reverse("document", args=[meeting.slug, slides.pk]),
        report.get_absolute_url(),
        version.get_absolute_url(),
    ]
    before = agenda_page(client, meeting)
    other = MeetingFactory(board=meeting.board, starts_at=meeting.starts_at + timedelta(days=60))
    planned_item.move(item=report.item, by=chair, meeting=other, reason="There was no time.")
    assert agenda_page(client, meeting) == before
    assert [client.get(address).status_code for address in addresses] == [200] * 6
    agenda.fill_from_plan(meeting=other, by=chair)
    publish(other, chair)
    assert version.get_absolute_url() not in agenda_page(client, other)
    assert agenda_page(client, meeting) == before


def test_closed_report_is_named_to_the_public_by_its_ground_alone(client, meeting, chair):
    report = signed_report(meeting, "Contract with Hill Ltd", "Offer of Hill Ltd")
    agenda.fill_from_plan(meeting=meeting, by=chair)
    close(report.item, by=chair, title="A contract")
    publish(meeting, chair)
    said = agenda_page(client, meeting)
    assert "A contract" in said
    assert "Hill Ltd" not in said
    sign_in(client, AppointmentFactory(seat__board=meeting.board).holder)
    said = agenda_page(client, meeting)
    assert "Contract with Hill Ltd</a>" in said
    assert "Offer of Hill Ltd</a>" in said


def test_closed_appendix_of_an_open_report_is_for_its_readers(client, meeting, chair):
    signed_report(meeting, "The plan", "Slides", "Prices of Hill Ltd", closed="Prices")
    agenda.fill_from_plan(meeting=meeting, by=chair)
    publish(meeting, chair)
    said = agenda_page(client, meeting)
    assert "Slides</a>" in said
    assert "Hill Ltd" not in said
    sign_in(client, chair)
    assert "Prices of Hill Ltd</a>" in agenda_page(client, meeting)


@pytest.mark.parametrize("signed_in", [False, True])
def test_agenda_asks_the_same_for_one_report_as_for_many(client, meeting, chair, signed_in):
    def add(number: int) -> None:
        for each in range(number):
            signed_report(meeting, f"Plan {meeting.planned_items.count()}", f"Slides {each}", "Prices")
        agenda.fill_from_plan(meeting=meeting, by=chair)
        for row in agenda.draft_of(meeting).items.all():
            row.documents.add(a_document(meeting, "Figures"))
        publish(meeting, chair)

    if signed_in:
        sign_in(client, chair)
    add(1)
    add(1)  # the first version has no list of changes
    few = queries(client, reverse("agenda", args=[meeting.slug, 2]))
    add(5)
    assert queries(client, reverse("agenda", args=[meeting.slug, 3])) == few


@pytest.mark.parametrize("tagged", [True, False])
def test_report_says_of_an_untagged_appendix_who_to_ask(client, meeting, chair, settings, tagged):
    settings.CONTACT_EMAIL = "papers@example.org"
    report = signed_report(meeting, "The plan", "Slides")
    done = {"state": "passed", "done_at": timezone.now()}
    PdfCheckFactory(document=None, appendix=report.appendices.get(), tagged=tagged, **done)
    agenda.fill_from_plan(meeting=meeting, by=chair)
    publish(meeting, chair)
    said = words(client.get(report.get_absolute_url()))
    assert ('Slides</a> <span class="report-untagged">It may not be accessible.</span>' in said) is not tagged
    assert ('ask <a class="govuk-link portal-break" href="mailto:papers@example.org">' in said) is not tagged

"""Before the chair publishes: what stops them, what they should know, what comes out, and who is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item
from assemblies.papers.actions import agenda
from assemblies.papers.models import AgendaVersion
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.packed import a_document, add_item, publish, signed_report
from tests.assemblies.papers.signing import now, send_back, submitted
from tests.factories import AppointmentFactory, ClosureFactory, LedItemFactory, ReportFactory
from tests.pages import words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def page(client, meeting, chair) -> str:
    sign_in(client, chair)
    return words(client.get(reverse("manage_agenda_publish", args=[meeting.slug])))


def planned(meeting, title: str = "The plan", **more):
    item = LedItemFactory(board=meeting.board, meeting=meeting, topic__title=title, **more)
    agenda.fill_from_plan(meeting=meeting, by=None)
    return item


def test_complete_agenda_says_that_nothing_is_missing(client, meeting, chair):
    signed_report(meeting, "The plan", "Slides")
    agenda.fill_from_plan(meeting=meeting, by=chair)
    said = page(client, meeting, chair)
    assert "Nothing is missing" in said
    assert "You cannot publish it yet" not in said
    assert "The plan</a>, signed off, comes out with the agenda" in said
    assert said.count(">Publish the agenda</button>") == 1


def test_item_without_its_report_is_named_and_does_not_stop(client, meeting, chair):
    item = planned(meeting)
    said = page(client, meeting, chair)
    assert "Item 1, “The plan”, needs a report, and nobody has started it." in said
    assert item.topic.get_absolute_url() in said
    assert publish(meeting, chair).state == AgendaVersion.State.PUBLISHED


def test_item_with_a_paper_in_place_of_a_report_is_complete(client, meeting, chair):
    planned(meeting)
    row = agenda.draft_of(meeting).items.get()
    row.documents.add(a_document(meeting, "The plan as a file"))
    assert "Nothing is missing" in page(client, meeting, chair)


def test_report_that_is_not_signed_off_says_who_has_it(client, meeting, chair):
    report = submitted("Finance", item__board=meeting.board, item__meeting=meeting, item__topic__title="The plan")
    agenda.fill_from_plan(meeting=meeting, by=chair)
    step = now(report)
    said = page(client, meeting, chair)
    assert f"Item 1, “The plan”: {step.holder} has had the report since" in said
    send_back(step)
    assert "the report was returned to its author" in page(client, meeting, chair)
    publish(meeting, chair)
    assert not meeting.reports.exists()


def test_report_that_is_being_written_is_named(client, meeting, chair):
    ReportFactory(item=planned(meeting))
    assert "Item 1, “The plan”: the report is still being written." in page(client, meeting, chair)


def test_differences_from_the_plan_are_named(client, meeting, chair):
    item = planned(meeting, needs_report=False)
    planned_item.move(item=item, by=chair, meeting=None, reason="There was no time.")
    LedItemFactory(board=meeting.board, meeting=meeting, needs_report=False)
    said = page(client, meeting, chair)
    assert "Item 1, “The plan”, is no longer planned." in said
    assert "1 item is planned or standing and is not on the draft." in said


def test_all_that_stops_is_listed_and_there_is_no_button(client, meeting, chair):
    gone = a_document(meeting, "Gone")
    add_item(meeting, "Welcome", gone)
    add_item(meeting, "Contract")
    row = agenda.draft_of(meeting).items.get(title="Contract")
    row.closure = ClosureFactory()
    row.save()
    gone.withdrawn_at = timezone.now()
    gone.save()
    said = page(client, meeting, chair)
    assert "You cannot publish it yet" in said
    assert "A paper of item 1, “Welcome”, was withdrawn." in said
    assert "Item “Contract” (item 2) is closed without a ground" in said
    assert "Publish the agenda</button>" not in said
    assert "Go back to the draft" in said


def test_meeting_that_is_a_draft_stops_its_agenda(client, meeting, chair):
    add_item(meeting, "Welcome")
    meeting.state = "draft"
    meeting.save()
    assert "The meeting itself is still a draft." in page(client, meeting, chair)


def test_who_is_told_is_counted(client, meeting, chair):
    add_item(meeting, "Welcome")
    AppointmentFactory(seat__board=meeting.board)
    assert "We email 1 person on the board: one email, “papers are out”." in page(client, meeting, chair)
    AppointmentFactory(seat__board=meeting.board)
    meeting.followers.create(email="f@example.org", key="f" * 43, confirmed_at=timezone.now())
    assert "We email 2 people on the board and 1 person who follows this meeting" in page(client, meeting, chair)


def test_closed_item_with_its_ground_does_not_stop(client, meeting, chair):
    add_item(meeting, "Contract")
    close(agenda.draft_of(meeting).items.get(), by=chair, title="A contract")
    said = page(client, meeting, chair)
    assert "You cannot publish it yet" not in said
    assert "The public reads the title “A contract”." in said


def test_page_asks_the_same_for_one_item_as_for_many(client, meeting, chair):
    address = reverse("manage_agenda_publish", args=[meeting.slug])
    sign_in(client, chair)

    def add() -> None:
        submitted(item__board=meeting.board, item__meeting=meeting)
        report = ReportFactory(item=LedItemFactory(board=meeting.board, meeting=meeting))
        agenda.fill_from_plan(meeting=meeting, by=None)
        row = agenda.draft_of(meeting).items.get(planned=report.item)
        row.documents.add(a_document(meeting, "Paper"))

    add()
    few = queries(client, address)
    for _ in range(4):
        add()
    assert queries(client, address) == few


def test_report_signed_off_while_the_chair_reads_is_read_first(client, meeting, chair):
    item = planned(meeting)
    sign_in(client, chair)
    address = reverse("manage_agenda_publish", args=[meeting.slug])
    seen = client.get(address).context["form"].initial["seen"]
    report = ReportFactory(item=item)
    report.state = "signed"
    report.save()
    assert "Someone changed the draft after you opened this page." in words(client.post(address, {"seen": seen}))

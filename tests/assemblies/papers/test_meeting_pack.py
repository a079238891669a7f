"""What comes out in a pack is said once, on publication: every paper of the agenda, then what is new, and what was released."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from assemblies.closures.actions import closure as closures
from assemblies.forward_plan.actions import planned_item
from assemblies.papers.actions import agenda, meeting_pack, report_publication
from assemblies.papers.actions import report as reports
from assemblies.papers.models import MeetingPack, Report
from partnership.refusals import Refusal
from tests.assemblies.papers.packed import a_document, add_item, held, publish, signed_report
from tests.factories import (
    AgendaItemFactory,
    ClosureGroundFactory,
    MeetingFactory,
    MeetingPackFactory,
    PackPartFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def plan(meeting, chair):
    """An agenda with a report and its appendix, and a document; not published yet."""
    signed_report(meeting, "The plan", "Slides")
    add_item(meeting, "Welcome")
    add_item(meeting, "The plan", a_document(meeting, "Figures"))
    return meeting


def packs(meeting) -> list[list[str]]:
    return [held(pack) for pack in meeting.packs.all()]


def closure_of(meeting, **more):
    return ClosureGroundFactory(board=meeting.board, **more).closure


def test_first_agenda_comes_out_as_the_pack_with_every_paper(plan, chair):
    version = publish(plan, chair)
    assert packs(plan) == [["Welcome", "The plan", "The plan", "Slides", "Figures"]]
    pack = plan.packs.get()
    assert (pack.number, pack.agenda, pack.state) == (0, version, MeetingPack.State.WAITING)
    assert [bool(part.report) for part in pack.parts.all()] == [False, False, True, False, False]
    assert [part.appendix for part in pack.parts.all()] == [0, 0, 0, 1, 0]


def test_cover_keeps_what_the_meeting_was_called_then(plan, chair):
    publish(plan, chair)
    title = plan.title
    plan.title = "Another title"
    plan.save()
    assert plan.packs.get().cover["meeting"] == title


def test_later_agenda_with_a_paper_is_a_supplement_of_that_alone(plan, chair):
    publish(plan, chair)
    item = agenda.revise(meeting=plan, by=chair).items.get(title="Welcome")
    agenda.write_item(meeting=plan, by=chair, item=item, documents=[a_document(plan, "A late letter")], title="Welcome")
    publish(plan, chair, comment="Please read it.")
    assert packs(plan)[1:] == [["Welcome", "A late letter"]]
    notes = plan.packs.last().cover["notes"]
    assert "Paper added: “A late letter” (item 1)." in notes
    assert "Comment from the chair: Please read it." in notes


def test_new_item_without_papers_is_in_the_supplement(plan, chair):
    publish(plan, chair)
    add_item(plan, "A late matter")
    publish(plan, chair)
    assert packs(plan)[1:] == [["A late matter"]]


def test_later_agenda_without_business_is_no_supplement(plan, chair):
    publish(plan, chair)
    item = agenda.revise(meeting=plan, by=chair).items.get(title="Welcome")
    agenda.write_item(meeting=plan, by=chair, item=item, documents=[], presenter="Ann Hill")
    publish(plan, chair)
    assert len(packs(plan)) == 1


def test_reason_for_a_late_supplement_is_printed_on_it(plan, chair):
    publish(plan, chair)
    add_item(plan, "A late matter")
    now = plan.starts_at - timedelta(hours=20)
    publish(plan, chair, urgent_reason="The court decided today.", now=now)
    notes = " ".join(plan.packs.last().cover["notes"])
    assert "Published late, because: The court decided today. It had to be published by" in notes


def test_report_signed_off_later_comes_with_the_next_version(plan, chair):
    publish(plan, chair)
    add_item(plan, "Winter")
    publish(plan, chair)
    signed_report(plan, "Winter", "Beds")
    agenda.revise(meeting=plan, by=chair)
    version = publish(plan, chair)
    assert version.change_note == "Report added: “Winter” (item 3)."
    assert packs(plan)[-1] == ["Winter", "Winter", "Beds"]


def test_newer_report_is_in_the_supplement_with_its_appendices(plan, chair):
    publish(plan, chair)
    report = reports.revise(report=Report.objects.get(), by=chair)
    reports.write(report=report, by=chair, text=replace(report.working_text, recommendations=("Agree it.",)))
    reports.submit(report=report, by=chair, what_changed="One recommendation.")
    agenda.revise(meeting=plan, by=chair)
    version = publish(plan, chair)
    assert version.change_note == "A newer version of the report: “The plan” (item 2)."
    assert packs(plan)[-1] == ["The plan", "The plan", "Slides"]


def test_closed_item_stands_in_both_parts_and_its_papers_in_one(meeting, chair):
    closure = closure_of(meeting, closure__public_title="A contract")
    add_item(meeting, "Contract with Hill Ltd", a_document(meeting, "Offer of Hill Ltd"))
    agenda.draft_of(meeting).items.update(closure=closure)
    publish(meeting, chair)
    assert packs(meeting) == [["A contract", "E: Contract with Hill Ltd", "E: Offer of Hill Ltd"]]
    assert "It is about a contract that is not signed." in meeting.packs.get().parts.first().closed


def test_closed_appendix_of_an_open_report_is_in_the_second_part(meeting, chair):
    report = signed_report(meeting, "The plan", "Slides", "Prices")
    add_item(meeting, "The plan")
    report.appendices.filter(title="Prices").update(closure=closure_of(meeting))
    publish(meeting, chair)
    assert packs(meeting) == [["The plan", "The plan", "Slides", "E: The plan", "E: Prices"]]
    assert meeting.packs.get().parts.first().closed.startswith("Part of its papers are closed. ")


def test_released_papers_come_as_the_next_supplement(meeting, chair):
    closure = closure_of(meeting)
    add_item(meeting, "Contract", a_document(meeting, "Offer"))
    agenda.draft_of(meeting).items.update(closure=closure)
    publish(meeting, chair)
    with pytest.raises(Refusal, match="No paper has been released"):
        meeting_pack.order_released(meeting=meeting, by=chair)
    closures.release(closure=closure, by=chair, note="The contract is signed.")
    pack = meeting_pack.order_released(meeting=meeting, by=chair)
    assert (held(pack), pack.number, pack.agenda) == (["Contract", "Offer"], 1, None)
    with pytest.raises(Refusal, match="No paper has been released"):
        meeting_pack.order_released(meeting=meeting, by=chair)


def test_pack_of_an_agenda_from_before_is_made_once(plan, chair):
    with pytest.raises(Refusal, match="not published yet"):
        meeting_pack.order_all(meeting=plan, by=chair)
    publish(plan, chair)
    MeetingPack.objects.all().delete()
    made = {meeting_pack.order_all(meeting=plan, by=chair) for _ in range(2)}
    assert made == {plan.packs.get()}


def test_pack_stays_when_its_item_moves_to_another_meeting(plan, chair):
    publish(plan, chair)
    other = MeetingFactory(board=plan.board, starts_at=plan.starts_at + timedelta(days=60))
    item = plan.planned_items.get()
    planned_item.move(item=item, by=chair, meeting=other, reason="There was no time.")
    assert packs(plan) == [["Welcome", "The plan", "The plan", "Slides", "Figures"]]
    add_item(plan, "A late matter")
    publish(plan, chair)
    assert packs(plan)[1:] == [["A late matter"]]
    assert report_publication.publish_for(meeting=other, by=chair) == []


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("pack_that_is_ready_has_its_pages", {"state": "ready"}),
        ("pack_that_failed_says_why", {"state": "failed"}),
        ("pack_that_failed_says_why", {"failed_because": "It is too large."}),
    ],
)
def test_database_holds_what_a_state_means(name, facts):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        MeetingPackFactory(**facts)


def test_database_holds_one_pack_of_a_number(plan, chair):
    publish(plan, chair)
    with pytest.raises(IntegrityError, match="pack_number_once"), transaction.atomic():
        MeetingPackFactory(agenda=plan.agenda_versions.get())


@pytest.mark.parametrize(
    ("name", "facts"),
    [("pack_part_is_one_thing", {"both": True}), ("appendix_is_a_file", {"appendix": 1})],
)
def test_database_holds_what_a_part_is(plan, chair, name, facts):
    publish(plan, chair)
    report, document = plan.reports.get(), plan.documents.first()
    given = {"report": report, "document": document} if facts.pop("both", False) else facts
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PackPartFactory(pack=plan.packs.get(), item=AgendaItemFactory(), **given)

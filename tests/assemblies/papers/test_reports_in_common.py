"""Several boards of a meeting in common have a report each on one topic: all stand under its one item."""

from dataclasses import replace

import pypdf
import pytest
from django.urls import reverse

from assemblies.closures.actions.closure import Said, SaidOfBoard
from assemblies.forward_plan.actions import planned_item
from assemblies.papers import before_publishing, changes
from assemblies.papers.actions import agenda, classification
from assemblies.papers.actions import report as reports
from assemblies.papers.models import AgendaItem, Document
from assemblies.papers.todo.agendas import _reports_after_the_agenda
from assemblies.papers.word.facts import facts_of
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.pack import packs
from tests.assemblies.papers.packed import a_document, held, made, publish
from tests.assemblies.papers.signing import submit
from tests.factories import (
    BoardFactory,
    ChairFactory,
    LedItemFactory,
    MeetingBoardFactory,
    ReportFactory,
    TopicFactory,
    in_days,
)
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def other(meeting):
    return MeetingBoardFactory(meeting=meeting, board=BoardFactory(name="Aldermen", kind="statutory")).board


@pytest.fixture
def both(meeting, other):
    """A report of each board on one topic, that of the host written last."""
    topic = TopicFactory(board=meeting.board, title="One budget")
    return [
        ReportFactory(item=LedItemFactory(board=board, meeting=meeting, topic=topic, purpose="discussion"))
        for board in (other, meeting.board)
    ][::-1]


def sign(*signed) -> None:
    for report in signed:
        submit(report)


def fill(meeting):
    agenda.fill_from_plan(meeting=meeting, by=None)
    return agenda.draft_of(meeting).items.get()


def test_each_boards_report_comes_out_under_the_one_item(client, meeting, chair, both):
    host = both[0]
    sign(*both)
    item = fill(meeting)
    assert item.planned == host.item
    sign_in(client, chair)
    page = words(client.get(reverse("manage_agenda_publish", args=[meeting.slug])))
    assert page.index(f"Report for the {meeting.board}:") < page.index("Report for the Aldermen:")
    publish(meeting, chair)
    versions = [report.versions.get() for report in both]
    assert [(each.meeting, each.item_number) for each in versions] == [(meeting, 1)] * 2
    client.logout()
    for address in (meeting.get_absolute_url(), reverse("agenda", args=[meeting.slug, 1])):
        page = words(client.get(address))
        found = [page.index(f'href="{each.get_absolute_url()}"') for each in versions]
        assert found == sorted(found), "the host's first, though the other was written first"
        assert "One budget, for the Aldermen</a>" in page
        assert f"One budget, for the {meeting.board}</a>" in page
    assert [facts_of(report).item for report in both] == ["1", "1"]


def test_pack_holds_both_reports_and_says_whose_each_is(meeting, chair, both):
    sign(*both)
    fill(meeting)
    publish(meeting, chair)
    pack = made(meeting)[0]
    titles = [f"{meeting.board}: One budget", "Aldermen: One budget"]
    assert held(pack) == ["One budget", *titles]
    printed = pypdf.PdfReader(pack.files.get().file.path)
    assert [title for title in packs.bookmarks(printed) if title in titles] == titles


def test_report_says_for_which_of_the_boards_it_is(client, meeting, chair, both):
    sign(*both)
    fill(meeting)
    publish(meeting, chair)
    page = words(client.get(both[1].get_absolute_url()))
    assert "<title>One budget, for the Aldermen" in page
    assert "Report for the Aldermen" in page


def test_chair_of_another_board_reads_which_reports_come(client, meeting, both):
    host, other = both
    sign(host)
    fill(meeting)
    page = sign_in(client, ChairFactory(seat__board=other.board).holder).get(
        reverse("manage_agenda", args=[meeting.slug])
    )
    assert f"Report for the {meeting.board}: One budget, signed off, comes out with the agenda" in words(page)
    assert "Item 1, “One budget”: the report for the Aldermen is still being written." in words(page)
    assert reverse("report_work", args=[host.pk]) not in page.text  # which is not theirs to open


def after_the_agenda(meeting) -> list:
    return list(_reports_after_the_agenda(type(meeting).objects.filter(pk=meeting.pk)))


def test_report_signed_before_there_is_an_agenda_waits_for_it(meeting, both):
    sign(*both)
    assert after_the_agenda(meeting) == []


def test_report_of_another_board_that_is_signed_later_comes_out_too(meeting, chair, both):
    host, other = both
    sign(host)
    fill(meeting)
    draft = agenda.draft_of(meeting)
    said = [point.words for point in before_publishing.reports_to_come(draft, draft.items.all())]
    assert said == ["Item 1, “One budget”: the report for the Aldermen is still being written."]
    publish(meeting, chair)
    sign(other)
    assert after_the_agenda(meeting) == [other]
    draft = agenda.revise(meeting=meeting, by=chair)
    assert after_the_agenda(meeting) == [], "the draft brings it"
    assert changes.of_agenda(draft) == ["Report added: “One budget” (item 1, for the Aldermen)."]
    version = publish(meeting, chair)
    assert changes.of_agenda(version) == ["Report added: “One budget” (item 1, for the Aldermen)."]
    assert [str(part) for part in made(meeting)[1].parts.all()] == ["One budget", "Aldermen: One budget"]


def test_newer_version_of_one_report_leaves_the_other(client, meeting, chair, both):
    host, other = both
    sign(*both)
    fill(meeting)
    publish(meeting, chair)
    reports.revise(report=other, by=chair)
    reports.write(report=other, by=chair, text=replace(other.working_text, recommendations=("Agree it.",)))
    reports.submit(report=other, by=chair, what_changed="One recommendation.")
    agenda.revise(meeting=meeting, by=chair)
    publish(meeting, chair)
    first, second = (words(client.get(reverse("agenda", args=[meeting.slug, number]))) for number in (1, 2))
    old, new = other.versions.order_by("number")
    kept = host.versions.get().get_absolute_url()
    assert (kept in first, old.get_absolute_url() in first, new.get_absolute_url() in first) == (True, True, False)
    assert (kept in second, old.get_absolute_url() in second, new.get_absolute_url() in second) == (True, False, True)


def test_who_writes_for_another_board_reads_the_closed_item(meeting, chair, other, both):
    item = fill(meeting)
    paper = a_document(meeting, "Offers")
    item.documents.add(paper)
    grounds = (SaidOfBoard(meeting.board, "own", "It is not signed."), SaidOfBoard(other, "own", "It is not signed."))
    classification.classify(thing=item, by=chair, said=Said(grounds, "A contract", in_days(90).date()))
    for report in both:
        assert AgendaItem.objects.readable_by(report.author).filter(pk=item.pk).exists()
        assert Document.objects.readable_by(report.author).filter(pk=paper.pk).exists()
    assert not AgendaItem.objects.readable_by(LedItemFactory().lead).filter(pk=item.pk).exists()


def test_report_planned_beside_a_closed_item_is_closed_with_it(client, meeting, chair, other):
    host = LedItemFactory(board=meeting.board, meeting=meeting, purpose="discussion")
    fill(meeting)
    close(host, meeting.board, other, title="")
    publish(meeting, chair)
    facts = {"role": "advisory", "purpose": "discussion", "lead": LedItemFactory().lead}
    theirs = planned_item.plan(topic=host.topic, board=other, by=None, meeting=meeting, **facts)
    report = ReportFactory(item=theirs)
    sign(report)
    agenda.revise(meeting=meeting, by=chair)
    publish(meeting, chair)
    assert client.get(report.get_absolute_url()).status_code == 404
    assert held(made(meeting)[-1]) == [host.title, f"E: {host.title}", f"E: {report}"]


def test_item_that_moves_beside_a_closed_one_is_closed_with_it(meeting, other):
    host = LedItemFactory(board=meeting.board, meeting=meeting)
    item = LedItemFactory(board=other, topic=host.topic)
    closure = close(host, meeting.board, title="")
    planned_item.move(item=item, by=None, meeting=meeting, reason="They meet.")
    item.refresh_from_db()
    assert item.closure == closure


def test_one_report_that_is_closed_is_named_with_its_board(client, meeting, chair, other, both):
    theirs = both[1]
    sign(*both)
    fill(meeting)
    publish(meeting, chair)
    closure = close(LedItemFactory(board=other, topic__title="Other"), other, title="")
    theirs.versions.update(closure=closure)
    page = words(client.get(meeting.get_absolute_url()))
    assert f"One budget, for the {meeting.board}</a>" in page
    assert "One budget, for the Aldermen" in page
    assert theirs.versions.get().get_absolute_url() not in page

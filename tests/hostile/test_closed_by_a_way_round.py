"""What is closed to the public stays closed however it came to be where it is: by hand, moved, renamed, replaced, released by
somebody else's chair, in a list of changes, on the first page of a pack."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assemblies.forward_plan.actions import planned_item
from assemblies.papers.actions import agenda
from assemblies.papers.actions import document as documents
from assemblies.papers.actions import report as reports
from assemblies.papers.models import AgendaItem
from partnership.files import kinds
from tests import factories as make
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.packed import a_document, add_item, made, publish, signed_report, text
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
SECRET = "Buying the zyzzyva site"


def a_file(words: str):
    file = SimpleUploadedFile("b.csv", words.encode())
    file.kind = kinds.CSV
    return file


def test_chair_of_a_board_that_does_not_take_it_releases_nothing(client, meeting, chair):
    other = make.MeetingBoardFactory(meeting=meeting).board
    of_other = make.ChairFactory(seat__board=other).holder
    item = make.LedItemFactory(
        board=meeting.board, meeting=meeting, topic__title=SECRET, needs_report=False, purpose="discussion"
    )
    closure = close(item, by=make.StaffFactory())
    agenda.fill_from_plan(meeting=meeting, by=None)
    assert [each.board for each in AgendaItem.objects.get(planned=item).taking.all()] == [meeting.board]
    publish(meeting, chair)
    browser = sign_in(client, of_other)
    for name in ("closure_release", "closure_review"):
        assert browser.get(reverse(name, args=[closure.pk])).status_code == 403
    browser.post(reverse("closure_release", args=[closure.pk]), {"note": "Why not."})
    closure.refresh_from_db()
    assert closure.released_at is None
    assert sign_in(client, chair).get(reverse("closure_release", args=[closure.pk])).status_code == 200


def test_row_by_hand_under_a_closed_title_is_closed_when_it_comes_out(client, meeting, chair):
    item = make.LedItemFactory(board=meeting.board, meeting=meeting, topic__title=SECRET, needs_report=False)
    close(item, by=make.StaffFactory(), title="A purchase")
    paper = a_document(meeting, "Prices of zyzzyva")
    add_item(meeting, SECRET, paper, summary="zyzzyva")
    publish(meeting, chair)
    for address in (meeting.get_absolute_url(), reverse("packs", args=[meeting.slug])):
        assert "zyzzyva" not in client.get(address).text, address
    assert client.get(reverse("document", args=[meeting.slug, paper.pk])).status_code == 404


def test_report_of_an_item_that_moved_is_closed_with_its_row(client, meeting, chair):
    report = signed_report(meeting, SECRET, "Valuation")
    agenda.fill_from_plan(meeting=meeting, by=None)
    publish(meeting, chair)
    later = make.MeetingFactory(board=meeting.board, starts_at=make.in_days(60))
    planned_item.move(item=report.item, by=None, meeting=later, reason="It was put off.")
    draft = agenda.revise(meeting=meeting, by=chair)
    close(draft.items.get(planned=report.item), by=chair)
    appendix = report.appendices.get()
    assert client.get(report.get_absolute_url()).status_code == 404
    assert client.get(reverse("document", args=[meeting.slug, appendix.document_id])).status_code == 404


def test_newer_file_of_what_was_closed_with_an_earlier_item_is_closed(client, meeting, chair):
    paper = a_document(meeting, "Prices")
    row = add_item(meeting, "Land", paper)
    add_item(meeting, "Welcome")
    close(row, by=chair)
    publish(meeting, chair)
    draft = agenda.revise(meeting=meeting, by=chair)
    agenda.remove_item(item=draft.items.get(title="Land"), by=chair)
    publish(meeting, chair)
    paper.refresh_from_db()
    newer = documents.replace(document=paper, by=make.StaffFactory(), file=a_file("zyzzyva"))
    assert client.get(reverse("document", args=[meeting.slug, paper.pk])).status_code == 404
    assert client.get(reverse("document", args=[meeting.slug, newer.pk])).status_code == 404


def test_closed_row_by_hand_closes_the_report_that_comes_out_with_it(client, meeting, chair):
    report = signed_report(meeting, SECRET, "Valuation")
    close(add_item(meeting, SECRET), by=chair, title="A purchase")
    publish(meeting, chair)
    appendix = report.appendices.get()
    assert client.get(report.get_absolute_url()).status_code == 404
    assert client.get(reverse("document", args=[meeting.slug, appendix.document_id])).status_code == 404
    assert "zyzzyva" not in client.get(reverse("forward_plan", args=[meeting.board.slug])).text


def test_title_that_is_closed_later_leaves_the_lists_of_changes(client, meeting, chair):
    add_item(meeting, "Welcome")
    publish(meeting, chair)
    row = add_item(meeting, SECRET, a_document(meeting, "Prices of zyzzyva"), presenter="Dr Zyzzyva")
    publish(meeting, chair)
    agenda.write_item(
        meeting=meeting, by=chair, item=agenda.revise(meeting=meeting, by=chair).items.get(carried_from=row), title="Land",
        purpose="discussion", documents=[], presenter="Mx Zyzzyva", summary="", starts_at=None,
    )  # fmt: skip
    publish(meeting, chair)
    pages = ["/", meeting.get_absolute_url(), *(reverse("agenda", args=[meeting.slug, number]) for number in (1, 2, 3))]
    assert all("zyzzyva" in client.get(page).text.lower() for page in pages[1:])
    close(agenda.revise(meeting=meeting, by=chair).items.get(title="Land"), by=chair, title="A purchase")
    for page in pages:
        assert "zyzzyva" not in client.get(page).text.lower(), page
    assert "A purchase" in client.get(pages[-1]).text


def test_file_that_is_closed_is_closed_under_its_earlier_title(client, meeting, chair):
    paper = a_document(meeting, "Prices of zyzzyva")
    add_item(meeting, "Welcome", paper)
    publish(meeting, chair)
    newer = documents.describe(document=paper, by=make.StaffFactory(), kind="paper", title="Prices")
    publish(meeting, chair)
    newer.refresh_from_db()
    close(newer, by=chair, title="Figures")
    for each in (paper, newer):
        assert client.get(reverse("document", args=[meeting.slug, each.pk])).status_code == 404
    assert "zyzzyva" not in client.get(reverse("agenda", args=[meeting.slug, 2])).text.lower()


def test_appendix_that_is_out_is_closed_at_once_and_by_staff_alone(client, meeting, chair):
    report = signed_report(meeting, "Plan", "Prices")
    agenda.fill_from_plan(meeting=meeting, by=None)
    publish(meeting, chair)
    reports.revise(report=report, by=report.author)
    appendix = report.appendices.get()
    address = reverse("report_appendix_class", args=[report.pk, appendix.pk])
    assert sign_in(client, report.author).get(address).status_code == 403
    assert sign_in(client, make.StaffFactory()).get(address).status_code == 200
    close(appendix, by=make.StaffFactory())
    client.logout()
    assert client.get(reverse("document", args=[meeting.slug, appendix.document_id])).status_code == 404


def test_lead_of_a_place_reads_no_paper_that_waits_for_its_agenda(client, meeting, chair):
    lead = make.PlaceLeadFactory(place=make.MeetingPlaceFactory(meeting=meeting).place).user
    address = reverse("document", args=[meeting.slug, a_document(meeting, "Prices").pk])
    assert sign_in(client, lead).get(address).status_code == 404
    other = make.ChairFactory(seat__board=make.MeetingBoardFactory(meeting=meeting).board).holder
    for person in (chair, other, make.StaffFactory()):
        assert sign_in(client, person).get(address).status_code == 200


def test_key_decision_of_a_closed_row_is_closed_on_the_plan(client):
    cabinet = make.ExecutiveFactory()
    meeting = make.MeetingFactory(board=cabinet, starts_at=make.in_days(60))
    row = add_item(meeting, SECRET, purpose="decision")
    close(row, by=make.StaffFactory(), title="A purchase")
    row.refresh_from_db()
    facts = {"title": SECRET, "purpose": "decision", "presenter": "", "summary": "", "starts_at": None}
    agenda.write_item(meeting=meeting, by=None, item=row, documents=[], is_key=True, **facts)
    for address in (reverse("forward_plan", args=[cabinet.slug]), cabinet.get_absolute_url()):
        page = client.get(address).text
        assert "zyzzyva" not in page, address
        assert "A purchase" in page, address


def test_pack_whose_first_page_names_what_is_closed_now_is_withheld(client, meeting, chair):
    item = make.LedItemFactory(
        board=meeting.board, meeting=meeting, topic__title=SECRET, needs_report=False, purpose="discussion"
    )
    agenda.fill_from_plan(meeting=meeting, by=None)
    publish(meeting, chair)
    draft = agenda.revise(meeting=meeting, by=chair)
    agenda.remove_item(item=draft.items.get(), by=chair)
    add_item(meeting, "Welcome", a_document(meeting, "Figures"))
    publish(meeting, chair)
    packs = {pack.number: pack for pack in made(meeting)}
    assert "zyzzyva" in text(packs[1].file_for(members=False))
    for number in (0, 1):
        assert client.get(packs[number].get_absolute_url()).status_code == 200
    close(item, by=chair, title="A purchase")
    for number in (0, 1):
        assert client.get(packs[number].get_absolute_url()).status_code == 302
    assert "zyzzyva" not in client.get(reverse("packs", args=[meeting.slug])).text

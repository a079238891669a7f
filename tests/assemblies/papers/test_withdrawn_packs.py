"""A pack that holds a withdrawn paper is given to nobody from that moment on, and made again at its address without it."""

from pathlib import Path

import pypdf
import pytest
from django.urls import reverse

from assemblies.papers.actions import agenda, pack_making, withdrawal
from assemblies.papers.models import MeetingPack, PackFile
from assemblies.papers.pack import build
from tests.assemblies.papers.packed import a_document, add_item, made, numbers, publish, text
from tests.assemblies.papers.withdrawing import MARKER, publish_papers, withdraw
from tests.factories import ClosureGroundFactory, StaffFactory
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def papers(meeting, chair):
    found = publish_papers(meeting, chair)
    made(meeting)
    return found


@pytest.fixture
def report(papers):
    return papers[0]


@pytest.fixture
def letter(papers):
    return papers[1]


@pytest.fixture
def pack(papers, meeting) -> MeetingPack:
    return meeting.packs.get()


def found_on(file, marker: str) -> list[str]:
    """The numbers of the pages on which the words stand."""
    pages = [page.extract_text() for page in pypdf.PdfReader(Path(file.file.path)).pages]
    return [page.split()[-1] for page in pages if marker in page]


def test_old_file_is_given_to_nobody_before_the_new_one_is_made(client, pack, letter, chair):
    assert client.get(pack.get_absolute_url()).status_code == 200
    withdraw(letter, chair)
    for person in (None, chair, StaffFactory()):
        client.logout()
        if person:
            sign_in(client, person)
        answer = client.get(pack.get_absolute_url())
        assert answer["Location"] == reverse("packs", args=[pack.meeting.slug])
    page = words(client.get(answer["Location"]))
    assert "Being made" in page
    assert "Open the pack" not in page


def test_pack_is_made_again_and_says_what_was_withdrawn(client, pack, letter, chair):
    before = pack.file_for(members=False)
    withdraw(letter, chair)
    (again,) = made(pack.meeting)
    file = again.file_for(members=False)
    assert (again.state, file.edition, file.sha256 != before.sha256) == ("ready", 2, True)
    said = text(file)
    assert f"{MARKER} in the letter" not in said
    assert said.count("“Letter” was withdrawn from view on") == 1
    assert said.count("This paper was withdrawn from view on") == 1
    assert "The reason: It names a patient." in said
    assert b"".join(client.get(pack.get_absolute_url()).streaming_content) == Path(file.file.path).read_bytes()


def test_all_other_pages_keep_their_numbers(pack, letter, chair):
    before = pack.file_for(members=False)
    was = {part.title: part.page for part in pack.parts.all()}
    last = {name: found_on(before, name) for name in ("Plain figures", "Last notes")}
    withdraw(letter, chair)
    (again,) = made(pack.meeting)
    file = again.file_for(members=False)
    assert {part.title: part.page for part in again.parts.all()} == was
    assert {name: found_on(file, name)[-1] for name in last} == {name: pages[-1] for name, pages in last.items()}
    start = int(was["Letter"])
    assert found_on(file, "This page stands in the place of") == [str(start)]
    assert f"pages {start} to {start + 3}." in text(file)
    assert set(map(str, range(start + 1, start + 4))).isdisjoint(numbers(file))
    assert (again.first_page, again.last_page) == (pack.first_page, pack.last_page)
    assert file.pages == len(numbers(file))


def test_report_goes_with_its_appendix_and_others_keep_their_pages(pack, report, chair):
    withdraw(report, chair)
    (again,) = made(pack.meeting)
    file = again.file_for(members=False)
    said = text(file)
    assert found_on(file, MARKER) == found_on(file, "in the letter") != []
    assert said.count("Withdrawn: The plan") >= 1
    assert "Slides" not in said
    assert numbers(file)[-1] == numbers(pack.file_for(members=False))[-1]


def test_last_paper_withdrawn_leaves_the_next_supplement_its_pages(pack, meeting, chair):
    withdraw(meeting.documents.get(title="Last notes"), chair)
    made(meeting)
    add_item(meeting, "A late matter", a_document(meeting, "Late letter"))
    publish(meeting, chair)
    again, supplement = made(meeting)
    assert again.last_page == pack.last_page
    assert supplement.first_page == pack.last_page + 1


def test_supplement_does_not_wait_for_a_pack_that_is_made_again(pack, letter, meeting, chair, monkeypatch):
    withdraw(letter, chair)
    add_item(meeting, "A late matter", a_document(meeting, "Late letter"))
    publish(meeting, chair)
    MeetingPack.objects.filter(number=0).update(state="failed", failed_because="It is too large")
    _, supplement = made(meeting)
    assert supplement.state == "ready"


def test_paper_that_is_back_brings_back_the_same_file(pack, letter, chair, monkeypatch):
    before = pack.file_for(members=False)
    held = withdraw(letter, StaffFactory())
    made(pack.meeting)
    withdrawal.bring_back(withdrawal=held, by=chair, because="It is right.")
    with monkeypatch.context() as patch:
        patch.setattr(build, "build", lambda *them, **more: 1 / 0)
        (again,) = made(pack.meeting)
    file = again.file_for(members=False)
    assert (file.edition, file.sha256, file.file.name) == (3, before.sha256, before.file.name)


def test_confirming_makes_no_new_edition(pack, letter, chair):
    held = withdraw(letter, StaffFactory())
    made(pack.meeting)
    withdrawal.confirm(withdrawal=held, by=chair)
    pack.refresh_from_db()
    assert (pack.state, pack.edition) == ("ready", 2)


def test_withdrawn_while_the_worker_makes_it_is_not_given_out(pack, letter, meeting, chair, monkeypatch):
    MeetingPack.objects.update(state="waiting", edition=5)
    real, calls = build.build, []

    def slow(prepared, folder, progress):
        built = real(prepared, folder, progress=progress)
        if not calls:
            withdraw(letter, chair)
        calls.append(1)
        return built

    monkeypatch.setattr(pack_making.build, "build", slow)
    PackFile.objects.filter(pk=0)
    letter.title = letter.title
    add = pack.cover | {"notes": ["Made later."]}
    MeetingPack.objects.update(cover=add)
    (again,) = made(meeting)
    assert (again.state, again.edition, len(calls)) == ("ready", 6, 2)
    assert [file.edition for file in again.files.all()] == [1, 6]
    assert f"{MARKER} in the letter" not in text(again.file_for(members=False))
    kept = {Path(file.file.path).name for file in again.files.all()}
    assert {path.name for path in Path(again.files.first().file.path).parent.iterdir()} == kept


def test_checksum_of_the_file_that_held_it_is_kept(client, pack, letter, chair):
    before = pack.file_for(members=False)
    withdraw(letter, chair)
    made(pack.meeting)
    page = words(client.get(reverse("packs", args=[pack.meeting.slug])))
    assert before.sha256 in page
    assert "“Letter” was withdrawn from view on" in page
    assert f'href="{reverse("document", args=[pack.meeting.slug, letter.pk])}"' not in page


def test_agenda_says_why_a_report_went_and_leads_to_the_new_pack(client, pack, report, letter, chair):
    for paper in (letter, report):
        withdraw(paper, chair)
        made(pack.meeting)
    for address in (pack.meeting.get_absolute_url(), f"/meetings/{pack.meeting.slug}/agenda/1/"):
        page = words(client.get(address))
        assert page.count("It names a patient.") >= 2
        assert report.get_absolute_url() not in page


def test_page_of_a_withdrawal_has_the_checksum_of_every_file(client, pack, report, letter, chair):
    first = pack.file_for(members=False)
    withdraw(letter, chair)
    (again,) = made(pack.meeting)
    second = again.file_for(members=False)
    withdraw(report, chair)
    sign_in(client, chair)
    page = words(client.get(report.withdrawals.get().get_absolute_url()))
    assert first.sha256 in page
    assert second.sha256 in page
    page = words(client.get(letter.withdrawals.get().get_absolute_url()))
    assert first.sha256 in page
    assert second.sha256 not in page


def test_closed_paper_goes_from_the_members_pack_alone(meeting, chair):
    add_item(meeting, "Welcome", a_document(meeting, "Open figures"))
    add_item(meeting, "Contract", a_document(meeting, "Secret offer", f"{MARKER} offer"))
    closure = ClosureGroundFactory(board=meeting.board, closure__public_title="A contract").closure
    agenda.draft_of(meeting).items.filter(title="Contract").update(closure=closure)
    publish(meeting, chair)
    (pack,) = made(meeting)
    public = pack.file_for(members=False)
    withdraw(meeting.documents.get(title="Secret offer"), chair, "It names a bidder.")
    (again,) = made(meeting)
    assert again.file_for(members=False).sha256 == public.sha256
    said = text(again.file_for(members=True))
    assert f"{MARKER} offer" not in said
    assert "It names a bidder." in said
    assert numbers(again.file_for(members=True))[-1].startswith("E")

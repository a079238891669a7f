"""A worker makes the packs that wait: once, in order, in both editions; what cannot be made says why and is tried again."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.papers.actions import agenda, meeting_pack, pack_making
from assemblies.papers.models import MeetingPack
from assemblies.papers.pack import build, keys
from partnership import leasing
from partnership.files.storing import NO_ROOM
from partnership.refusals import Refusal
from tests.assemblies.closures import closing
from tests.assemblies.papers.packed import a_document, add_item, made, numbers, publish, signed_report, text
from tests.at_once import at_once
from tests.factories import (
    ChairFactory,
    ClosureGroundFactory,
    MeetingFactory,
    MeetingPackFactory,
    PdfCheckFactory,
    StaffFactory,
)
from tests.faults.harness import wait_until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def published(meeting, chair):
    signed_report(meeting, "The plan", "Slides")
    add_item(meeting, "Welcome")
    add_item(meeting, "The plan", a_document(meeting, "Figures", "First", "Second"))
    publish(meeting, chair)
    return meeting


def add_supplement(meeting, chair, title="A late matter"):
    add_item(meeting, title, a_document(meeting, f"Letter of {title}"))
    publish(meeting, chair)


def close(meeting, title: str):
    """Makes an item of the draft closed, with the paper it has."""
    closure = ClosureGroundFactory(board=meeting.board).closure
    agenda.draft_of(meeting).items.filter(title=title).update(closure=closure)
    return closure


def file_of(meeting, title: str) -> Path:
    return Path(meeting.documents.get(title=title).file.path)


def must_not_be_made(*them, **more):
    raise Refusal("It must not be made")


def test_pack_is_made_with_its_checksum_size_and_pages(published):
    (pack,) = made(published)
    file = pack.file_for(members=False)
    content = Path(file.file.path).read_bytes()
    assert pack.state == MeetingPack.State.READY
    assert (file.sha256, file.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert numbers(file) == [str(number) for number in range(1, file.pages + 1)]
    assert (pack.first_page, pack.last_page, pack.last_closed_page) == (1, file.pages, 0)
    assert pack.file_for(members=True) is None


def test_papers_stand_on_the_page_that_their_part_names(published):
    (pack,) = made(published)
    file = pack.file_for(members=False)
    pages = {part.title: part.page for part in pack.parts.all() if not part.is_item}
    assert list(pages) == ["The plan", "Slides", "Figures"]
    assert [int(page) for page in pages.values()] == sorted(int(page) for page in pages.values())
    said = text(file)
    for words in ("Words of Slides", "First", "Second", "Agree the plan.", "Published on"):
        assert words in said


def test_supplement_goes_on_after_the_last_page(published, chair):
    add_supplement(published, chair)
    pack, supplement = made(published)
    file = supplement.file_for(members=False)
    assert supplement.first_page == pack.last_page + 1
    assert numbers(file)[0] == str(pack.last_page + 1)
    assert "Supplementary papers 1" in text(file)


def test_supplement_waits_for_what_came_before(published, chair):
    add_supplement(published, chair)
    file_of(published, "Figures").unlink()
    pack, supplement = made(published)
    assert (pack.state, supplement.state) == ("failed", "waiting")


def test_members_have_the_same_pages_and_a_second_part(meeting, chair):
    add_item(meeting, "Welcome", a_document(meeting, "Open figures"))
    add_item(meeting, "Contract", a_document(meeting, "Secret offer"))
    close(meeting, "Contract")
    publish(meeting, chair)
    (pack,) = made(meeting)
    public, members = (pack.file_for(members=each) for each in (False, True))
    ours, theirs = numbers(public), numbers(members)
    assert theirs[: len(ours)] == ours
    assert theirs[len(ours) :] == [f"E{number}" for number in range(1, pack.last_closed_page + 1)]
    assert "Secret offer" not in text(public)
    assert "Words of Secret offer" in text(members)
    assert pack.parts.get(title="Secret offer").page.startswith("E")


def test_members_read_how_appendices_of_a_closed_report_are_called(meeting, chair):
    report = signed_report(meeting, "Contract", "Offers of bidders")
    closing.close(report.item, title="A deal")
    agenda.fill_from_plan(meeting=meeting, by=None)
    publish(meeting, chair)
    members = text(made(meeting)[0].files.get(for_members=True))
    closed = members[members.index("Contents of the closed papers") :]
    assert "Appendices • Offers of bidders" in closed
    assert "A deal" not in closed


def test_closed_pages_of_a_supplement_go_on_too(meeting, chair):
    add_item(meeting, "Contract", a_document(meeting, "Secret offer"))
    close(meeting, "Contract")
    publish(meeting, chair)
    add_item(meeting, "Second contract", a_document(meeting, "Second offer"))
    close(meeting, "Second contract")
    publish(meeting, chair)
    first, second = made(meeting)
    assert second.first_closed_page == first.last_closed_page + 1


def test_appendix_that_is_out_already_is_listed_with_its_page(published, chair):
    item = agenda.revise(meeting=published, by=chair).items.get(title="Welcome")
    figures = published.documents.get(title="Figures")
    letter = a_document(published, "Letter")
    agenda.write_item(meeting=published, by=chair, item=item, documents=[letter], title="Welcome")
    publish(published, chair)
    pack, supplement = made(published)
    supplement.parts.filter(document=letter).update(document=figures)
    before = pack.parts.get(document=figures)
    read = pack_making.gather(supplement, Path("/nowhere"))
    assert f"on page {before.page} of the papers that were published before" in read.items[0].papers[0].kind


def test_file_that_is_no_pdf_is_listed_with_its_address(meeting, chair):
    sheet = a_document(meeting, "Figures", extension="xlsx", content_type="application/x-sheet")
    add_item(meeting, "Welcome", sheet)
    publish(meeting, chair)
    (pack,) = made(meeting)
    said = text(pack.file_for(members=False)).replace(" ", "")
    assert f"/meetings/{meeting.slug}/documents/{sheet.pk}/" in said


def test_pdf_that_cannot_be_printed_is_listed_with_its_address(meeting, chair):
    broken = a_document(meeting, "Figures")
    Path(broken.file.path).write_bytes(b"%PDF-1.7\nno more\n")
    add_item(meeting, "Welcome", broken)
    publish(meeting, chair)
    (pack,) = made(meeting)
    assert pack.state == "ready"
    assert "no pages in this PDF" in text(pack.file_for(members=False))


def test_file_withdrawn_before_the_pack_is_made_is_left_out(published):
    figures = published.documents.get(title="Figures")
    figures.withdrawn_at, figures.withdrawn_because = timezone.now(), "It names a patient."
    figures.save()
    (pack,) = made(published)
    said = text(pack.file_for(members=False))
    assert "“Figures” was withdrawn from view on" in said
    assert "First" not in said


def test_file_that_a_killed_worker_left_is_not_made_again(published, monkeypatch):
    (pack,) = made(published)
    before = pack.file_for(members=False)
    MeetingPack.objects.update(state="waiting")
    monkeypatch.setattr(build, "build", must_not_be_made)
    monkeypatch.setattr(keys, "version", lambda program: "a later one")  # it would be another file now
    (again,) = made(published)
    assert again.state == "ready"
    assert again.file_for(members=False) == before


def test_another_pack_of_the_same_content_has_the_same_file(published):
    (pack,) = made(published)
    other = MeetingPack.objects.create(
        meeting=MeetingFactory(), number=0, cover=pack.cover, published_at=pack.published_at, started_at=timezone.now()
    )
    for part in pack.parts.all():
        part.pk, part.pack = None, other
        part.save(force_insert=True)
    pack_making.make_waiting()
    assert other.files.get().file.name == pack.files.get().file.name
    assert other.files.get().sha256 == pack.files.get().sha256


def test_pack_that_cannot_be_made_says_why_and_is_tried_again(published):
    file = file_of(published, "Figures")
    content = file.read_bytes()
    file.unlink()
    (pack,) = made(published)
    assert pack.state == "failed"
    assert "The file of “Figures” is missing" in pack.failed_because
    made(published)
    assert MeetingPack.objects.get().state == "failed"
    file.write_bytes(content)
    meeting_pack.try_again(pack=pack, by=StaffFactory())
    (pack,) = made(published)
    assert (pack.state, pack.failed_because) == ("ready", "")


def test_full_disk_is_said_in_words(published, monkeypatch):
    monkeypatch.setattr(build, "build", lambda *them, **more: (_ for _ in ()).throw(OSError(28, "No space left")))
    (pack,) = made(published)
    assert pack.failed_because == NO_ROOM


def test_what_nobody_thought_of_is_tried_three_times(published, monkeypatch, caplog):
    monkeypatch.setattr(build, "build", lambda *them, **more: 1 / 0)
    for attempt in range(1, 5):
        MeetingPack.objects.update(lease_until=None)
        (pack,) = made(published)
        assert pack.state == ("waiting" if attempt <= pack_making.MOST_ATTEMPTS else "failed")
    assert pack.failed_because == pack_making.BROKEN
    assert "ZeroDivisionError" in caplog.text


def test_worker_that_was_killed_leaves_the_pack_to_another(published):
    taken = leasing.take(MeetingPack.objects, timezone.now())
    assert taken == published.packs.get().pk
    (pack,) = made(published)
    assert pack.state == "waiting", "another worker has it"
    pack_making.make_waiting(timezone.now() + leasing.lease() + timedelta(seconds=1))
    assert published.packs.get().state == "ready"


@pytest.mark.django_db(transaction=True)
def test_lease_is_renewed_while_the_work_goes_on(settings):
    pack, settings.OUTBOX_LEASE_SECONDS = MeetingPackFactory(), 0.3
    with pack_making._held(pack):
        wait_until(lambda: MeetingPack.objects.get().lease_until is not None, seconds=20)
    assert MeetingPack.objects.get().lease_until is not None


def test_steps_that_are_done_are_told_as_they_are_done(published, monkeypatch):
    seen, real = [], build.build

    def watched(prepared, folder, progress):
        def tell(done, of, words):
            progress(done, of, words)
            seen.append(MeetingPack.objects.get().steps)

        return real(prepared, folder, progress=tell)

    monkeypatch.setattr(build, "build", watched)
    made(published)
    assert seen == [1, 2, 3]


def test_made_pack_never_changes(published):
    (pack,) = made(published)
    for change in (lambda: pack.files.update(sha256="1" * 64), lambda: pack.files.get().delete()):
        with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_a_pack_once():
    meeting = MeetingFactory()
    chair = ChairFactory(seat__board=meeting.board).holder
    add_item(meeting, "Welcome")
    publish(meeting, chair)
    assert sorted(at_once(pack_making.make_waiting, 2)) == [0, 1]
    assert meeting.packs.get().attempts == 1


def test_pdf_that_was_checked_is_not_checked_again(meeting, chair):
    figures = a_document(meeting, "Figures", "First", "Second")
    sizes = [[595, 842], [595, 842]]
    # It says that the file is tagged, which another check would not find
    PdfCheckFactory(document=figures, state="passed", done_at=timezone.now(), tagged=True, sizes=sizes)
    add_item(meeting, "Welcome", figures)
    publish(meeting, chair)
    (pack,) = made(meeting)
    said = text(pack.file_for(members=False))
    assert "First" in said
    assert "open the file itself from the page of the meeting" in said

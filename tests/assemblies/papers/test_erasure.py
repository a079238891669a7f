"""Erasing a withdrawn paper: always two people; files and words go, that it was there stays."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assemblies.papers.actions import erasure, report_publication
from assemblies.papers.models import Document, Erasure, PackFile, Recommendation, Report, ReportAppendix, ReportVersion
from partnership.audit.models import Entry
from partnership.drafts.models import Draft
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.assemblies.papers.packed import made, text
from tests.assemblies.papers.withdrawing import MARKER, corrected, publish_papers, withdraw
from tests.factories import StaffFactory, UserFactory, WordFileFactory
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def papers(meeting, chair):
    return publish_papers(meeting, chair)


@pytest.fixture
def report(papers):
    return papers[0]


@pytest.fixture
def letter(papers):
    return papers[1]


def erase(made_withdrawal, django_capture_on_commit_callbacks) -> Erasure:
    asked = erasure.ask(withdrawal=made_withdrawal, by=StaffFactory())
    with django_capture_on_commit_callbacks(execute=True):
        return erasure.confirm(erasure=asked, by=StaffFactory())


def test_erasing_takes_two_people(letter, chair):
    first = StaffFactory()
    asked = erasure.ask(withdrawal=withdraw(letter, chair), by=first)
    assert erasure.ask(withdrawal=asked.withdrawal, by=StaffFactory()) == asked
    with pytest.raises(Refusal, match="You asked for this yourself"):
        erasure.confirm(erasure=asked, by=first)
    with pytest.raises(Refusal):
        erasure.confirm(erasure=asked, by=UserFactory())
    assert (
        Message.objects.get(key=f"withdrawal:{asked.withdrawal_id}:erase:{asked.pk}:{chair.pk}").to_email == chair.email
    )
    done = erasure.confirm(erasure=asked, by=chair)
    assert (done.state, done.decided_by) == ("done", chair)
    assert erasure.confirm(erasure=asked, by=chair).decided_at == done.decided_at


def test_only_what_is_withdrawn_for_good_is_erased(letter):
    with pytest.raises(Refusal, match="withdrawn for good"):
        erasure.ask(withdrawal=withdraw(letter, StaffFactory()), by=StaffFactory())


def test_refused_erasure_keeps_everything_and_can_be_asked_again(letter, chair):
    asked = erasure.ask(withdrawal=withdraw(letter, chair), by=StaffFactory())
    erasure.refuse(erasure=asked, by=chair)
    letter.refresh_from_db()
    assert Path(letter.file.path).exists()
    assert erasure.ask(withdrawal=asked.withdrawal, by=StaffFactory()) != asked


def test_file_goes_from_the_disk_and_its_facts_stay(letter, chair, django_capture_on_commit_callbacks):
    path, before = Path(letter.file.path), Document.objects.get(pk=letter.pk)
    withdrawn = withdraw(letter, chair)
    erase(withdrawn, django_capture_on_commit_callbacks)
    letter.refresh_from_db()
    assert not path.exists()
    assert (letter.file.name, letter.title, letter.sha256, letter.size) == (
        "", before.title, before.sha256, before.size
    )  # fmt: skip
    assert (letter.withdrawn_because, withdrawn.title) == ("It names a patient.", "Letter")


def test_words_of_every_version_go_and_their_fingerprints_stay(report, chair, django_capture_on_commit_callbacks):
    prints = list(ReportVersion.objects.values_list("sha256", flat=True))
    slides = report.appendices.get()
    path = Path(slides.file.path)
    Draft.objects.create(
        user=report.author, address=f"/reports/{report.pk}/write/", answers=f"text={MARKER}", saved_at=timezone.now()
    )
    erase(withdraw(report, chair), django_capture_on_commit_callbacks)
    versions = list(ReportVersion.objects.all())
    assert [version.sha256 for version in versions] == prints
    for version in versions:
        assert MARKER not in str(version.content)
        assert MARKER not in version.what_changed
        assert version.text.title == "The plan"
    assert {row.text for row in Recommendation.objects.all()} == {"Erased."}
    report.refresh_from_db()
    assert MARKER not in str(report.text)
    assert not Draft.objects.exists()
    assert not path.exists()
    slides.refresh_from_db()
    assert (slides.file.name, bool(slides.removed_at)) == ("", True)


def test_word_file_is_erased_unless_it_came_after_a_correction(
    client, report, chair, django_capture_on_commit_callbacks
):
    before = WordFileFactory(report=report)
    withdrawn = withdraw(report, chair)
    revised = corrected(report)
    after = WordFileFactory(report=revised)
    erase(withdrawn, django_capture_on_commit_callbacks)
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.state, before.found) == ("discarded", {})
    assert (after.state, MARKER in str(after.found)) == ("preview", False)
    sign_in(client, report.author)
    assert client.get(reverse("report_word_file", args=[report.pk, before.pk])).status_code == 302


def test_corrected_version_keeps_its_words_and_its_appendix(report, meeting, chair, django_capture_on_commit_callbacks):
    withdrawn = withdraw(report, chair)
    revised = corrected(report)
    new = report_publication.publish(report=revised, meeting=meeting, by=chair)
    erase(withdrawn, django_capture_on_commit_callbacks)
    new.refresh_from_db()
    assert new.text.recommendations == ("Agree.",)
    assert Report.objects.get().text["recommendations"] == ["Agree."]
    slides = meeting.documents.get(title="Slides", withdrawn_at=None)
    assert Path(slides.file.path).exists()
    assert ReportAppendix.objects.get().file.name == slides.file.name


def test_appendix_that_a_corrected_version_still_names_is_kept_for_it(
    report, meeting, chair, django_capture_on_commit_callbacks
):
    withdrawn = withdraw(report, chair)
    revised = corrected(report)
    erase(withdrawn, django_capture_on_commit_callbacks)
    report_publication.publish(report=revised, meeting=meeting, by=chair)
    slides = meeting.documents.get(title="Slides", withdrawn_at=None)
    assert Path(slides.file.path).exists()
    assert meeting.documents.exclude(withdrawn_at=None).get(title="Slides").file.name == ""


def test_packs_that_held_it_go_and_those_without_it_stay(letter, meeting, chair, django_capture_on_commit_callbacks):
    made(meeting)
    withdrawn = withdraw(letter, chair)
    (pack,) = made(meeting)
    old, new = pack.files.all()
    path = Path(old.file.path)
    assert f"{MARKER} in the letter" in text(old)
    erase(withdrawn, django_capture_on_commit_callbacks)
    old.refresh_from_db()
    assert not path.exists()
    assert (old.file.name, len(old.sha256)) == ("", 64)
    assert Path(PackFile.objects.get(pk=new.pk).file.path).exists()


def test_pack_is_made_again_once_everything_is_erased(letter, meeting, chair, django_capture_on_commit_callbacks):
    made(meeting)
    erase(withdraw(letter, chair), django_capture_on_commit_callbacks)
    (pack,) = made(meeting)
    assert (pack.state, pack.edition) == ("ready", 2)
    withdraw(meeting.documents.get(title="Last notes"), chair)
    (pack,) = made(meeting)
    assert pack.state == "ready"


def test_file_that_something_else_names_stays_on_the_disk(letter, meeting, chair, django_capture_on_commit_callbacks):
    path = Path(letter.file.path)
    Document.objects.create(
        meeting=meeting, kind="other", title="The same file for another item", file=letter.file.name, size=letter.size,
        content_type=letter.content_type, extension="pdf", sha256=letter.sha256, released_at=timezone.now(),
    )  # fmt: skip
    erase(withdraw(letter, chair), django_capture_on_commit_callbacks)
    assert path.exists()


def refused(change) -> bool:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


def test_database_erases_nothing_that_two_people_did_not_agree_on(report, meeting, chair):
    made(meeting)
    version = ReportVersion.objects.filter(number=2)
    content = version.get().content | {"erased": True}
    for stand in ("published", "withdrawn", "asked"):
        assert refused(lambda: version.update(content=content)), stand
        assert refused(lambda: Recommendation.objects.update(text="Erased.")), stand
        assert refused(lambda: PackFile.objects.update(file="")), stand
        if stand == "published":
            withdrawn = withdraw(report, chair)
        elif stand == "withdrawn":
            asked = erasure.ask(withdrawal=withdrawn, by=StaffFactory())
    erasure.confirm(erasure=asked, by=chair)
    assert refused(lambda: version.update(content=content)), "once"
    assert refused(lambda: Erasure.objects.update(state="asked", decided_by=None, decided_at=None))
    assert refused(lambda: Erasure.objects.all().delete())


def test_nobody_confirms_their_own_erasure_in_the_database(letter, chair):
    first = StaffFactory()
    erasure.ask(withdrawal=withdraw(letter, chair), by=first)
    assert refused(lambda: Erasure.objects.update(state="done", decided_by=first, decided_at=timezone.now()))


def test_audit_log_says_who_asked_and_who_confirmed(letter, chair, django_capture_on_commit_callbacks):
    done = erase(withdraw(letter, chair), django_capture_on_commit_callbacks)
    entries = Entry.objects.about(done.withdrawal).values_list("verb", "actor")
    assert list(entries) == [
        ("paper.erased", done.decided_by.pk), ("paper.erasure_asked", done.asked_by.pk), ("paper.withdrawn", chair.pk)
    ]  # fmt: skip

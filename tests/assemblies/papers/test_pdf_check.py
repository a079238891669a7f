"""A PDF is opened, published and attached by nobody before a worker has checked it; the file that is kept is the checked one."""

import errno
import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assemblies.closures.models import Closure
from assemblies.papers.actions import agenda, agenda_publication, pdf_check, pdf_result, report_appendix
from assemblies.papers.actions import document as documents
from assemblies.papers.actions import report as reports
from assemblies.papers.models import Document, ReportAppendix
from partnership import retention, todo
from partnership.audit.models import Entry
from partnership.files import kinds, safely, storing
from partnership.files.checked_pdf import CheckedPdf
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import made_pdfs
from tests.assemblies.papers.checked import LOCKED, NOTE, passed, refused
from tests.assemblies.papers.published_papers import public, publish_as
from tests.assemblies.papers.signing import submit
from tests.factories import (
    ClosureGroundFactory,
    DocumentFactory,
    LedItemFactory,
    PdfCheckFactory,
    ReportFactory,
    StaffFactory,
)
from tests.pages import address, words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CHANGED = b"%PDF-1.7\n% cleaned\n%%EOF\n"


def file(content: bytes = PDF) -> SimpleUploadedFile:
    upload = SimpleUploadedFile("a.pdf", content)
    upload.kind = kinds.PDF
    return upload


def add(meeting, by=None, content: bytes = PDF, **facts) -> Document:
    facts = {"kind": "paper", "title": "The plan"} | facts
    return documents.add(meeting=meeting, by=by, file=file(content), **facts)


def put_on_agenda(meeting, *papers: Document):
    return agenda.write_item(meeting=meeting, by=None, item=None, title="Plans", purpose="decision", documents=papers)


# --- what waits for a check


def test_uploaded_pdf_is_opened_by_nobody_before_it_is_checked(client, staff, meeting):
    form = {"title": "The plan", "kind": "paper", "file": SimpleUploadedFile("a.pdf", PDF)}
    page = client.post(address("manage_document_add", meeting), form, follow=True)
    document = Document.objects.get()
    assert page.redirect_chain[-1][0] == address("manage_document_check", meeting, document.pk)
    assert "Checking “The plan”" in words(page)
    assert "You can leave this page and come back" in words(page)
    assert client.get(address("document", meeting, document.pk)).status_code == 404
    page = words(client.get(address("manage_documents", meeting)))
    assert "Being checked" in page
    assert "Release<span" not in page
    assert f'href="{address("document", meeting, document.pk)}"' not in page
    passed(document)
    assert client.get(address("document", meeting, document.pk)).status_code == 200
    assert "Release<span" in words(client.get(address("manage_documents", meeting)))


@pytest.mark.parametrize("kind", [kinds.CSV, kinds.DOCX, kinds.PNG])
def test_other_kinds_need_no_check(meeting, kind):
    upload = SimpleUploadedFile("a", b"Item,Cost\n")
    upload.kind = kind
    document = documents.add(meeting=meeting, by=None, kind="paper", title="Costs", file=upload)
    assert documents.release(document=document, by=None).released_at


def test_pdf_of_the_portal_or_from_before_needs_no_check(client, staff, meeting):
    made = add(meeting, made_by_portal=True)
    old = DocumentFactory(meeting=meeting, file=file(), released_at=None)
    for document in (made, old):
        assert client.get(address("document", meeting, document.pk)).status_code == 200
        assert documents.release(document=document, by=None).released_at
    assert client.get(address("manage_document_check", meeting, old.pk)).status_code == 404


def test_release_is_refused_while_the_file_is_being_checked(client, staff, meeting):
    document = add(meeting)
    page = client.post(address("manage_document_release", meeting, document.pk), follow=True)
    assert "The file is still being checked. You can release it when that is done." in words(page)
    document.refresh_from_db()
    assert document.released_at is None


def test_file_that_is_being_checked_cannot_be_attached(client, staff, meeting):
    document = add(meeting)
    page = words(client.get(address("manage_agenda_item_add", meeting)))
    assert "“The plan” is still being checked. You can add it when that is done." in page
    with pytest.raises(Refusal, match="still being checked") as caught:
        put_on_agenda(meeting, document)
    assert caught.value.field == "documents"
    passed(document)
    assert put_on_agenda(meeting, document).documents.get() == document


def test_same_file_sent_twice_is_one_document(meeting):
    document = add(meeting)
    assert add(meeting) == document
    passed(document, NOTE, clean=CHANGED)
    assert add(meeting) == document


# --- what the check says


def test_file_that_had_to_change_is_kept_changed_and_shown(client, staff, meeting):
    document = add(meeting, by=staff)
    sent = document.file.name
    passed(document, NOTE, clean=CHANGED)
    assert document.file.name != sent
    assert (document.size, document.sha256) == (len(CHANGED), hashlib.sha256(CHANGED).hexdigest())
    page = client.get(address("manage_document_check", meeting, document.pk))
    assert "What we changed" in words(page)
    assert f"{NOTE}." in words(page)
    result = address("document", meeting, document.pk)
    assert f'href="{result}">Look at the result</a>' in words(page)
    assert b"".join(client.get(result).streaming_content) == CHANGED
    assert "See what we changed" in words(client.get(address("manage_documents", meeting)))


def test_file_that_is_fine_stays_byte_for_byte(meeting):
    document = add(meeting)
    sent = (document.file.name, document.size, document.sha256)
    passed(document)
    assert (document.file.name, document.size, document.sha256) == sent


def test_refused_file_says_why_and_what_to_do(client, staff, meeting):
    document = add(meeting, by=staff)
    refused(document)
    page = words(client.get(address("manage_document_check", meeting, document.pk)))
    assert "“The plan” cannot be used" in page
    assert f"{LOCKED}." in page
    again = f"{address('manage_document_add', meeting)}?title=The+plan&amp;kind=paper"
    assert f'href="{again}">Upload another file</a>' in page
    assert 'value="The plan"' in words(client.get(again.replace("&amp;", "&")))
    page = words(client.get(address("manage_documents", meeting)))
    assert "Files that cannot be used" in page
    assert f"{LOCKED}." in page
    assert client.get(address("document", meeting, document.pk)).status_code == 404
    assert list(meeting.documents.current()) == []


def test_refused_file_is_deleted_by_hand_or_by_another(client, staff, meeting):
    document = add(meeting, by=staff)
    refused(document)
    client.post(address("manage_document_put_away", meeting, document.pk))
    assert not Document.objects.exists()
    refused(add(meeting, by=staff))
    second = add(meeting, by=staff, content=CHANGED)
    assert list(Document.objects.all()) == [second]


def test_why_it_was_closed_goes_with_a_refused_file(staff, meeting):
    by_hand, by_another, by_the_clock = (
        add(meeting, by=staff, title=title, closed=True) for title in ("First", "Second", "Third")
    )
    for document in (by_hand, by_another, by_the_clock):
        refused(document)
    pdf_result.put_away(check=by_hand.pdf_check, by=staff)
    assert not Closure.objects.filter(pk=by_hand.closure_id).exists()
    again = add(meeting, by=staff, title="Second", closed=True, content=CHANGED)
    assert not Closure.objects.filter(pk=by_another.closure_id).exists()
    retention.every_hour(timezone.now() + timedelta(days=31))
    assert list(Closure.objects.all()) == [again.closure]


def test_why_it_is_closed_stays_where_something_else_has_it(meeting):
    out = DocumentFactory(meeting=meeting, closure=ClosureGroundFactory(board=meeting.board).closure)
    new = documents.replace(document=out, by=None, file=file(CHANGED))
    refused(new)
    pdf_result.put_away(check=new.pdf_check, by=None)
    out.refresh_from_db()
    assert out.closed_by


def test_why_it_was_closed_goes_with_a_refused_appendix():
    report = ReportFactory()
    appendix = report_appendix.add(report=report, by=report.author, title="The costs", file=file(), closed=True)
    refused(appendix)
    pdf_result.put_away(check=appendix.pdf_check, by=report.author)
    assert not Closure.objects.exists()


def test_only_a_refused_file_is_put_away(client, staff, meeting):
    document = add(meeting)
    page = client.post(address("manage_document_put_away", meeting, document.pk), follow=True)
    assert "Only a file that was refused can be put away." in words(page)
    assert Document.objects.exists()


def test_refused_file_goes_after_thirty_days(meeting):
    refused(add(meeting))
    kept = add(meeting, title="Another")
    now = timezone.now()
    assert retention.every_hour(now + timedelta(days=29))["refused_files"] == 0
    assert retention.every_hour(now + timedelta(days=31))["refused_files"] == 1
    assert list(Document.objects.all()) == [kept]


def test_progress_is_asked_for_alone_and_says_when_it_is_done(client, staff, meeting):
    document = add(meeting)
    where = f"{address('manage_document_check', meeting, document.pk)}?part=progress"
    assert "The file waits for its turn." in words(client.get(where))
    assert "data-done" not in client.get(where).text
    pdf_check.take(timezone.now())
    assert "set each page once" in words(client.get(where))
    passed(document)
    page = client.get(where)
    assert 'data-done="“The plan” is checked"' in words(page)
    assert "<html" not in page.text


# --- a newer file


def test_newer_file_takes_its_place_once_it_is_checked(client, staff, meeting):
    old = DocumentFactory(meeting=meeting, title="The plan", file=file(), kind="paper")
    new = documents.replace(document=old, by=staff, file=file(CHANGED))
    assert documents.replace(document=old, by=staff, file=file(CHANGED)) == new
    assert list(meeting.documents.current()) == [old]
    page = words(client.get(address("manage_documents", meeting)))
    assert "It takes the place of the file above once that is done." in page
    assert (public(client, old), public(client, new)) == (200, 404)
    passed(new)
    assert (public(client, old), public(client, new)) == (404, 200)
    assert list(meeting.documents.current()) == [new]


def test_refused_newer_file_leaves_the_old_one_where_it_is(client, staff, meeting):
    old = DocumentFactory(meeting=meeting, title="The plan", file=file(), kind="paper", released_at=None)
    item = put_on_agenda(meeting, old)
    new = documents.replace(document=old, by=staff, file=file(CHANGED))
    assert list(item.documents.all()) == [old]
    refused(new)
    assert list(item.documents.all()) == list(meeting.documents.current()) == [old]
    page = words(client.get(address("manage_document_check", meeting, new.pk)))
    assert "“The plan” stays as it is." in page
    assert f'href="{address("manage_document_replace", meeting, old.pk)}">Upload another file</a>' in page
    third = documents.replace(document=old, by=staff, file=file(b"%PDF-1.7\n% third\n%%EOF\n"))
    passed(third)
    assert list(item.documents.all()) == [third]


def test_newer_file_of_a_published_paper_waits_once_checked(client, staff, meeting, paper, chair):
    new = documents.replace(document=paper, by=staff, file=file())
    assert agenda.draft_of(meeting) is None
    assert not Message.objects.exists()
    passed(new)
    assert list(agenda.draft_of(meeting).items.get(title="Topics").documents.all()) == [new]
    assert Message.objects.get(to_email=chair.email)
    assert "It waits for the chair to publish version 2" in words(
        client.get(address("manage_document_check", meeting, new.pk))
    )
    assert "Version 2 of the agenda is published." in words(publish_as(client, chair, meeting)[1])


def test_newer_file_that_comes_too_late_is_refused_with_the_reason(staff, meeting, paper):
    new = documents.replace(document=paper, by=staff, file=file())
    type(meeting).objects.update(state="cancelled")
    assert passed(new).refused_because.startswith("The meeting is cancelled, so the papers of its agenda can no longer")


def test_file_withdrawn_while_it_is_checked_takes_no_place(client, staff, meeting):
    old = DocumentFactory(meeting=meeting, title="The plan", file=file(), kind="paper")
    new = documents.replace(document=old, by=staff, file=file(CHANGED))
    documents.withdraw(document=new, by=staff)
    passed(new)
    assert (public(client, old), public(client, new)) == (200, 404)


@pytest.mark.parametrize("act", ["replace", "describe"])
def test_document_waits_while_a_newer_file_is_checked(staff, meeting, act):
    old = DocumentFactory(meeting=meeting, title="The plan", file=file(), kind="paper")
    documents.replace(document=old, by=staff, file=file())
    acts = {"replace": {"file": file(CHANGED)}, "describe": {"kind": "paper", "title": "Another title"}}
    with pytest.raises(Refusal, match="A file of this document is still being checked"):
        getattr(documents, act)(document=old, by=staff, **acts[act])


def test_chair_is_refused_while_a_file_of_the_agenda_is_checked(client, staff, meeting, chair):
    old = DocumentFactory(meeting=meeting, title="The plan", kind="paper", released_at=None)
    put_on_agenda(meeting, old)
    new = documents.replace(document=old, by=staff, file=file())
    page, answer = publish_as(client, chair, meeting)
    assert (
        "The file “The plan” is still being checked, which takes a minute at most. Wait for it, then publish."
        in words(page)
    )
    assert "The file “The plan” is still being checked, which takes a minute at most." in words(answer)
    assert agenda.published_of(meeting) is None
    passed(new)
    assert "Version 1 of the agenda is published." in words(publish_as(client, chair, meeting)[1])


def test_file_on_the_draft_itself_holds_the_agenda_up(meeting, chair):
    item = put_on_agenda(meeting)
    item.documents.add(PdfCheckFactory(document__meeting=meeting).document)
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    with pytest.raises(Refusal, match="is still being checked"):
        agenda_publication.publish(meeting=meeting, by=chair, seen=seen)


# --- what is closed to the public


def test_file_in_place_of_one_that_was_refused_is_closed_as_that_was(client, staff, meeting):
    form = {"title": "The plan", "kind": "paper", "file": SimpleUploadedFile("a.pdf", PDF), "closed": "on"}
    answer = client.post(address("manage_document_add", meeting), form)
    document = Document.objects.get()
    assert answer.url == address("manage_document_class", meeting, document.pk)
    assert document.is_being_checked
    refused(document)
    again = client.get(address("manage_document_check", meeting, document.pk)).context["again_url"]
    assert again.endswith("&closed=on")
    assert "checked" in client.get(again).text.split('name="closed"')[1].split(">")[0]


def test_document_closed_while_its_newer_file_is_checked_stays_closed(client, staff, meeting):
    old = DocumentFactory(meeting=meeting, title="The plan", file=file(), kind="paper")
    new = documents.replace(document=old, by=staff, file=file(CHANGED))
    Document.objects.filter(pk=old.pk).update(closure=ClosureGroundFactory(board=meeting.board).closure)
    passed(new)
    assert new.closed_by
    assert new.closure.recorded_at
    assert public(client, new) == 404


# --- appendices


def test_appendix_is_checked_before_its_report_is_submitted(client):
    report = ReportFactory()
    sign_in(client, report.author)
    sent = {"title": "The plan", "file": SimpleUploadedFile("a.pdf", PDF)}
    page = client.post(reverse("report_appendix_add", args=[report.pk]), sent, follow=True)
    assert "Checking “The plan”" in words(page)
    appendix = ReportAppendix.objects.get()
    opened = reverse("report_appendix_file", args=[report.pk, appendix.pk])
    assert client.get(opened).status_code == 404
    for name in ("report_work", "report_write", "report_preview"):
        page = client.get(reverse(name, args=[report.pk])).text
        assert "The plan" in page
        assert f'href="{opened}"' not in page
    assert reports.missing(report) == ["The appendix “The plan” is still being checked"]
    passed(appendix, NOTE, clean=CHANGED)
    assert b"".join(client.get(opened).streaming_content) == CHANGED
    version = submit(report)
    assert version.content["appendices"][0]["sha256"] == hashlib.sha256(CHANGED).hexdigest()


def test_author_is_shown_what_was_changed_in_an_appendix(client):
    report = ReportFactory()
    appendix = report_appendix.add(report=report, by=report.author, title="The plan", file=file())
    passed(appendix, NOTE, clean=CHANGED)
    sign_in(client, report.author)
    where = reverse("report_appendix_check", args=[report.pk, appendix.pk])
    assert f'href="{where}">See what we changed' in words(client.get(reverse("report_work", args=[report.pk])))
    assert f"{NOTE}." in words(client.get(where))


def test_page_opened_before_the_appendix_changed_submits_nothing():
    report = ReportFactory()
    appendix = report_appendix.add(report=report, by=report.author, title="The plan", file=file())
    report.refresh_from_db()
    seen = report.revision
    passed(appendix, NOTE, clean=CHANGED)
    with pytest.raises(Refusal, match="Somebody changed the report after you opened this page"):
        submit(report, revision=seen)


def test_checked_appendix_does_not_disturb_who_writes_the_report():
    report = ReportFactory()
    appendix = report_appendix.add(report=report, by=report.author, title="The plan", file=file())
    report.refresh_from_db()
    text, seen = report.working_text, report.revision
    passed(appendix, NOTE, clean=CHANGED)
    changed = type(text)("A new title", text.fields, text.recommendations, text.sections)
    assert reports.write(report=report, by=report.author, text=changed, revision=seen).title == "A new title"


def test_refused_appendix_goes_and_the_report_stays(client):
    report = ReportFactory()
    appendix = report_appendix.add(report=report, by=report.author, title="The plan", file=file())
    refused(appendix)
    sign_in(client, report.author)
    page = words(client.get(reverse("report_work", args=[report.pk])))
    assert f"{LOCKED}." in page
    assert reports.missing(report) == []
    page = words(client.get(reverse("report_appendix_check", args=[report.pk, appendix.pk])))
    assert f'{reverse("report_appendix_add", args=[report.pk])}?title=The+plan">Upload another file' in page
    client.post(reverse("report_appendix_put_away", args=[report.pk, appendix.pk]))
    assert not ReportAppendix.objects.exists()


# --- the worker


def test_worker_checks_what_waits_in_a_child_process(staff, meeting):
    filled = made_pdfs.with_marks(made_pdfs.filled_in("Filled in"))
    fine, form, locked = (
        add(meeting, by=staff, title=title, content=content)
        for title, content in [
            ("Fine", made_pdfs.words("Plain")),
            ("Form", filled),
            ("Locked", made_pdfs.locked()),
        ]
    )
    assert pdf_result.run() == 3
    for document in (fine, form, locked):
        document.refresh_from_db()
    assert (fine.pdf_check.state, fine.pdf_check.sizes) == ("passed", [[595.0, 842.0]])
    assert (form.pdf_check.state, form.pdf_check.notes) == ("passed", [NOTE])
    assert form.size != len(filled)
    assert (locked.pdf_check.state, locked.pdf_check.refused_because) == ("refused", LOCKED)
    assert pdf_result.run() == 0


def test_check_that_a_dead_worker_held_is_made_after_its_lease(monkeypatch, meeting):
    document, now = add(meeting, content=made_pdfs.words("Plain")), timezone.now()
    assert pdf_check.take(now).document == document
    assert pdf_check.take(now + timedelta(minutes=1)) is None
    assert pdf_check.take(now + timedelta(minutes=3)).attempts == 2


def test_one_process_checks_one_file_at_a_time(meeting):
    document = add(meeting)
    with pdf_result._turn:
        assert pdf_result.run() == 0
    document.refresh_from_db()
    assert (document.pdf_check.state, document.pdf_check.attempts) == ("waiting", 0)


def test_file_that_ends_every_worker_is_refused(meeting):
    document, now = add(meeting), timezone.now()
    for minutes in (0, 3, 6):
        assert pdf_check.take(now + timedelta(minutes=minutes))
    assert pdf_result.run(now + timedelta(minutes=9)) == 1
    document.refresh_from_db()
    assert document.pdf_check.refused_because == safely.BROKEN_PDF


def test_file_that_is_gone_is_refused(meeting):
    document = add(meeting)
    document.file.storage.delete(document.file.name)
    pdf_result.run()
    document.refresh_from_db()
    assert document.pdf_check.refused_because == pdf_result.LOST


def test_cleaned_file_without_room_is_refused_in_those_words(monkeypatch, meeting):
    document = add(meeting, content=made_pdfs.words("Plain"))
    sent = document.file.name

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(safely, "check_pdf", lambda data: CheckedPdf(((595, 842),), False, False, (NOTE,), CHANGED))
    monkeypatch.setattr(document.file.storage, "_save", full)
    pdf_result.run()
    document.refresh_from_db()
    assert (document.pdf_check.state, document.pdf_check.refused_because) == ("refused", storing.NO_ROOM)
    assert document.file.name == sent


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS])
def test_folder_that_cannot_be_written_refuses_no_file(monkeypatch, meeting, error):
    document, now = add(meeting, content=made_pdfs.words("Plain")), timezone.now()

    def closed(*args, **kwargs):
        raise OSError(error, "not yours")

    monkeypatch.setattr(safely, "check_pdf", lambda data: CheckedPdf(((595, 842),), False, False, (NOTE,), CHANGED))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(document.file.storage, "_save", closed)
        for minutes in range(0, 20, 3):
            assert pdf_result.run(now + timedelta(minutes=minutes)) == 0
    assert pdf_result.run(now + timedelta(minutes=30)) == 1
    document.refresh_from_db()
    assert (document.pdf_check.state, document.pdf_check.attempts) == ("passed", 1)


def test_folder_of_files_that_is_away_refuses_no_file(meeting, settings, tmp_path):
    document = add(meeting, content=made_pdfs.words("Plain"))
    settings.MEDIA_ROOT = tmp_path / "not mounted"
    assert pdf_result.run() == 0
    document.refresh_from_db()
    assert (document.pdf_check.state, document.pdf_check.attempts) == ("waiting", 0)


def test_upload_nudges_a_worker_when_it_is_saved(django_capture_on_commit_callbacks, monkeypatch, meeting):
    nudged = []
    monkeypatch.setattr(pdf_check.nudge, "nudge", lambda *, task: nudged.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        add(meeting)
    assert nudged == ["assemblies.papers.tasks.check_pdfs"]


def test_result_is_taken_once_and_recorded(staff, meeting):
    document = add(meeting)
    passed(document)
    refused(document)
    passed(document, NOTE, clean=CHANGED)
    assert document.pdf_check.state == "passed"
    assert Entry.objects.filter(verb__in=["document.checked", "document.refused"]).count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"document": None},
        {"state": "refused", "done_at": timezone.now()},
        {"state": "passed"},
        {"done_at": timezone.now()},
        {"refused_because": "Why"},
    ],
    ids=["of nothing", "refused without a reason", "passed at no time", "waits and is done", "waits and says why"],
)
def test_database_refuses_a_check_that_is_not_whole(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        PdfCheckFactory(**facts)


# --- who is told


def test_home_asks_who_sent_a_refused_file_to_send_it_again(staff, meeting):
    document = add(meeting, by=staff)
    report = ReportFactory(item=LedItemFactory())
    appendix = report_appendix.add(report=report, by=report.author, title="The costs", file=file())
    assert again_for(staff) == again_for(report.author) == []
    refused(document)
    refused(appendix)
    assert again_for(staff) == [("Send “The plan” again", f"{LOCKED}.")]
    assert again_for(report.author) == [("Send the appendix “The costs” again", f"{LOCKED}.")]
    pdf_result.put_away(check=document.pdf_check, by=staff)
    assert again_for(staff) == []


def again_for(person) -> list[tuple[str, str]]:
    return [(each.title, each.why) for each in todo.now_for(person) if each.title.startswith("Send ")]


@pytest.mark.parametrize("rows", [1, 9])
def test_documents_page_asks_the_same_for_one_check_as_for_many(client, meeting, rows):
    sign_in(client, StaffFactory())
    for number in range(rows):
        PdfCheckFactory(document__meeting=meeting)
        refused(add(meeting, title=f"Refused {number}"))
        old = DocumentFactory(meeting=meeting, title=f"Old {number}", kind="paper")
        documents.replace(document=old, by=None, file=file(b"%PDF-1.7\n% " + str(number).encode()))
    assert queries(client, address("manage_documents", meeting)) == 9


@pytest.mark.parametrize("rows", [1, 9])
def test_work_page_asks_the_same_for_one_appendix_as_for_many(client, rows):
    report = ReportFactory(item=LedItemFactory())
    for number in range(rows):
        report_appendix.add(report=report, by=report.author, title=f"Plan {number}", file=file())
        refused(report_appendix.add(report=report, by=report.author, title=f"Refused {number}", file=file()))
    sign_in(client, report.author)
    assert queries(client, reverse("report_work", args=[report.pk])) == 16

"""A report goes out as a Word document and comes back: asked about, compared, and then used or left. Nothing changes before."""

import io
import re
from dataclasses import asdict, replace
from datetime import timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assemblies.papers.actions import report as reports
from assemblies.papers.actions import word_file
from assemblies.papers.models import PaperOpening, WordFile
from assemblies.papers.report_text import Section
from assemblies.papers.word import receiving
from assemblies.papers.word.facts import facts_of
from assemblies.papers.word.writing import write
from partnership import retention
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from tests.assemblies.papers.signing import chain, now, sign_off, submit, submitted
from tests.assemblies.papers.word.documents import changed, document, paragraph, run, table
from tests.assemblies.papers.word.test_changes_and_hidden import BOX, BY, DEL, INS
from tests.assemblies.papers.word.test_refusals import OLE
from tests.factories import (
    AgendaItemFactory,
    AgendaVersionFactory,
    ChairFactory,
    ClosureGroundFactory,
    LedItemFactory,
    ReportAppendixFactory,
    ReportFactory,
    StaffFactory,
    UserFactory,
    WordFileFactory,
)
from tests.pages import hidden, words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """Reads documents here: quicker than the child process, and the same function. One test below asks the child."""
    monkeypatch.setattr(receiving.safely, "read_report", lambda data, read: read(data))


@pytest.fixture
def report(client):
    """A report whose author is signed in."""
    report = ReportFactory(title="Recovery plan")
    sign_in(client, report.author)
    return report


def at(name, report, *args):
    return reverse(name, args=[report.pk, *args])


def told(report, **changes) -> bytes:
    """The report as a Word document, with these parts changed in Word."""
    return write(replace(report.working_text, **changes), facts_of(report))


def send(client, report, data: bytes, name="plan.docx", *, follow=True):
    return client.post(at("report_word_send", report), {"file": SimpleUploadedFile(name, data)}, follow=follow)


def with_costs(report, words_="It costs nothing."):
    return told(report, fields=report.working_text.fields | {"finance": words_})


def use(client, report, page):
    """What the author does on the page of the comparison."""
    file = report.word_files.get(state="preview")
    given = {name: hidden(page.text, name) for name in ("revision", "seen")}
    return client.post(at("report_word_file", report, file.pk), given, follow=True)


def compared(page, number=0) -> str:
    """The words of one of the page's tables."""
    tables = re.findall(r"<table.*?</table>", page.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:ins|del)>", "", tables[number])).split())


# --- out


def test_report_just_started_is_downloaded_with_what_is_known(client):
    item = LedItemFactory(topic__title="Buses")
    sign_in(client, item.lead)
    client.post(reverse("report_new", args=[item.pk]))
    version = AgendaVersionFactory(meeting=item.meeting)
    AgendaItemFactory(version=version, position=4, planned=item)
    answer = client.get(at("report_word", item.report))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (DOCX, 'attachment; filename="buses.docx"')
    rows = {row.cells[0].text: row.cells[1].text for row in docx.Document(io.BytesIO(answer.content)).tables[0].rows}
    assert (rows["Meeting"], rows["Item number"], rows["Classification"]) == (item.meeting.title, "4", "Open")
    assert rows["Report title"] == "Buses"


def test_report_of_an_item_without_a_meeting_is_downloaded_too(client):
    report = ReportFactory(item=LedItemFactory(meeting=None))
    sign_in(client, report.author)
    rows = docx.Document(io.BytesIO(client.get(at("report_word", report)).content)).tables[0].rows
    assert {row.cells[0].text: row.cells[1].text for row in rows}["Date"] == "Not known yet"


def test_document_says_on_which_ground_a_report_is_closed(client, report):
    report.item.closure = ClosureGroundFactory(board=report.board).closure
    report.item.save()
    answer = client.get(at("report_word", report))
    rows = {row.cells[0].text: row.cells[1].text for row in docx.Document(io.BytesIO(answer.content)).tables[0].rows}
    assert rows["Classification"] == f"{report.item.closure.class_name}. {report.item.closure.why[0]}"


def test_who_downloads_a_closed_report_is_written_down(client):
    report = ReportFactory()
    report.item.closure = ClosureGroundFactory(board=report.board).closure
    report.item.save()
    chain(report.board, "Finance")
    submit(report)
    sign_in(client, now(report).holder)
    client.get(at("report_word", report))
    assert PaperOpening.objects.get().version == report.versions.get()


def test_those_who_sign_download_and_do_not_send(client):
    report = submitted("Finance")
    file = WordFileFactory(report=report)
    sign_in(client, now(report).holder)
    assert "Download as Word" in words(client.get(at("report_work", report)))
    assert file.filename not in words(client.get(at("report_work", report)))
    assert client.get(at("report_word", report)).status_code == 200
    assert client.get(at("report_word_send", report)).status_code == 403
    for name in ("report_word_file", "report_word_answers", "report_word_leave"):
        assert client.get(at(name, report, file.pk)).status_code == 403


def test_for_everybody_else_there_is_no_document(client, report):
    file = WordFileFactory(report=report)
    for user in (UserFactory(), ChairFactory().holder):
        sign_in(client, user)
        pages = [at("report_word", report), at("report_word_send", report), at("report_word_file", report, file.pk)]
        assert {client.get(page).status_code for page in pages} == {404}
    other = ReportFactory(author=report.author)
    sign_in(client, report.author)
    assert client.get(at("report_word_file", other, file.pk)).status_code == 404


# --- in


def test_what_would_change_is_shown_and_then_used(client, report):
    page = send(client, report, with_costs(report))
    assert "What would change with plan.docx" in words(page)
    assert (
        compared(page) == "Part Now In the document Financial impact What we say of financial impact. It costs nothing."
    )
    assert "<ins>It costs nothing.</ins>" in words(page)
    report.refresh_from_db()
    assert (report.text["fields"]["finance"], report.revision) == ("What we say of financial impact.", 0)
    assert "The report now says what plan.docx says." in words(use(client, report, page))
    report.refresh_from_db()
    assert (report.text["fields"]["finance"], report.revision) == ("It costs nothing.", 1)
    assert report.text["recommendations"] == ["Agree the plan.", "Note the risks."]


def test_whole_report_goes_through_word_and_the_child_process(client, report, monkeypatch):
    monkeypatch.undo()
    text = replace(
        report.working_text,
        title="A better plan",
        recommendations=("Agree **it**.",),
        sections=(Section("Why", "First.\n\n- one\n  - two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"),),
    )
    use(client, report, send(client, report, write(text, facts_of(report))))
    report.refresh_from_db()
    assert report.working_text == text


def test_document_waits_on_the_server_until_it_is_used(client, report):
    send(client, report, with_costs(report))
    client.logout()
    sign_in(client, report.author)
    file = report.word_files.get()
    page = words(client.get(at("report_work", report)))
    assert f'href="{at("report_word_file", report, file.pk)}">See what would change' in page
    use(client, report, client.get(at("report_word_file", report, file.pk)))
    report.refresh_from_db()
    assert report.text["fields"]["finance"] == "It costs nothing."


def test_used_document_is_used_once_and_not_kept(client, report):
    page = send(client, report, with_costs(report))
    file = report.word_files.get()
    revision = hidden(page.text, "revision")
    use(client, report, page)
    again = client.post(at("report_word_file", report, file.pk), {"revision": revision}, follow=True)
    assert "plan.docx was used already." in words(again)
    report.refresh_from_db()
    file.refresh_from_db()
    assert (report.revision, file.state, file.found, file.answers) == (1, "confirmed", {}, {})
    assert word_file.use(file=file, by=report.author).revision == 1


def test_document_that_is_left_changes_nothing_and_is_not_kept(client, report):
    send(client, report, with_costs(report))
    file = report.word_files.get()
    assert "Leave plan.docx?" in words(client.get(at("report_word_leave", report, file.pk)))
    page = client.post(at("report_word_leave", report, file.pk), follow=True)
    assert "The report has not changed, and nothing of plan.docx is kept." in words(page)
    report.refresh_from_db()
    file.refresh_from_db()
    assert (report.revision, file.state, file.found) == (0, "discarded", {})
    assert "plan.docx was left already." in words(client.get(at("report_word_file", report, file.pk), follow=True))
    with pytest.raises(Refusal, match="already been discarded"):
        word_file.use(file=file, by=report.author)


def test_second_document_of_a_person_replaces_the_first(client, report):
    staff = StaffFactory()
    word_file.send(report=report, by=staff, filename="of-staff.docx", data=told(report))
    for name in ("one.docx", "two.docx"):
        send(client, report, with_costs(report), name=name)
    waiting = report.word_files.filter(state="preview").values_list("filename", flat=True)
    assert sorted(waiting) == ["of-staff.docx", "two.docx"]


def test_document_that_says_the_same_has_nothing_to_use(client, report):
    page = send(client, report, told(report))
    assert "The document says what the report says already" in words(page)
    assert "Use this text" not in words(page)
    assert "Leave the document" in words(page)


def test_parts_the_document_does_not_have_stay(client, report):
    made = docx.Document()
    rows = made.add_table(rows=1, cols=2).rows[0].cells
    rows[0].text, rows[1].text = "Financial impact", "It costs nothing."
    out = io.BytesIO()
    made.save(out)
    page = send(client, report, out.getvalue())
    assert "It has no row “Key risks and mitigations”. What the portal has there stays." in words(page)
    before = report.working_text
    use(client, report, page)
    report.refresh_from_db()
    assert report.working_text == replace(before, fields=before.fields | {"finance": "It costs nothing."})


def test_facts_and_appendices_are_never_taken_from_word(client, report):
    ReportAppendixFactory(report=report, title="The draft plan")
    facts = replace(facts_of(report), date="15 September 2020")
    text = replace(report.working_text, appendices=(), title="A new title")
    page = send(client, report, write(text, facts))
    assert compared(page) == "Part Now In the document Report title Recovery plan A new title"
    stays = compared(page, 1)
    assert "15 September 2020" in stays
    assert "Appendices The draft plan Empty" in stays
    use(client, report, page)
    report.refresh_from_db()
    assert report.title == "A new title"
    assert report.appendices.in_use().count() == 1


# --- somebody else


def test_report_changed_meanwhile_shows_the_conflict_then_is_used(client, report):
    page = send(client, report, with_costs(report))
    text = report.working_text
    staff = StaffFactory(name="Stella Staff")
    theirs = replace(text, fields=text.fields | {"risks": "A risk of theirs."})
    reports.write(report=report, by=staff, text=theirs)
    conflict = use(client, report, page)
    assert "Stella Staff changed this on" in words(conflict)
    assert "<title>Error: " in words(conflict)
    assert "A risk of theirs." in compared(conflict)
    report.refresh_from_db()
    assert report.text["fields"]["finance"] == "What we say of financial impact."
    use(client, report, conflict)
    report.refresh_from_db()
    assert report.text["fields"]["finance"] == "It costs nothing."


def downloaded(client, report) -> bytes:
    return client.get(at("report_word", report)).content


def test_document_that_is_older_than_what_somebody_else_wrote_says_so(client, report):
    data = downloaded(client, report)
    text = report.working_text
    theirs = replace(text, fields=text.fields | {"risks": "A risk of theirs."})
    reports.write(report=report, by=StaffFactory(name="Stella Staff"), text=theirs)
    page = send(client, report, data)
    said = "Stella Staff changed the report after this document was downloaded: Key risks and mitigations."
    assert said in words(page)
    assert "A risk of theirs." in compared(page)


def test_document_sent_twice_is_not_warned_of_its_own_words(client, report):
    data = downloaded(client, report)
    use(client, report, send(client, report, with_costs(report)))
    assert "after this document was downloaded" not in words(send(client, report, data))


@pytest.mark.parametrize("of_this_board", [True, False])
def test_document_of_another_report_says_so(client, report, of_this_board):
    known = {"item__board": report.board} if of_this_board else {}
    other = ReportFactory(title="Another plan", author=report.author, **known)
    page = send(client, report, downloaded(client, other))
    assert "This document was downloaded from another report." in words(page)
    assert "Another plan" in compared(page)


def test_report_on_its_way_takes_no_document(client):
    report = submitted("Finance")
    sign_in(client, report.author)
    page = client.get(at("report_word_send", report), follow=True)
    assert "The report is being signed off, so its text stays as it is." in words(page)
    assert "Take it back first" in words(send(client, report, told(report)))
    file = WordFileFactory(report=report)
    page = words(client.get(at("report_word_file", report, file.pk)))
    assert "so its text stays as it is for now" in page or "says already" in page
    assert "Use this text" not in page
    assert "Send back" not in words(client.get(at("report_work", report)))


def test_action_refuses_while_the_report_is_signed_off(client):
    report = sign_off(submitted("Finance"))
    found = asdict(receiving.as_read(WordFileFactory.build(report=report).found))
    found["text"]["title"] = "Another"
    with pytest.raises(Refusal, match="Start a new version"):
        word_file.use(file=WordFileFactory(report=report, found=found), by=report.author)


# --- what only a person can answer


TRACKED = paragraph(f"{run('It costs ')}{INS}{run('three')}</w:ins>{DEL}<w:r><w:delText>two</w:delText></w:r></w:del>")
COMMENTS = {"comments": f"<w:comment {BY.replace('1', '7', 1)}><w:p>{run('Is this right?')}</w:p></w:comment>"}
COMMENTED = paragraph(run("Costs") + '<w:r><w:commentReference w:id="7"/></w:r>')


@pytest.mark.parametrize(
    ("data", "said", "question"),
    [
        (lambda: document(TRACKED), ("Tracked changes", "inserted “three”"), ("tracked_change", "Say whether to accept")),
        (lambda: document(COMMENTED, **COMMENTS), ("Comments", "Is this right?"), ("comment", "Read the comments")),
        (
            lambda: document(paragraph(run("not seen", "<w:vanish/>"))),
            ("Hidden text", "“not seen”"), ("hidden_text", "Say that the hidden text is left out"),
        ),
        (
            lambda: document(paragraph(BOX)),
            ("Text boxes", "Not for the press"), ("text_box", "Say that text boxes are left out"),
        ),
        (
            lambda: document(header=paragraph(run("EXEMPT: paragraph 3"))),
            ("Markings at the edge of the page", "EXEMPT: paragraph 3"), ("marking", "Check how the report is classified"),
        ),
    ],
    ids=["tracked", "comment", "hidden", "text box", "marking"],
)  # fmt: skip
def test_question_is_answered_before_anything_is_compared(client, report, data, said, question):
    page, (field, refused) = send(client, report, data()), question
    file = report.word_files.get()
    questions, comparison = at("report_word_answers", report, file.pk), at("report_word_file", report, file.pk)
    assert page.redirect_chain[-1][0] == questions
    for each in ("Questions about plan.docx", *said):
        assert each in words(page)
    assert client.get(comparison).url == questions
    assert client.post(comparison, {"revision": "0"}).url == questions
    assert refused in words(client.post(questions, {}))
    with pytest.raises(Refusal, match="Answer the questions"):
        word_file.use(file=file, by=report.author)
    answer = "reject" if field == "tracked_change" else "on"
    assert client.post(questions, {field: answer}).url == comparison
    page = client.get(comparison)
    assert "Change your answers" in words(page)
    assert "Use this text" in words(page)
    assert "checked" in client.get(questions).text.split(f'name="{field}"')[1 + (answer == "reject")].split(">")[0]


@pytest.mark.parametrize(("answer", "costs", "said"), [("accept", "three", "accepted"), ("reject", "two", "rejected")])
def test_tracked_changes_are_taken_as_answered(client, report, answer, costs, said):
    send(client, report, document(TRACKED))
    file = report.word_files.get()
    page = client.post(at("report_word_answers", report, file.pk), {"tracked_change": answer}, follow=True)
    assert f"Its tracked changes are {said}." in words(page)
    use(client, report, page)
    report.refresh_from_db()
    assert report.text["fields"]["finance"] == f"It costs {costs}"


def test_changes_rejected_meanwhile_by_another_are_not_used_unseen(client, report):
    send(client, report, document(TRACKED))
    file = report.word_files.get()
    page = client.post(at("report_word_answers", report, file.pk), {"tracked_change": "accept"}, follow=True)
    word_file.answer(file=file, by=StaffFactory(), answers={"tracked change": "reject"})
    page = use(client, report, page)
    assert "Somebody has just answered the questions in another way" in words(page)
    assert "Its tracked changes are rejected." in words(page)
    report.refresh_from_db()
    assert report.revision == 0
    use(client, report, page)
    report.refresh_from_db()
    assert report.text["fields"]["finance"] == "It costs two"


def test_answers_to_a_document_that_is_used_are_refused(client, report):
    send(client, report, document(TRACKED))
    file = report.word_files.get()
    word_file.leave(file=file, by=report.author)
    with pytest.raises(Refusal, match="used or left meanwhile"):
        word_file.answer(file=file, by=report.author, answers={"tracked change": "accept"})
    page = client.post(at("report_word_answers", report, file.pk), {"tracked_change": "accept"}, follow=True)
    assert "was left already" in words(page)


def test_document_without_questions_asks_none(client, report):
    file = WordFileFactory(report=report)
    assert client.get(at("report_word_answers", report, file.pk)).url == at("report_word_file", report, file.pk)


# --- bad input


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: OLE, "This is a document of the old kind (.doc): open it in Word, save it as .docx and send that"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password: save it without one"),
        (lambda: b"%PDF-1.7\n", "This is a PDF: send the Word document"),
        (lambda: b"\x89PNG\r\n", "This is a PNG picture file: send a Word document (.docx)"),
        (lambda: b"Dear Ann,\n", "send a Word document (.docx)"),
        (lambda: document()[:-200], "damaged"),
        (lambda: changed(document(), lambda name, part: part, **{"word/vbaProject.bin": b"x"}), "holds macros"),
        (lambda: b"", "The file is empty"),
        (lambda: b"x" * (21 * 1024 * 1024), "The document is larger than 20 MB"),
    ],
    ids=["doc", "password", "pdf", "picture", "text", "cut", "macros", "empty", "large"],
)
def test_file_that_is_no_report_is_refused_on_the_page(client, report, data, said):
    page = send(client, report, data())
    assert page.status_code == 200
    assert "There is a problem" in words(page)
    assert said in words(page).replace("&#x27;", "’")
    assert not WordFile.objects.exists()


def test_no_file_is_asked_for(client, report):
    assert "Choose a file" in words(client.post(at("report_word_send", report), {}))


PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="A map"/><a:graphic><a:graphicData uri="x/picture">'
    "<a:blip/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
MERGED = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph(run("both"))}'
SMART = paragraph(run("2.1 Costs, numbered by hand"))


@pytest.mark.parametrize(
    ("data", "place", "said"),
    [
        (lambda: document(paragraph(PICTURE)), "Financial impact", "A picture, described as “A map”."),
        (
            lambda: document(section=table((table((paragraph(run("inner")),)) + paragraph(),))),
            "Section 1, Background", "A table inside a table: “inner”.",
        ),
        (
            lambda: document(section=table((MERGED,), (paragraph(run("a")), paragraph(run("b"))))),
            "Section 1, Background", "Merged cells in a table, near “both”",
        ),
        (
            lambda: document(section=f"<w:sdt><w:sdtPr/><w:sdtContent>{SMART}</w:sdtContent></w:sdt>"),
            "Section 1, Background", "Numbers of paragraphs that look typed",
        ),
    ],
    ids=["picture", "nested table", "merged cells", "content control with numbers"],
)  # fmt: skip
def test_what_could_not_be_read_is_listed_with_its_place(client, report, data, place, said):
    page = words(send(client, report, data()))
    notes = page.split("What we could not read")[1]
    assert f"<dt>{place}</dt>" in notes
    assert said in notes


def test_text_that_the_portal_could_not_save_is_named_and_not_used(client, report):
    long = "x" * 201
    sections = tuple(Section(f"Section {number}", "Words.") for number in range(61))
    data = told(report, title=long, recommendations=("y" * 20_001,), sections=sections)
    page = words(send(client, report, data))
    assert "This text cannot be used as it is. Change it in Word and send the document again:" in page
    assert "Title of the report: " in page
    assert "Recommendation 1: " in page
    assert "There are 61 sections: a report has 60 at most" in page
    assert "Use this text" not in page
    sent = client.post(at("report_word_file", report, report.word_files.get().pk), {"revision": "0"})
    assert "<title>Error: " in words(sent)
    report.refresh_from_db()
    assert report.title == "Recovery plan"


def test_scripts_of_a_document_are_words_on_every_page(client, report):
    script = "<script>alert(1)</script>"
    page = send(client, report, with_costs(report, script), name=f"{script}.docx")
    assert script not in page.text
    assert "alert(1)" in page.text
    questions = send(client, report, document(paragraph(run("&lt;script&gt;x", "<w:vanish/>"))))
    assert "<script>x" not in questions.text
    assert "&lt;script&gt;x" in questions.text


# --- what is kept


def test_documents_go_after_thirty_days(report):
    WordFileFactory(report=report)
    now_ = timezone.now()
    assert retention.every_hour(now_ + timedelta(days=29))["word_files"] == 0
    assert retention.every_hour(now_ + timedelta(days=31))["word_files"] == 1


def test_what_happened_to_a_document_is_recorded(client, report):
    page = send(client, report, with_costs(report))
    use(client, report, page)
    send(client, report, told(report))
    word_file.leave(file=report.word_files.get(state="preview"), by=report.author)
    verbs = Entry.objects.about(report).order_by("pk").values_list("verb", flat=True)
    found = [verb for verb in verbs if "word" in verb]
    assert found == ["report.word_read", "report.word_used", "report.word_read", "report.word_left"]


def test_used_document_has_its_time(report):
    with pytest.raises(IntegrityError), transaction.atomic():
        WordFileFactory(report=report, state="confirmed")


@pytest.mark.parametrize("rows", [1, 6])
def test_work_page_asks_the_same_for_one_document_as_for_many(client, report, rows):
    for _ in range(rows):
        WordFileFactory(report=report, uploaded_by=UserFactory())
    assert queries(client, at("report_work", report)) == 16

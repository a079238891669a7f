"""A report in Word: downloaded to be filled in, sent back, asked about, compared, and used."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from assemblies.meetings.views.managed import posted, row_of
from assemblies.papers.actions import word_file
from assemblies.papers.forms.report import what_is_wrong
from assemblies.papers.forms.word_file import QuestionsForm, UseForm, WordFileForm
from assemblies.papers.models import Report, WordFile
from assemblies.papers.report_changes import Difference, marked
from assemblies.papers.views.gone import instead_of_working_text
from assemblies.papers.views.report import note_opening, readable_versions
from assemblies.papers.views.reports import in_hand, trail, written
from assemblies.papers.word.comparing import EMPTY, compare, compare_facts, to_save
from assemblies.papers.word.facts import facts_of
from assemblies.papers.word.findings import Note
from assemblies.papers.word.origin import origin_of, warning
from assemblies.papers.word.writing import write
from partnership.files import sending
from partnership.files.kinds import DOCX
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale


@require_safe
def report_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it is saved, to be read in Word, or filled in and sent back. While it is being signed off, and after, that
    is its newest version."""
    report = in_hand(request, pk)
    if answer := instead_of_working_text(request, report):
        return answer
    if not report.is_open and (version := readable_versions(request, report).first()):
        note_opening(request, version)
    name = slugify(report.title)[:80] or "report"
    made = write(report.working_text, facts_of(report), written_from=origin_of(report))
    return sending.attachment(made, DOCX.content_type, f"{name}.docx")


def report_word_send(request: HttpRequest, pk: int) -> HttpResponse:
    report = written(request, pk)
    if not report.is_open and request.method != "POST":
        messages.error(request, f"The report is {report.get_state_display()}, so its text stays as it is.")
        return redirect("report_work", pk)
    form = WordFileForm(posted(request), request.FILES or None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            file = word_file.send(report=report, by=request.user, filename=sent.name, data=sent.read())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("report_word_file", pk, file.pk)
    return render(request, "papers/word_send.html", {"form": form, "report": report})


def report_word_answers(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """The questions about the document that only a person can answer."""
    report = written(request, pk)
    found = _kept(report, file)
    if found.state != WordFile.State.PREVIEW:
        return _over(request, found)
    questions = word_file.read_of(found).questions
    if not questions:
        return redirect("report_word_file", pk, file)
    form = QuestionsForm(posted(request), questions=questions, answers=found.answers)
    if form.is_valid():
        try:
            word_file.answer(file=found, by=request.user, answers=form.answers)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("report_word_file", pk, file)
    return render(request, "papers/word_answers.html", {"form": form, "report": report, "file": found})


def report_word_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """What would change, part by part, and what could not be read. The report is written on POST alone."""
    report = written(request, pk)
    found = _kept(report, file)
    if found.state != WordFile.State.PREVIEW:
        return _over(request, found)
    if word_file.unanswered(found):
        return redirect("report_word_answers", pk, file)
    shown = _compared(report, found)
    shown_with = {"revision": report.revision, "seen": word_file.tracked_changes(found)}
    form = UseForm(posted(request), initial=shown_with, wrong=shown["wrong"])
    if form.is_valid():
        try:
            word_file.use(file=found, by=request.user, **form.cleaned_data)
        except Stale as stale:
            form.refuse_stale(stale)
            shown = _compared(in_hand(request, pk), found)
        except Refusal as refusal:
            form.refuse(refusal)
            form.data = form.data.copy()
            form.data["seen"] = shown_with["seen"]  # which is what this page shows
        else:
            messages.success(request, f"The report now says what {found.filename} says.")
            return redirect("report_work", pk)
    return render(request, "papers/word_file.html", shown | {"form": form})


def report_word_leave(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    report = written(request, pk)
    found = _kept(report, file)
    if request.method == "POST":
        try:
            word_file.leave(file=found, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"The report has not changed, and nothing of {found.filename} is kept.")
        return redirect("report_work", pk)
    return confirm(
        request,
        question=f"Leave {found.filename}?",
        consequence="The report stays as it is. We delete what we read in the document; you still have the document itself.",
        label="Leave it",
        back=reverse("report_word_file", args=[pk, file]),
        caption=report.title,
        trail=trail(report),
    )


def _kept(report: Report, file: int) -> WordFile:
    return row_of(report.word_files.select_related("uploaded_by"), file)


def _over(request: HttpRequest, found: WordFile) -> HttpResponse:
    was = "used" if found.state == WordFile.State.CONFIRMED else "left"
    messages.info(request, f"{found.filename} was {was} already.")
    return redirect("report_work", found.report_id)


def _compared(report: Report, file: WordFile) -> dict:
    """What the page shows: what would change, what stays although the document says otherwise, and what was not read."""
    read, accepts = word_file.read_of(file), word_file.accepts_changes(file)
    now = report.working_text
    new = to_save(now, read, accept_changes=accepts)
    appendices = compare(now, replace(now, appendices=new.appendices))
    text = replace(new, appendices=now.appendices)
    return {
        "report": report,
        "file": file,
        "differences": _beside(compare(now, text)),
        "stays": _beside([*compare_facts(facts_of(report), read), *appendices]),
        "warning": warning(report, file, read.written_from),
        "wrong": what_is_wrong(text, report),
        "notes": _by_place(read.notes),
        "accepts": accepts if read.has_tracked_changes else None,
        "has_questions": bool(read.questions),
    }


def _beside(rows: Iterable[tuple[str, str, str]]) -> list[Difference]:
    return marked((part, _words(was), _words(now)) for part, was, now in rows)


def _words(said: str) -> str:
    return "" if said == EMPTY else said


def _by_place(notes: Iterable[Note]) -> list[tuple[str, list[str]]]:
    """The notes below the place in the document where each belongs, in its order."""
    places = list(dict.fromkeys(note.where for note in notes))
    rows = sorted(notes, key=lambda note: places.index(note.where))
    return [(where, [note.words for note in found]) for where, found in groupby(rows, key=lambda note: note.where)]

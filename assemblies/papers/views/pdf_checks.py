"""How the check of an uploaded PDF went: of a document of a meeting, and of an appendix of a report."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.views.managed import managed, row_of
from assemblies.papers.actions import agenda, agenda_paper, pdf_result
from assemblies.papers.models import Document, PdfCheck, ReportAppendix
from assemblies.papers.views.acting import act
from assemblies.papers.views.reports import trail, written

PUT_AWAY = "The file that was refused is deleted."


@require_safe
def manage_document_check(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How far the check is, and what it found. May be left and returned to; `?part=progress` is what a script asks for."""
    meeting = managed(request, slug)
    document: Document = row_of(meeting.documents.select_related("pdf_check", "replaces"), pk)
    check = _check_of(document)
    back = reverse("manage_documents", args=[slug])
    context = {
        "file_url": reverse("document", args=[slug, pk]),
        "next": _next(meeting, document) if check.state == PdfCheck.State.PASSED else "",
        "release_url": reverse("manage_document_release", args=[slug, pk]) if _may_be_released(document) else "",
        "again_url": _again(meeting, document),
        "put_away_url": reverse("manage_document_put_away", args=[slug, pk]),
        "back_url": back,
        "back": "Go to the documents of the meeting",
        "caption": caption(meeting),
        "trail": [*manage_trail(meeting), ("Documents", back)],
        "section": "meetings",
    }
    return _page(request, check, context)


@require_POST
def manage_document_put_away(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug)
    act(request, PUT_AWAY, pdf_result.put_away, check=_check_of(row_of(meeting.documents, pk)))
    return redirect("manage_documents", slug)


@require_safe
def report_appendix_check(request: HttpRequest, pk: int, appendix: int) -> HttpResponse:
    """As for a document of a meeting, for those who write the report."""
    report = written(request, pk)
    found: ReportAppendix = row_of(report.appendices.select_related("pdf_check"), appendix)
    said = {"title": found.title} | _closed(found)
    context = {
        "file_url": reverse("report_appendix_file", args=[pk, appendix]),
        "next": "It is an appendix of the report.",
        "again_url": f"{reverse('report_appendix_add', args=[pk])}?{urlencode(said)}",
        "put_away_url": reverse("report_appendix_put_away", args=[pk, appendix]),
        "back_url": reverse("report_work", args=[pk]),
        "back": "Go to the report",
        "caption": report.title,
        "trail": trail(report),
    }
    return _page(request, _check_of(found), context)


@require_POST
def report_appendix_put_away(request: HttpRequest, pk: int, appendix: int) -> HttpResponse:
    report = written(request, pk)
    act(request, PUT_AWAY, pdf_result.put_away, check=_check_of(row_of(report.appendices, appendix)))
    return redirect("report_work", pk)


def _page(request: HttpRequest, check: PdfCheck, context: dict[str, Any]) -> HttpResponse:
    template = "papers/_pdf_check.html" if request.GET.get("part") == "progress" else "papers/pdf_check.html"
    said = {
        PdfCheck.State.WAITING: f"Checking “{check.file_of}”",
        PdfCheck.State.PASSED: f"“{check.file_of}” is checked",
        PdfCheck.State.REFUSED: f"“{check.file_of}” cannot be used",
    }
    found = {"check": check, "heading": said[PdfCheck.State(check.state)]}
    return render(request, template, context | found)


def _check_of(file: Document | ReportAppendix) -> PdfCheck:
    """404 for a file that needed no check."""
    check: PdfCheck | None = getattr(file, "pdf_check", None)
    if check is None:
        raise Http404
    return check


def _may_be_released(document: Document) -> bool:
    if document.released_at or document.withdrawn_at or document.is_being_checked:
        return False
    waits = document.replaces and agenda_paper.in_force_with(document.meeting, document.replaces)
    return not (waits or agenda_paper.waits_on_draft(document))


def _next(meeting: Meeting, document: Document) -> str:
    if document.withdrawn_at:
        return "It was withdrawn meanwhile."
    if document.released_at:
        return "People who see the meeting can open it."
    draft = agenda.draft_of(meeting)
    if draft and agenda_paper.waits_on_draft(document):
        return f"It waits for the chair to publish version {draft.number} of the agenda."
    return "Nobody else sees it until you release it, or the chair publishes it with the agenda."


def _again(meeting: Meeting, document: Document) -> str:
    if document.replaces_id:
        return reverse("manage_document_replace", args=[meeting.slug, document.replaces_id])
    said = {"title": document.title, "kind": document.kind} | _closed(document)
    return f"{reverse('manage_document_add', args=[meeting.slug])}?{urlencode(said)}"


def _closed(file: Document | ReportAppendix) -> dict[str, str]:
    """What the form asks, so that another file in its place is closed to the public as this one was."""
    return {"closed": "on"} if file.closed_by else {}

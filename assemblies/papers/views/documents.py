"""Documents of a meeting: upload, put in order, release, withdraw, replace."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.views.managed import managed, posted, row_of
from assemblies.papers.actions import agenda, agenda_paper
from assemblies.papers.actions import document as document_actions
from assemblies.papers.forms.document import DocumentForm, NewDocumentForm, ReplaceForm
from assemblies.papers.models import AgendaVersion, Document
from assemblies.papers.views import withdrawals
from assemblies.papers.views.acting import act
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm


def manage_documents(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    rows = meeting.documents.with_closures().select_related("closure", "uploaded_by", "replaces", "pdf_check")
    found = list(rows.prefetch_related("replaced_by__pdf_check"))
    newer = {document: document.newer for document in found}
    kept = [document for document in found if document.withdrawn_at is None and newer[document] is None]
    kinds = [(kind.label, [one for one in kept if one.kind == kind]) for kind in Document.Kind]
    draft = agenda.draft_of(meeting)
    context = {
        "meeting": meeting,
        "kinds": [(label, rows) for label, rows in kinds if rows],
        "draft": draft,
        "waiting": _waiting(meeting, draft),
        "replaced": [(old, new) for old, new in newer.items() if new and new.released_at and not old.withdrawn_at],
        "withdrawn": [document for document in found if document.withdrawn_at and not document.is_refused],
        "refused": [document for document in found if document.is_refused],
        "to_fix": _to_fix(meeting, newer),
    }
    return render(request, "papers/documents.html", context)


def _waiting(meeting: Meeting, draft: AgendaVersion | None) -> set[int]:
    """Papers that people see once the chair publishes the draft they are on."""
    if draft is None:
        return set()
    on_it = meeting.documents.filter(agenda_items__version=draft, released_at=None)
    return {*agenda.waiting_on(draft).values_list("pk", flat=True), *on_it.values_list("pk", flat=True)}


def _to_fix(meeting: Meeting, newer: dict[Document, Document | None]) -> set[int]:
    """Papers of the agenda in force that were withdrawn from view, while a corrected file may still be uploaded."""
    version = agenda.published_of(meeting)
    gone = [each.pk for each, new in newer.items() if each.withdrawn_because and new is None]
    if not gone or version is None or not agenda.may_change(meeting):
        return set()
    return set(meeting.documents.filter(pk__in=gone, agenda_items__version=version).values_list("pk", flat=True))


def manage_document_add(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    start = {name: request.GET[name] for name in ("title", "kind") if name in request.GET}
    form = NewDocumentForm(request.POST or None, request.FILES or None, initial=start)
    if form.is_valid():
        try:
            document = document_actions.add(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if document.closed_by:
                messages.success(
                    request, f"“{document.title}” is uploaded, closed to the public. Say why it is closed."
                )
                return redirect("manage_document_class", slug, document.pk)
            return _uploaded(
                request, document, f"“{document.title}” is uploaded. Release it when people should see it."
            )
    context = {"form": form, "meeting": meeting, "title": "Upload a document"}
    return render(request, "papers/document.html", context)


def manage_document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug)
    document = row_of(meeting.documents, pk)
    start = {"title": document.title, "kind": document.kind}
    form = DocumentForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            named = document_actions.describe(document=document, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Saved." if named == document else _said_of_waiting(meeting, named))
            return redirect("manage_documents", slug)
    context = {"form": form, "meeting": meeting, "title": f"Change “{document.title}”"}
    if document.withdrawn_at is None and agenda_paper.in_force_with(meeting, document):
        context |= {"title_for_chair": True, "chair": agenda.chair_of(meeting)}
    return render(request, "papers/document.html", context)


def manage_document_replace(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug)
    document = row_of(meeting.documents, pk)
    out = document.replaces if document.replaces and not document.released_at else document
    version = agenda_paper.in_force_with(meeting, out)
    form = ReplaceForm(posted(request), request.FILES or None, for_chair=bool(version))
    if form.is_valid():
        try:
            new = document_actions.replace(document=document, by=request.user, file=form.cleaned_data["file"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _uploaded(request, new, "" if new.is_being_checked else _said_of_replacement(meeting, new))
    context = {"form": form, "meeting": meeting, "title": f"Replace “{document.title}”", "replaced": document}
    if version:
        context |= {"for_chair": True, "chair": agenda.chair_of(meeting), "out": out}
    return render(request, "papers/document.html", context)


def _uploaded(request: HttpRequest, document: Document, said: str) -> HttpResponse:
    """Leads to the list, or to the check of a PDF, which says the rest."""
    if document.is_being_checked:
        return redirect("manage_document_check", document.meeting.slug, document.pk)
    messages.success(request, said)
    return redirect("manage_documents", document.meeting.slug)


def _said_of_replacement(meeting: Meeting, new: Document) -> str:
    if new.released_at or not (new.replaces and agenda_paper.in_force_with(meeting, new.replaces)):
        return f"“{new.title}” has been replaced. The old file is kept, but people cannot see it."
    return _said_of_waiting(meeting, new)


def _said_of_waiting(meeting: Meeting, new: Document) -> str:
    draft, chair = agenda.draft_of(meeting), agenda.chair_of(meeting)
    assert draft is not None  # or the file would not wait for the chair
    told = f"{chair} is told" if chair else f"The {meeting.board} has no chair today, so nobody can be told"
    what = "The new title" if new.is_renamed else "The newer file of"
    return f"{what} “{new.title}” is waiting for the chair to publish version {draft.number} of the agenda. {told}."


@require_POST
def manage_document_release(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug)
    document = row_of(meeting.documents, pk)
    said = f"“{document.title}” is released."
    return _done(request, meeting, said, document_actions.release, document=document)


@require_POST
def manage_document_shift(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug)
    up = request.POST.get("direction") == "up"
    return _done(request, meeting, "", document_actions.shift, document=row_of(meeting.documents, pk), up=up)


def manage_document_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One that people can open goes out of view at once, by the chair or with a second of the staff; one that nobody else has
    seen is for one of the staff alone."""
    meeting = managed(request, slug, withdrawals.WITHDRAW)
    document = row_of(meeting.documents.select_related("meeting"), pk)
    if document.is_in_view:
        return withdrawals.withdraw(request, meeting, document, document.title)
    refuse_without("meetings.organise", request.user, meeting)
    if request.method == "POST":
        said = f"“{document.title}” is withdrawn."
        return _done(request, meeting, said, document_actions.withdraw, document=document)
    back = reverse("manage_documents", args=[slug])
    return confirm(
        request,
        question=f"Withdraw “{document.title}”?",
        consequence=_consequence(meeting, document),
        label="Withdraw the document",
        back=back,
        caption=caption(meeting),
        trail=[*manage_trail(meeting), ("Documents", back)],
        section="meetings",
    )


def _consequence(meeting: Meeting, document: Document) -> str:
    before = document.replaces
    if before and before.is_in_view and not document.released_at and document.is_renamed:
        return f"We remove the new title from the draft agenda. People keep reading the old one, “{before.title}”."
    if before and before.is_in_view and not document.released_at:
        return "We remove the file from the draft agenda. People can still open the old file."
    return "We remove it from the draft agenda. Only the people who prepare the meeting have seen it. We keep the file."


def _done(request: HttpRequest, meeting: Meeting, said: str, action: Callable, **given) -> HttpResponse:
    act(request, said, action, **given)
    return redirect("manage_documents", meeting.slug)

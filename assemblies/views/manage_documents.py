"""Documents of a meeting: upload, put in order, release, withdraw, replace."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assemblies import recipients
from assemblies.actions import agenda
from assemblies.actions import document as document_actions
from assemblies.forms.document import DocumentForm, NewDocumentForm, ReplaceForm
from assemblies.models import Document, Meeting
from assemblies.views.managed import managed, row_of
from partnership.ui.refusals import Refusal


def manage_documents(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    found = list(meeting.documents.select_related("uploaded_by").prefetch_related("replaced_by"))
    newer = {document: next(iter(document.replaced_by.all()), None) for document in found}
    kept = [document for document in found if document.withdrawn_at is None and newer[document] is None]
    kinds = [(kind.label, [one for one in kept if one.kind == kind]) for kind in Document.Kind]
    context = {
        "meeting": meeting,
        "kinds": [(label, rows) for label, rows in kinds if rows],
        "replaced": [(old, new) for old, new in newer.items() if new and old.withdrawn_at is None],
        "withdrawn": [document for document in found if document.withdrawn_at],
    }
    return render(request, "assemblies/manage/documents.html", context)


def manage_document_add(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    form = NewDocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            document = document_actions.add(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{document.title}” is uploaded. Release it when people should see it.")
            return redirect("manage_documents", slug)
    context = {"form": form, "meeting": meeting, "title": "Upload a document"}
    return render(request, "assemblies/manage/document.html", context)


def manage_document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug)
    document = row_of(meeting.documents, pk)
    start = {"title": document.title, "kind": document.kind}
    form = DocumentForm(request.POST or None, initial=start)
    if form.is_valid():
        return _done(request, meeting, "Saved.", document_actions.describe, document=document, **form.cleaned_data)
    context = {"form": form, "meeting": meeting, "title": f"Change “{document.title}”"}
    return render(request, "assemblies/manage/document.html", context)


def manage_document_replace(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug)
    document = row_of(meeting.documents, pk)
    form = ReplaceForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            new = document_actions.replace(document=document, by=request.user, file=form.cleaned_data["file"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _said_of_replacement(meeting, new))
            return redirect("manage_documents", slug)
    context = {"form": form, "meeting": meeting, "title": f"Replace “{document.title}”", "replaced": document}
    if version := agenda.in_force_with(meeting, document):
        context |= {"next_version": version.number + 1, "followers": len(recipients.followers(meeting))}
    return render(request, "assemblies/manage/document.html", context)


def _said_of_replacement(meeting: Meeting, new: Document) -> str:
    version = agenda.in_force_with(meeting, new)
    if version is None:
        return f"“{new.title}” is replaced. The old file is kept, out of sight."
    return f"“{new.title}” is replaced: version {version.number} of the agenda is published with it, and followers are told."


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
    meeting = managed(request, slug)
    document = row_of(meeting.documents, pk)
    if request.method == "POST":
        said = f"“{document.title}” is withdrawn."
        return _done(request, meeting, said, document_actions.withdraw, document=document)
    public = "People who open its address are told that there is nothing." if document.released_at else ""
    context = {
        "question": f"Withdraw “{document.title}”?",
        "consequence": f"It goes from the page of the meeting and from the draft of the agenda. {public} The file is kept.",
        "confirm_label": "Withdraw it",
        "back_url": f"/meetings/{slug}/manage/documents/",
    }
    return render(request, "components/confirm.html", context)


def _done(request: HttpRequest, meeting: Meeting, said: str, action: Callable, **given) -> HttpResponse:
    try:
        action(by=request.user, **given)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        if said:
            messages.success(request, said)
    return redirect("manage_documents", meeting.slug)

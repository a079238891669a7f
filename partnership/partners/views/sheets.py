"""Staff take the directory away as a table, and send it in again: read, shown cell by cell, taken over or discarded."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnership.partners import sheet
from partnership.partners.actions import directory_export, directory_import
from partnership.partners.forms import DirectoryUploadForm
from partnership.partners.models import DirectoryImport
from partnership.ui.access import staff_only
from partnership.ui.pages import page_of
from partnership.ui.refusals import Refusal
from partnership.ui.sheets import writing
from partnership.ui.templatetags.portal import plural

SHOWN = {"change": "Changes", "add": "New", "refuse": "Refused"}


@staff_only
@require_safe
def partners_export(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in writing.TYPES:
        raise Http404
    content = directory_export.export(directory_export.exported(request.user), kind)
    response = HttpResponse(content, content_type=writing.TYPES[kind])
    name = f"partners-{timezone.localdate().isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_only
def partners_import(request: HttpRequest) -> HttpResponse:
    form = DirectoryUploadForm(request.POST, request.FILES) if request.method == "POST" else DirectoryUploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = directory_import.start(by=request.user, filename=sheet.one_line(file.name), data=file.read())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("partners_import_preview", batch.pk)
    context = {"section": "partners", "form": form, "headings": sheet.HEADINGS}
    return render(request, "partners/import.html", context)


def _batch(request: HttpRequest, pk: int) -> DirectoryImport:
    return get_object_or_404(DirectoryImport.objects.visible_to(request.user).select_related("uploaded_by"), pk=pk)


@staff_only
@require_safe
def partners_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file changes, cell by cell; what it adds; what it cannot. Nothing is saved yet."""
    batch = _batch(request, pk)
    counts = dict(batch.rows.order_by().values_list("outcome").annotate(Count("pk")))
    first = next((key for key in SHOWN if counts.get(key)), "change")
    shown = request.GET.get("show") if request.GET.get("show") in SHOWN else first
    page = page_of(batch.rows.filter(outcome=shown).select_related("partner"), request)
    for row in page.object_list:
        row.words = [(sheet.BY_FIELD[field].heading, old, new) for field, old, new in row.cells]
    context = {
        "section": "partners",
        "batch": batch,
        "counts": [(key, words, counts.get(key, 0)) for key, words in SHOWN.items()],
        "usable": counts.get("change", 0) + counts.get("add", 0),
        "shown": shown,
        "shown_words": SHOWN[shown],
        "page": page,
    }
    return render(request, "partners/import_preview.html", context)


@require_POST
@staff_only
def partners_import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    try:
        done = directory_import.confirm(batch=batch, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("partners_import_preview", pk)
    if any(done.values()):
        stayed = f" {plural(done['stayed'], 'cell,cells')} changed meanwhile stayed." if done["stayed"] else ""
        messages.success(request, f"{done['changed']:,} changed, {done['added']:,} added.{stayed}")
    return redirect("partners_import_preview", pk)


@require_POST
@staff_only
def partners_import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    try:
        directory_import.discard(batch=batch, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{batch.filename} is discarded. The directory stays as it was.")
    return redirect("partners_import")

"""Staff export the directory as a table, and upload it again: read, shown cell by cell, imported or discarded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnership.files import previews, sending, writing
from partnership.files.forms import SheetForm, sheet_form
from partnership.partners import sheet
from partnership.partners.actions import directory_export, directory_import
from partnership.partners.forms import DirectoryUploadForm
from partnership.partners.headings import HEADINGS
from partnership.partners.models import DirectoryImport
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.templatetags.portal import plural

SHOWN = {"change": "Changes", "add": "New", "refuse": "Refused"}


@needs_permission("partners.import_partners")
@require_safe
def partners_export(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in writing.TYPES:
        raise Http404
    content = directory_export.export(directory_export.exported(request.user), kind)
    return sending.attachment(content, writing.TYPES[kind], f"partners-{timezone.localdate().isoformat()}.{kind}")


@needs_permission("partners.import_partners")
def partners_import(request: HttpRequest) -> HttpResponse:
    form = DirectoryUploadForm(request.POST, request.FILES) if request.method == "POST" else DirectoryUploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = directory_import.start(by=request.user, filename=file.name, data=file.read())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("partners_import_preview", batch.pk)
    imported = DirectoryImport.objects.visible_to(request.user).imported_last()
    context = {"section": "partners", "form": form, "headings": HEADINGS, "imported": imported}
    return render(request, "partners/import.html", context)


def _batch(request: HttpRequest, pk: int) -> DirectoryImport:
    return get_object_or_404(DirectoryImport.objects.visible_to(request.user).select_related("uploaded_by"), pk=pk)


@needs_permission("partners.import_partners")
@require_safe
def partners_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file changes, cell by cell; what it adds; what it cannot. Nothing is saved yet."""
    return _preview(request, _batch(request, pk))


def _preview(request: HttpRequest, batch: DirectoryImport, sheet_to_read: SheetForm | None = None) -> HttpResponse:
    """The page of a file. `sheet_to_read` is the form of a sheet that cannot be read."""
    found = previews.rows_shown(batch, request, SHOWN, related=("partner",))
    for row in found["page"].object_list:
        row.words = [(sheet.BY_FIELD[field].heading, old, new) for field, old, new in row.cells]
    context = {
        "section": "partners",
        "usable": found["count_of"]["change"] + found["count_of"]["add"],
        "refused": found["count_of"]["refuse"],
        "form": sheet_to_read,
        "sheet": sheet_to_read or sheet_form(batch),
    }
    return render(request, "partners/import_preview.html", found | context)


@require_POST
@needs_permission("partners.import_partners")
def partners_import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    form = sheet_form(batch, request.POST)
    if form is None:
        messages.error(request, previews.CANNOT_READ_AGAIN)
        return redirect("partners_import_preview", pk)
    if form.is_valid():
        try:
            directory_import.read_again(batch=batch, by=request.user, sheet=form.cleaned_data["sheet"])
        except Refusal as refusal:
            form.add_error("sheet", str(refusal))
        else:
            messages.success(request, previews.READ_AGAIN)
            return redirect("partners_import_preview", pk)
    return _preview(request, batch, form)


@require_POST
@needs_permission("partners.import_partners")
def partners_import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    try:
        done = directory_import.confirm(batch=batch, by=request.user, seen=request.POST.get("seen", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("partners_import_preview", pk)
    if any(done.values()):
        stayed = (
            f" {plural(done['stayed'], 'cell,cells')} that someone else changed stayed as they are."
            if done["stayed"]
            else ""
        )
        left_out = f" {plural(done['left_out'], 'row was,rows were')} left out." if done["left_out"] else ""
        messages.success(request, f"{done['changed']:,} changed, {done['added']:,} added.{stayed}{left_out}")
    return redirect("partners_import_preview", pk)


@require_POST
@needs_permission("partners.import_partners")
def partners_import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    try:
        directory_import.discard(batch=batch, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{batch.filename} has been discarded. The directory has not changed.")
    return redirect("partners_import")

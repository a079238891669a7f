"""One file of an import that waits to be confirmed: opened, said what it is, left out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from assemblies.past_papers.actions import imported_file
from assemblies.past_papers.forms.paper_import import ImportedFileForm
from assemblies.past_papers.models import ImportedFile, PaperImport
from assemblies.past_papers.views.paper_import import batch_of, preview, staff_only
from partnership import dates
from partnership.files import sending
from partnership.files.kinds import PDF
from partnership.refusals import Refusal


def _row(batch: PaperImport, pk: int) -> ImportedFile:
    row = get_object_or_404(batch.rows.all(), pk=pk)
    row.batch = batch
    return row


@staff_only
@require_safe
def paper_import_file(request: HttpRequest, slug: str, pk: int, row: int) -> HttpResponseBase:
    """The file itself, for who has to say what it is."""
    found = _row(batch_of(request, slug, pk), row)
    if not found.file:
        return redirect(found.batch)
    return sending.stored(found.file, found.title or found.path, PDF.content_type, PDF.extension)


@staff_only
@require_POST
def paper_import_change(request: HttpRequest, slug: str, pk: int, row: int) -> HttpResponse:
    batch = batch_of(request, slug, pk)
    found = _row(batch, row)
    form = ImportedFileForm(found, request.POST)
    shown = found.outcome
    if form.is_valid():
        try:
            changed = imported_file.correct(row=found, by=request.user, **form.facts)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{changed.title}”, {dates.short_day(form.facts['held_on'])}, will be imported.")
            return redirect(_tab(request, batch, shown))
    asked = request.GET.copy()
    asked["show"] = shown
    request.GET = asked  # type: ignore[assignment]  # the stubs want one that nobody may change
    return preview(request, batch, fixing=form, fixed=found)


@staff_only
@require_POST
def paper_import_leave_out(request: HttpRequest, slug: str, pk: int, row: int) -> HttpResponse:
    batch = batch_of(request, slug, pk)
    found = _row(batch, row)
    shown = found.outcome
    try:
        imported_file.leave_out(row=found, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{found.path}” will be left out.")
    return redirect(_tab(request, batch, shown))


def _tab(request: HttpRequest, batch: PaperImport, shown: str) -> str:
    """The page from which somebody changed a file: they go on with the next."""
    number = request.GET.get("page", "")
    page = f"&page={number}" if number.isdecimal() else ""
    return f"{batch.get_absolute_url()}?show={shown}{page}"

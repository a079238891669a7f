"""A file is read, shown, corrected, and imported or discarded."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from assemblies.lists.actions import list_import
from assemblies.lists.forms.list_entry import RowForm
from assemblies.lists.forms.list_import import ColumnsForm, UploadForm
from assemblies.lists.models import ImportRow, ListImport
from assemblies.lists.views.listed import listed, posted, trail_of
from assemblies.lists.views.lists import is_open
from assemblies.meetings.named import caption
from partnership.files import previews
from partnership.files.forms import SheetForm, sheet_form
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm
from partnership.ui.templatetags.portal import plural

KINDS = dict(Partner.Kind.choices)
SHOWN = {"add": "To be added", "merge": "Merged", "refuse": "Cannot be used"}
DONE = SHOWN | {"add": "Added"}  # once the file has been imported


def manage_list_import(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    invitation_list = listed(request, slug, place)
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = list_import.start(
                invitation_list=invitation_list, by=request.user, filename=file.name, data=file.read()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("manage_list_preview", slug, place, batch.pk)
    context = {"list": invitation_list, "meeting": invitation_list.meeting, "form": form}
    return render(request, "lists/import.html", context)


def manage_list_preview(request: HttpRequest, slug: str, place: str, pk: int) -> HttpResponse:
    return _preview(request, _batch(request, slug, place, pk))


def _batch(request: HttpRequest, slug: str, place: str, pk: int) -> ListImport:
    invitation_list = listed(request, slug, place)
    batch = get_object_or_404(invitation_list.imports.select_related("uploaded_by"), pk=pk)
    batch.list = invitation_list
    return batch


def _preview(
    request: HttpRequest,
    batch: ListImport,
    *,
    fixing: RowForm | None = None,
    row_pk: int = 0,
    columns: ColumnsForm | None = None,
    sheet: SheetForm | None = None,
) -> HttpResponse:
    """The page of a file. `fixing` is the form of the row `row_pk` that is still wrong, `columns` of wrong columns, `sheet`
    of a sheet that cannot be read."""
    words = DONE if batch.state == batch.State.CONFIRMED else SHOWN
    found = previews.rows_shown(batch, request, words, first="refuse")
    page = found["page"]
    can_fix = batch.state != batch.State.DISCARDED and is_open(batch.list)
    if found["shown"] == "refuse" and can_fix:
        for row in page.object_list:
            row.form = fixing if row.pk == row_pk else _form_of(row)
            row.action = f"{_address('manage_list_row', batch, row.pk)}?page={page.number}"
    for row in page.object_list:
        row.kind_words = KINDS.get(row.kind, "")
    context = {
        "list": batch.list,
        "meeting": batch.list.meeting,
        "adds": found["count_of"]["add"],
        "merges": found["count_of"]["merge"],
        "refused": found["count_of"]["refuse"],
        "form": fixing or columns or sheet,
        "sheet": sheet or sheet_form(batch),
        "can_fix": can_fix,
        "kept_days": settings.NEEDS_KEPT_DAYS,
        "fixing": row_pk,
        "columns": columns or _columns_of(batch),
        "columns_are_wrong": columns is not None,
    }
    return render(request, "lists/preview.html", found | context)


def _columns_of(batch: ListImport, data=None) -> ColumnsForm | None:
    """The form to say what each column holds; None once the file is no longer kept."""
    return ColumnsForm(batch.read_as, data) if batch.read_as else None


@require_POST
def manage_list_columns(request: HttpRequest, slug: str, place: str, pk: int) -> HttpResponse:
    batch = _batch(request, slug, place, pk)
    form = _columns_of(batch, request.POST)
    if form is None or not form.is_valid():
        return _not_read_again(request, batch, columns=form)
    try:
        list_import.read_again(batch=batch, by=request.user, chosen=form.chosen)
    except Refusal as refusal:
        form.refuse(refusal)
        return _not_read_again(request, batch, columns=form)
    return _read_again(request, batch)


@require_POST
def manage_list_sheet(request: HttpRequest, slug: str, place: str, pk: int) -> HttpResponse:
    batch = _batch(request, slug, place, pk)
    form = sheet_form(batch, request.POST)
    if form is None or not form.is_valid():
        return _not_read_again(request, batch, sheet=form)
    try:
        list_import.read_again(batch=batch, by=request.user, sheet=form.cleaned_data["sheet"])
    except Refusal as refusal:
        form.add_error("sheet", str(refusal))
        return _not_read_again(request, batch, sheet=form)
    return _read_again(request, batch)


def _read_again(request: HttpRequest, batch: ListImport) -> HttpResponse:
    messages.success(request, previews.READ_AGAIN)
    return redirect(_address("manage_list_preview", batch))


def _not_read_again(request: HttpRequest, batch: ListImport, **form: Any) -> HttpResponse:
    """The page with the form that says why; without a form the file is no longer kept."""
    if None in form.values():
        messages.error(request, previews.CANNOT_READ_AGAIN)
        return redirect(_address("manage_list_preview", batch))
    return _preview(request, batch, **form)


def _form_of(row: ImportRow, data=None) -> RowForm:
    said = {what: getattr(row, what) for what in ("name", "email", "organisation", "kind", "role")}
    return RowForm(data, initial=said, prefix=f"row-{row.pk}")


def _address(name: str, batch: ListImport, *more: int) -> str:
    return reverse(name, args=[batch.list.meeting.slug, batch.list.place.slug, batch.pk, *more])


@require_POST
def manage_list_row(request: HttpRequest, slug: str, place: str, pk: int, row: int) -> HttpResponse:
    batch = _batch(request, slug, place, pk)
    row_to_fix = get_object_or_404(batch.rows.all(), pk=row)
    row_to_fix.batch = batch
    form = _form_of(row_to_fix, request.POST)
    if form.is_valid():
        try:
            fixed = list_import.correct(row=row_to_fix, by=request.user, person=form.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            said = fixed.get_outcome_display() if batch.state == batch.State.PREVIEW else "is on the list"
            messages.success(request, f"Row {fixed.number}: {fixed.name} {said}.")
            return redirect(f"{_address('manage_list_preview', batch)}?page={request.GET.get('page', 1)}")
    shown = request.GET.copy()
    shown["show"] = "refuse"
    request.GET = shown  # type: ignore[assignment]  # the stubs want one that nobody may change
    return _preview(request, batch, fixing=form, row_pk=row_to_fix.pk)


@require_POST
def manage_list_confirm(request: HttpRequest, slug: str, place: str, pk: int) -> HttpResponse:
    batch = _batch(request, slug, place, pk)
    before = batch.state
    try:
        joined = list_import.confirm(batch=batch, by=request.user, seen=request.POST.get("seen", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(_address("manage_list_preview", batch))
    if before == batch.State.PREVIEW:
        refused = batch.rows.filter(outcome="refuse").count()
        said = f"Added {plural(joined, 'person,people')} to the list from {batch.filename}."
        if refused:
            said += f" {plural(refused, 'row,rows')} could not be used: you can still correct {'it' if refused == 1 else 'them'}."
        messages.success(request, said)
    return redirect("manage_list", slug, place)


def manage_list_discard(request: HttpRequest, slug: str, place: str, pk: int) -> HttpResponse:
    """A preview as a whole, or what is left of a file that is imported: the rows we cannot use."""
    batch = _batch(request, slug, place, pk)
    if batch.state == batch.State.CONFIRMED:
        return _leave_out(request, batch)
    if request.method == "POST":
        try:
            list_import.discard(batch=batch, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{batch.filename} has been discarded. The list has not changed.")
        return redirect("manage_list", slug, place)
    people = batch.rows.count()
    return confirm(
        request,
        question=f"Discard {batch.filename}?",
        consequence=f"We delete what we read about {plural(people, 'person,people')}. The list stays as it is.",
        label="Discard the file",
        back=_address("manage_list_preview", batch),
        caption=caption(batch.list.meeting),
        trail=trail_of(batch.list),
        section="meetings",
    )


def _leave_out(request: HttpRequest, batch: ListImport) -> HttpResponse:
    if request.method == "POST":
        left = list_import.leave_out(batch=batch, by=request.user)
        if left:
            messages.success(request, f"{plural(left, 'row has,rows have')} been discarded.")
        return redirect("manage_list", batch.list.meeting.slug, batch.list.place.slug)
    left = batch.rows.filter(outcome="refuse").count()
    return confirm(
        request,
        question=f"Discard the rows of {batch.filename} that we cannot use?",
        consequence=f"We delete {plural(left, 'row,rows')}. People who were added to the list stay on it.",
        label="Discard the rows",
        back=_address("manage_list_preview", batch),
        trail=trail_of(batch.list),
        section="meetings",
    )

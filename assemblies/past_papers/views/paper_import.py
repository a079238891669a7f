"""Old papers come in, are read, looked at, and imported, discarded or taken back."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from assemblies.past_papers.access import days_by_invitation, is_for_members, is_usually_closed
from assemblies.past_papers.actions import imported_file
from assemblies.past_papers.actions import paper_import as actions
from assemblies.past_papers.file_names.days import Order
from assemblies.past_papers.forms.paper_import import (
    TOO_MANY_FILES,
    ImportedFileForm,
    OrderForm,
    ReadersForm,
    UploadPapersForm,
)
from assemblies.past_papers.forms.papers import EVERYBODY, MEMBERS
from assemblies.past_papers.models import ImportedFile, PaperImport
from partnership.boards.models import Board
from partnership.files import previews
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm
from partnership.ui.templatetags.portal import plural

SHOWN = {"ready": "To import", "ask": "Need an answer", "same": "Already there", "left_out": "Left out"}
DONE = SHOWN | {"ready": "Imported", "ask": "Not imported"}  # once it is confirmed
ON_A_PAGE = 25
IMPORTS_SHOWN = 10
staff_only = needs_permission("past_papers.import_papers")


@csrf_exempt  # so that too many files can be said in words: Django counts them when the token is read. `_upload` asks for it
@staff_only
def paper_imports(request: HttpRequest, slug: str) -> HttpResponse:
    """Where staff send old papers of a board in; what was imported before."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    try:
        _ = request.POST
    except TooManyFilesSent:
        form = _new_form(board, {})
        form.add_error("papers", TOO_MANY_FILES)
        return _upload_page(request, board, form)
    return _upload(request, board)


@csrf_protect
def _upload(request: HttpRequest, board: Board) -> HttpResponse:
    form = _new_form(board, request.POST, request.FILES) if request.method == "POST" else _new_form(board)
    if form.is_valid():
        said = form.cleaned_data
        try:
            batch = actions.start(
                board=board,
                by=request.user,
                files=said["papers"],
                members_only=said["readers"] == MEMBERS,
                key=said["key"],
            )
        except Refusal as refusal:
            form.add_error("papers", str(refusal))
        else:
            return redirect(batch)
    return _upload_page(request, board, form)


def _new_form(board: Board, *data) -> UploadPapersForm:
    return UploadPapersForm(*data, initial={"readers": MEMBERS if is_usually_closed(board) else EVERYBODY})


def _upload_page(request: HttpRequest, board: Board, form: UploadPapersForm) -> HttpResponse:
    before = PaperImport.objects.visible_to(request.user).filter(board=board).select_related("board", "uploaded_by")
    context = {"board": board, "form": form, "before": before[:IMPORTS_SHOWN], "section": "boards"}
    return render(request, "past_papers/upload.html", context)


@staff_only
@require_safe
def paper_import(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An import as it stands: how far it is read, what was understood of each file, or what happened to each."""
    batch = batch_of(request, slug, pk)
    if batch.is_being_read or request.GET.get("part") == "progress":
        return _progress(request, batch)
    return preview(request, batch)


def batch_of(request: HttpRequest, slug: str, pk: int) -> PaperImport:
    """The import, for staff; 404 for everybody else."""
    rows = PaperImport.objects.visible_to(request.user).select_related("board", "uploaded_by")
    return get_object_or_404(rows, board__slug=slug, pk=pk)


def _progress(request: HttpRequest, batch: PaperImport) -> HttpResponse:
    """How far a worker has come; `?part=progress` is what a script asks for."""
    total = batch.rows.count()
    context = {
        "batch": batch,
        "board": batch.board,
        "total": total,
        "read": total - batch.rows.filter(outcome=ImportedFile.Outcome.WAITING).count(),
        "heading": "We are reading the files" if batch.is_being_read else "All files are read",
        "section": "boards",
    }
    part = "_progress" if request.GET.get("part") == "progress" else "reading"
    return render(request, f"past_papers/{part}.html", context)


def preview(
    request: HttpRequest,
    batch: PaperImport,
    *,
    fixing: ImportedFileForm | None = None,
    fixed: ImportedFile | None = None,
    order: OrderForm | None = None,
    readers: ReadersForm | None = None,
) -> HttpResponse:
    """The page of an import. `fixing` is the form of the file `fixed` that is still wrong; the others, forms that are."""
    can_change = batch.state == batch.State.PREVIEW
    words = SHOWN if can_change else DONE | ({"ready": "Taken back"} if batch.undone_at else {})
    found = previews.rows_shown(batch, request, words, first="ask" if can_change else "ready")
    days = days_by_invitation(batch.board)
    for row in found["page"].object_list:
        row.for_members = is_for_members(row, batch, days)
        if can_change and row.can_be_imported:
            row.form = fixing if fixed and row.pk == fixed.pk else ImportedFileForm(row)
    ready = batch.rows.filter(outcome=ImportedFile.Outcome.READY)
    asked = batch.rows.filter(outcome=ImportedFile.Outcome.ASK, corrected=False).exclude(could_be=[])
    said = MEMBERS if batch.members_only else EVERYBODY
    context = {
        "board": batch.board,
        "meetings": ready.values("held_on").distinct().count(),
        "reading": batch.revision,
        "can_change": can_change,
        "form": fixing or order or readers,
        "fixing": fixed.pk if fixed else 0,
        "readers": readers or (ReadersForm(initial={"readers": said}) if can_change else None),
        "order": order or (OrderForm() if can_change and asked.exists() else None),
        "kept_days": settings.NEEDS_KEPT_DAYS,
        "section": "boards",
    }
    return render(request, "past_papers/preview.html", found | context)


@staff_only
@require_POST
def paper_import_readers(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    batch, form = batch_of(request, slug, pk), ReadersForm(request.POST)
    if not form.is_valid():
        return preview(request, batch, readers=form)
    members_only = form.cleaned_data["readers"] == MEMBERS
    who = "members of the board and staff alone" if members_only else "everybody"
    return _done(request, batch, f"The papers will be for {who}.", imported_file.set_readers, members_only=members_only)


@staff_only
@require_POST
def paper_import_days(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    batch, form = batch_of(request, slug, pk), OrderForm(request.POST)
    if not form.is_valid():
        return preview(request, batch, order=form)
    return _done(request, batch, "", imported_file.read_days_as, order=Order(form.cleaned_data["order"]))


def _done(request: HttpRequest, batch: PaperImport, said: str, action, **given) -> HttpResponse:
    try:
        done = action(batch=batch, by=request.user, **given)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said or f"We know the day of {plural(done, 'more file,more files')}.")
    return redirect(batch)


@staff_only
@require_POST
def paper_import_confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    batch = batch_of(request, slug, pk)
    try:
        papers = actions.confirm(batch=batch, by=request.user, seen=request.POST.get("seen", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(batch)
    if papers:
        messages.success(request, f"{plural(papers, 'paper is,papers are')} imported. Nobody was emailed.")
    return redirect(batch)


@staff_only
def paper_import_discard(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    batch = batch_of(request, slug, pk)
    if request.method == "POST":
        try:
            actions.discard(batch=batch, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(batch)
        messages.success(request, f"{batch.filename} is discarded. Nothing was imported.")
        return redirect("paper_imports", slug)
    if batch.state != batch.State.PREVIEW:
        return redirect(batch)
    return confirm(
        request,
        question=f"Discard {batch.filename}?",
        consequence=f"We delete {plural(batch.rows.count(), 'file,files')}. Nothing is imported.",
        label="Discard the import",
        back=batch.get_absolute_url(),
        caption=batch.board.name,
        trail=_trail(batch),
        section="boards",
    )


@staff_only
def paper_import_undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    batch = batch_of(request, slug, pk)
    if request.method == "POST":
        try:
            papers = actions.undo(batch=batch, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{plural(papers, 'paper is,papers are')} taken back.")
        return redirect(batch)
    if not batch.can_be_undone:
        return redirect(batch)
    papers = batch.papers.in_view()
    count, open_ones = papers.count(), papers.filter(members_only=False).count()
    who = f" Everybody can read {open_ones:,} of them now." if open_ones else ""
    return confirm(
        request,
        question=f"Take back all of {batch.filename}?",
        consequence=f"We withdraw {plural(count, 'paper,papers')} and delete the files.{who} Their addresses say that they were "
        "withdrawn, and no longer what they were. You can import them again.",
        label=f"Take back {plural(count, 'paper,papers')}",
        back=batch.get_absolute_url(),
        caption=batch.board.name,
        trail=_trail(batch),
        section="boards",
    )


def _trail(batch: PaperImport) -> list[tuple[str, str]]:
    return [
        ("Boards", reverse("boards")),
        (batch.board.name, batch.board.get_absolute_url()),
        ("Import past papers", reverse("paper_imports", args=[batch.board.slug])),
    ]

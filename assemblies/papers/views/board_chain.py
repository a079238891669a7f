"""The chain by which a board's reports are signed off, and its checks; edited by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from assemblies.meetings.views.managed import posted, row_of
from assemblies.papers.actions import board_chain as actions
from assemblies.papers.forms.board_chain import BoardStepForm, ChecksForm
from assemblies.papers.models import BoardStep
from assemblies.papers.sign_off import chair_of
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale

EDIT = "papers.edit_chain"


@needs_permission(EDIT)
def board_chain(request: HttpRequest, slug: str) -> HttpResponse:
    board = _board(request, slug)
    form = ChecksForm(posted(request), board=board)
    if form.is_valid():
        actions.set_checks(board=board, by=request.user, keys=form.cleaned_data["checks"])
        messages.success(request, "The checks are saved.")
        return redirect("board_chain", slug)
    steps = list(board.report_chain.select_related("holder"))
    context = {"section": "boards", "board": board, "steps": steps, "form": form, "chair": chair_of(board)}
    return render(request, "papers/board_chain.html", context)


@needs_permission(EDIT)
def board_chain_step_new(request: HttpRequest, slug: str) -> HttpResponse:
    return _write(request, _board(request, slug), None)


@needs_permission(EDIT)
def board_chain_step(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = _board(request, slug)
    return _write(request, board, row_of(board.report_chain.select_related("holder"), pk))


@needs_permission(EDIT)
def board_chain_step_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = _board(request, slug)
    step = row_of(board.report_chain, pk)
    if request.method == "POST":
        actions.remove_step(step=step, by=request.user)
        messages.success(request, f"“{step.name}” is no longer a step.")
        return redirect("board_chain", slug)
    return confirm(
        request,
        question=f"Remove the step “{step.name}”?",
        consequence="Reports that are being signed off keep it. Those that are submitted from now on do without.",
        label="Remove it",
        back=reverse("board_chain", args=[slug]),
        caption=board.name,
        trail=_trail(board),
        section="boards",
    )


@needs_permission(EDIT)
@require_POST
def board_chain_step_shift(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = _board(request, slug)
    step = row_of(board.report_chain, pk)
    actions.shift_step(step=step, by=request.user, up=request.POST.get("direction") == "up")
    return redirect("board_chain", slug)


def _write(request: HttpRequest, board: Board, step: BoardStep | None) -> HttpResponse:
    form = BoardStepForm(posted(request), step=step)
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            saved = actions.write_step(board=board, by=request.user, step=step, revision=revision, **form.facts())
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The step “{saved.name}” is saved.")
            return redirect("board_chain", board.slug)
    heading = f"Change the step “{step.name}”" if step else "Add a step"
    context = {
        "section": "boards", "form": form, "board": board, "heading": heading, "trail": _trail(board),
        "differences": differences,
    }  # fmt: skip
    return render(request, "papers/board_chain_step.html", context)


def _board(request: HttpRequest, slug: str) -> Board:
    return get_object_or_404(Board.objects.visible_to(request.user), slug=slug)


def _trail(board: Board) -> list[tuple[str, str]]:
    return [
        ("Boards", reverse("boards")),
        (board.name, board.get_absolute_url()),
        ("How reports are signed off", reverse("board_chain", args=[board.slug])),
    ]

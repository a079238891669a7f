"""What a board keeps from the public, its release, and who opened it: for those who may know."""

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.closures.actions import closure as closures
from assemblies.closures.forms.closure import ReleaseForm, ReviewForm
from assemblies.meetings.views.managed import posted
from assemblies.papers import closed_matters
from assemblies.papers.closed_matters import ClosedMatter
from partnership.boards.models import Board
from partnership.dates import day
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm
from partnership.ui.pages import page_of

SEE_OPENINGS = "papers.see_openings"


@require_safe
def board_closed(request: HttpRequest, slug: str) -> HttpResponse:
    """What is closed, on which grounds, and when it is looked at again."""
    board = _known(request, slug)
    context = {
        "board": board,
        "matters": closed_matters.in_force(
            closed_matters.not_withheld(closed_matters.of_boards([board.pk]), request.user)
        ),
        "today": timezone.localdate(),
        "looks_after_it": rules.has_perm(SEE_OPENINGS, request.user, board),
        "section": "boards",
    }
    return render(request, "papers/board_closed.html", context)


@require_safe
def board_openings(request: HttpRequest, slug: str) -> HttpResponse:
    """Who opened the board's closed papers, the last first: for its chair and staff."""
    board = _known(request, slug)
    refuse_without(SEE_OPENINGS, request.user, board)
    page = page_of(closed_matters.openings_of(board), request)
    return render(request, "papers/board_openings.html", {"board": board, "page": page, "section": "boards"})


def closure_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and makes it public."""
    matter, board, back = _looked_after(request, pk)
    if matter is None:
        return _nothing_to_do(request, back)
    form = ReleaseForm(posted(request))
    if form.is_valid():
        try:
            closures.release(closure=matter.closure, by=request.user, note=form.cleaned_data["note"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{matter.title}” is public.")
            return redirect(back)
    return confirm(
        request, question=f"Make “{matter.title}” public?", form=form, section="boards", back=back,
        about=f"{matter.what}. {matter.closure}", trail=_trail(board, back),
        consequence="From then on anybody can read and find it, at the addresses it has now, with what is published of it. "
        "Files that are closed on a ground of their own stay closed. You cannot close it again.",
    )  # fmt: skip


def closure_review(request: HttpRequest, pk: int) -> HttpResponse:
    """It stays closed until another day, or it is made public: that is the other page."""
    matter, board, back = _looked_after(request, pk)
    if matter is None:
        return _nothing_to_do(request, back)
    form = ReviewForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        try:
            closures.keep_closed(closure=matter.closure, by=request.user, until=said["review_on"], why=said["why"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{matter.title}” stays closed. We remind you on {day(said['review_on'])}.")
            return redirect(back)
    context = {"form": form, "matter": matter, "trail": _trail(board, back), "back": back, "section": "boards"}
    return render(request, "papers/closure_review.html", context)


def _looked_after(request: HttpRequest, pk: int) -> tuple[ClosedMatter | None, Board | None, str]:
    """What it closes (None where that is public, or on other grounds by now), its board, and the page to go back to. 404 for
    those who may not know of it, 403 for those who may not release it."""
    known = closed_matters.known_to(request.user)
    closure = get_object_or_404(known.with_grounds(), pk=pk)
    refuse_without("papers.release_closed", request.user, closure)
    matter = next(iter(closed_matters.in_force(known.filter(pk=pk))), None)
    board = closed_matters.board_of(closure)
    return matter, board, reverse("board_closed", args=[board.slug]) if board else reverse("boards")


def _nothing_to_do(request: HttpRequest, back: str) -> HttpResponse:
    messages.info(request, "It is public already, or other grounds have taken the place of these.")
    return redirect(back)


def _trail(board: Board | None, back: str) -> list[tuple[str, str]]:
    above = [(board.name, board.get_absolute_url())] if board else []
    return [("Boards", reverse("boards")), *above, ("Closed to the public", back)]


def _known(request: HttpRequest, slug: str) -> Board:
    """The board, for those who may know what it keeps from the public; for all others there is no such page."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    if not rules.has_perm("papers.read_closed", request.user, board):
        raise Http404
    return board

"""A board's forward plan, and the items that each of its agendas has."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assemblies.forward_plan import board_plan
from assemblies.forward_plan.actions import standing_item
from assemblies.forward_plan.forms.standing_item import StandingItemsForm
from partnership.boards.models import Board
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without

EDIT = "forward_plan.edit_plan"


@login_not_required
@require_safe
@cache_page_until_changed
def forward_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Meetings to come with what is planned for them; who sits on the board sees what is parked too."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    plan = board_plan.of(board, request.user)
    return render(request, "forward_plan/plan.html", {"board": board, "plan": plan, "section": "boards"})


def standing_items(request: HttpRequest, slug: str) -> HttpResponse:
    board = edited_board(request, slug)
    form = StandingItemsForm(request.POST or None, board=board)
    if form.is_valid():
        try:
            standing_item.write(board=board, by=request.user, rows=form.rows(), seen=form.cleaned_data["seen"])
        except Refusal as refusal:
            form.refuse(refusal)
            form.data = form.data.copy()
            form.data["seen"] = standing_item.fingerprint(board)
        else:
            messages.success(request, "The standing items are saved. Agendas that are there already stay as they are.")
            return redirect("forward_plan", board.slug)
    stand = standing_item.rows_of(board)
    context = {"form": form, "board": board, "stand": stand, "section": "boards"}
    return render(request, "forward_plan/standing_items.html", context)


def edited_board(request: HttpRequest, slug: str) -> Board:
    """The board; raises PermissionDenied for whoever does not edit its plan."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    refuse_without(EDIT, request.user, board)
    return board

"""Boards in public, and their editing by staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.accounts.access import staff_only
from partnership.boards.actions import board as actions
from partnership.boards.forms import BoardForm
from partnership.boards.models import Board
from partnership.ui.page_cache import kept_in_memory
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@kept_in_memory
def boards(request: HttpRequest) -> HttpResponse:
    rows = Board.objects.visible_to(request.user).with_chairs(timezone.localdate())
    return render(request, "boards/boards.html", {"section": "boards", "page": page_of(rows, request)})


@login_not_required
@require_safe
@kept_in_memory
def board(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Board.objects.visible_to(request.user).select_related("reports_to"), slug=slug)
    seats = shown.seats.with_holders(timezone.localdate())
    return render(
        request,
        "boards/board.html",
        {"section": "boards", "board": shown, "seats": seats, "places": shown.places.public().order_by("name")},
    )


@staff_only
def board_new(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = actions.add(by=request.user, **form.cleaned_data)
        messages.success(request, f"{added.name} is added. Add its seats next.")
        return redirect(added)
    return render(request, "boards/board_form.html", {"section": "boards", "form": form, "heading": "Add a board"})


@staff_only
def board_edit(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    form = BoardForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        actions.change(board=shown, by=request.user, **form.cleaned_data)
        messages.success(request, f"{shown.name} is saved.")
        return redirect(shown)
    name = form.initial["name"]
    return render(
        request,
        "boards/board_form.html",
        {"section": "boards", "form": form, "board": shown, "name": name, "heading": f"Edit {name}"},
    )

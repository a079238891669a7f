"""Boards in public, and their editing by staff."""

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.boards import quorum
from partnership.boards.actions import board as actions
from partnership.boards.forms.board import BoardForm
from partnership.boards.models import Board
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.edit_conflict import Stale
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def boards(request: HttpRequest) -> HttpResponse:
    """Boards that are there or will be; with `?when=past` those that ended."""
    today = timezone.localdate()
    past = request.GET.get("when") == "past"
    rows = Board.objects.visible_to(request.user).with_chairs(today)
    rows = rows.ended(today) if past else rows.not_ended(today)
    context = {"section": "boards", "page": page_of(rows, request), "past": past, "today": today}
    return render(request, "boards/boards.html", context)


@login_not_required
@require_safe
@cache_page_until_changed
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """What the board is, and its seats, those of today; with `?seats=past` those that ended."""
    today = timezone.localdate()
    shown = get_object_or_404(Board.objects.visible_to(request.user).select_related("reports_to"), slug=slug)
    past = request.GET.get("seats") == "past"
    rows = shown.seats.select_related("nominating_partner", "nominating_board").with_holders(today)
    page = page_of(rows.ended(today) if past else rows.not_ended(today), request)
    for seat in page:
        seat.is_vacant = not seat.holders and seat.exists_on(today)
    return render(
        request,
        "boards/board.html",
        {
            "section": "boards",
            "board": shown,
            "today": today,
            "page": page,
            "past": past,
            "is_first": page.number == 1 and not past,
            "vacant": shown.seats.vacant(today).count(),
            "past_seats": shown.seats.ended(today).count(),
            "quorum": quorum.in_words(shown),
            "terms": shown.terms.in_force(today).first(),
            "below": shown.reporting.not_ended(today),
            "acting": shown.acting_chairs.not_ended(today).select_related("person"),
            "may_name_acting_chair": rules.has_perm("boards.name_acting_chair", request.user, shown),
        },
    )


@needs_permission("boards.edit_board")
def board_new(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = actions.add(by=request.user, **form.facts())
        messages.success(request, f"{added.name} is added. Add its seats next.")
        return redirect(added)
    return render(request, "boards/board_form.html", {"section": "boards", "form": form, "heading": "Add a board"})


@needs_permission("boards.edit_board")
def board_edit(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    form, differences = BoardForm(request.POST or None, instance=shown), []
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.change(board=shown, by=request.user, **form.facts())
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{saved.name} is saved.")
            return redirect(saved)
    name = form.initial["name"]
    context = {"section": "boards", "form": form, "board": shown, "name": name, "heading": f"Edit {name}"}
    return render(request, "boards/board_form.html", context | {"differences": differences})

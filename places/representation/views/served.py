"""Staff keep which places a board serves and a seat speaks for."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from partnership.boards.models import Board
from partnership.ui.access import needs_permission
from places.footprint.models import Place
from places.representation.actions import served as actions
from places.representation.forms.served import ServedForm


@needs_permission("places.edit_place")
def board_places(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    form = _form(request, board.places.visible_to(request.user), "Leave all unticked if it serves the whole system")
    if request.method == "POST" and form.is_valid():
        actions.set_of_board(board=board, places=form.cleaned_data["places"], by=request.user)
        messages.success(request, f"The places {board} serves are saved.")
        return redirect(board)
    return _page(request, board, form, f"Places {board} serves")


@needs_permission("places.edit_place")
def seat_places(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    seat = get_object_or_404(board.seats.select_related("board"), pk=pk)
    form = _form(
        request, seat.places.visible_to(request.user), "Leave all unticked if it speaks wherever its board serves"
    )
    if request.method == "POST" and form.is_valid():
        actions.set_of_seat(seat=seat, places=form.cleaned_data["places"], by=request.user)
        messages.success(request, f"The places {seat.title} speaks for are saved.")
        return redirect(seat)
    return _page(request, board, form, f"Places the seat {seat.title} speaks for")


def _form(request: HttpRequest, chosen, hint: str) -> ServedForm:
    return ServedForm(
        request.POST if request.method == "POST" else None,
        initial={"places": list(chosen.values_list("pk", flat=True))},
        offered=Place.objects.visible_to(request.user).order_by("system", "name"),
        hint=hint,
    )


def _page(request: HttpRequest, board: Board, form: ServedForm, heading: str) -> HttpResponse:
    context = {"section": "boards", "form": form, "board": board, "name": board.name, "heading": heading}
    return render(request, "boards/board_form.html", context)

"""Staff keep the seats of a board: who holds each, from when to when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from partnership.accounts.access import staff_only
from partnership.boards.actions import seat as actions
from partnership.boards.forms import AppointmentForm, EndForm, SeatForm
from partnership.boards.models import Board
from partnership.ui.refusals import Refusal


def _form_page(request: HttpRequest, board: Board, form, heading: str) -> HttpResponse:
    return render(
        request,
        "boards/board_form.html",
        {"section": "boards", "form": form, "board": board, "name": board.name, "heading": heading},
    )


@staff_only
def seat_new(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    form = SeatForm(request.POST or None, board=board)
    if request.method == "POST" and form.is_valid():
        seat = actions.add(board=board, by=request.user, **form.cleaned_data)
        messages.success(request, f"The seat {seat.title} is added. It is vacant.")
        return redirect(board)
    return _form_page(request, board, form, "Add a seat")


@staff_only
def seat_appoint(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    seat = get_object_or_404(board.seats, pk=pk)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "email"}
        try:
            made = actions.appoint(seat=seat, by=request.user, **facts)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{made.holder} holds the seat {seat.title}.")
            return redirect(board)
    return _form_page(request, board, form, f"Appoint to {seat.title}")


@staff_only
def appointment_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    appointment = get_object_or_404(board.appointments.select_related("holder", "seat"), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(appointment=appointment, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{appointment.holder} leaves the seat {appointment.seat.title}.")
            return redirect(board)
    return _form_page(request, board, form, f"End the appointment of {appointment.holder} to {appointment.seat.title}")

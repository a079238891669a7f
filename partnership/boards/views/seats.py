"""Seats: each with everybody who has held it, in public; staff keep who holds it, from when to when."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.boards import vacancies
from partnership.boards.actions import seat as actions
from partnership.boards.actions import seat_nomination
from partnership.boards.forms.nominate import NominateForm
from partnership.boards.forms.seat import AppointmentForm, EndForm, PaidForm, SeatForm
from partnership.boards.models import Appointment, Board, Seat
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.edit_conflict import Stale


def _board(request: HttpRequest, slug: str) -> Board:
    return get_object_or_404(Board.objects.visible_to(request.user), slug=slug)


def _seat(board: Board, pk: int) -> Seat:
    return get_object_or_404(board.seats.select_related("board", "nominating_partner", "nominating_board"), pk=pk)


def _form_page(request: HttpRequest, board: Board, form, heading: str, **more) -> HttpResponse:
    context = {"section": "boards", "form": form, "board": board, "name": board.name, "heading": heading}
    return render(request, "boards/board_form.html", context | more)


@login_not_required
@require_safe
@cache_page_until_changed
def seat(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the seat is for, who holds it, who comes next, and who held it before."""
    board = _board(request, slug)
    shown, today = _seat(board, pk), timezone.localdate()
    terms = list(shown.appointments.select_related("holder", "partner", "deputy"))
    context = {
        "section": "boards",
        "board": board,
        "seat": shown,
        "groups": shown.groups.all(),
        "holders": [term for term in terms if term.runs_on(today)],
        "coming": [term for term in reversed(terms) if term.starts_on > today],
        "past": [term for term in terms if term.ends_on and term.ends_on < today],
        "exists": shown.exists_on(today),
        "nomination": vacancies.nomination(request.user, shown, today) if request.user.is_authenticated else None,
        "today": today,
    }
    return render(request, "boards/seat.html", context)


def seat_nominate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Whoever speaks for the body that nominates names somebody to staff."""
    board, today = _board(request, slug), timezone.localdate()
    found = _seat(board, pk)
    if not vacancies.nominates(request.user, found, today):
        raise PermissionDenied
    form = NominateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seat_nomination.send(seat=found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Staff have your nomination for the seat {found.title}, and appoint from it.")
            return redirect(found)
    nomination = vacancies.nomination(request.user, found, today)
    if nomination is None and request.method != "POST":
        messages.info(request, "This seat does not need a nomination now.")
        return redirect(found)
    context = {"section": "boards", "form": form, "board": board, "seat": found, "nomination": nomination}
    return render(request, "boards/nominate.html", context | {"today": today})


@needs_permission("boards.edit_board")
def seat_new(request: HttpRequest, slug: str) -> HttpResponse:
    board = _board(request, slug)
    form = SeatForm(request.POST or None, board=board)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add(board=board, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The seat {added.title} is added. It is vacant.")
            return redirect(board)
    return _form_page(request, board, form, "Add a seat")


@needs_permission("boards.edit_board")
def seat_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = _board(request, slug)
    found = _seat(board, pk)
    title = found.title
    form, differences = SeatForm(request.POST or None, board=board, instance=found), []
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.change(seat=found, by=request.user, **form.cleaned_data)
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The seat {saved.title} is saved.")
            return redirect(saved)
    return _form_page(request, board, form, f"Edit the seat {title}", differences=differences)


@needs_permission("boards.edit_board")
def seat_appoint(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = _board(request, slug)
    found = _seat(board, pk)
    form = AppointmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "email"}
        try:
            made = actions.appoint(seat=found, holder=form.cleaned_data["email"], by=request.user, **facts)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{made.holder} holds the seat {found.title}.")
            return redirect(board)
    return _form_page(request, board, form, f"Appoint to {found.title}")


@needs_permission("boards.edit_board")
def appointment_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = _board(request, slug)
    appointment = get_object_or_404(board.appointments.select_related("holder", "seat__board", "deputy"), pk=pk)
    first = {name: getattr(appointment, name) for name in ("partner", "deputy", "remuneration")}
    form = PaidForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe(appointment=appointment, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The appointment of {appointment.holder} is saved.")
            return redirect(appointment.seat)
    heading = f"Deputy and payment of {appointment.holder}, {appointment.seat.title}"
    return _form_page(request, board, form, heading)


@needs_permission("boards.edit_board")
def appointment_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = _board(request, slug)
    appointment = get_object_or_404(board.appointments.select_related("holder", "seat"), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(appointment=appointment, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{appointment.holder} leaves the seat {appointment.seat.title}.")
            for also in appointment.others_through_a_post():
                messages.warning(request, _goes_with_it(also))
            return redirect(board)
    about = [_goes_with_it(also) for also in appointment.others_through_a_post()]
    heading = f"End the appointment of {appointment.holder} to {appointment.seat.title}"
    return _form_page(request, board, form, heading, about=about)


def _goes_with_it(also: Appointment) -> str:
    return (
        f"{also.holder} also holds the seat {also.seat.title} on {also.seat.board} by virtue of their post. "
        "If it goes with this one, end that appointment too."
    )

"""Who acts for the chair of a board."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from partnership.boards.actions import acting_chair as actions
from partnership.boards.forms.acting_chair import ActingChairForm
from partnership.boards.models import Board
from partnership.dates import short_day
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm


def _board(request: HttpRequest, slug: str) -> Board:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    refuse_without("boards.name_acting_chair", request.user, board)
    return board


def acting_chair(request: HttpRequest, slug: str) -> HttpResponse:
    """The chair, or staff, says who acts while the chair is away; who acts now or will is listed."""
    board = _board(request, slug)
    form = ActingChairForm(request.POST or None, board=board)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.name(board=board, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            days = f"from {short_day(made.starts_on)} to {short_day(made.ends_on)}"
            messages.success(request, f"{made.person} acts for the chair {days}. We email them.")
            return redirect(board)
    named = board.acting_chairs.not_ended(timezone.localdate()).select_related("person")
    context = {"section": "boards", "form": form, "board": board, "named": named}
    return render(request, "boards/acting_chair.html", context)


def acting_chair_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = _board(request, slug)
    found = get_object_or_404(board.acting_chairs.not_ended(timezone.localdate()).select_related("person"), pk=pk)
    if request.method == "POST":
        actions.end(acting=found, by=request.user)
        messages.success(request, f"{found.person} no longer acts for the chair. We email them.")
        return redirect(board)
    return confirm(
        request,
        question=f"End the days on which {found.person} acts for the chair?",
        consequence="From now on only the chair publishes agendas. We email them.",
        label="End it",
        caption=board.name,
        back=board.get_absolute_url(),
        section="boards",
    )

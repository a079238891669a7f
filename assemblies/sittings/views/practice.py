"""How a board decides: staff keep it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assemblies.meetings.views.managed import posted
from assemblies.sittings.actions import practice
from assemblies.sittings.forms.practice import PracticeForm
from assemblies.sittings.models import BoardPractice
from partnership.boards.models import Board
from partnership.ui.access import needs_permission


@needs_permission("boards.edit_board")
def board_practice(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.public(), slug=slug)
    row = BoardPractice.objects.public().filter(board=board).first()
    form = PracticeForm(posted(request), instance=row)
    if form.is_valid():
        practice.set_practice(board=board, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(board)
    trail = [("Boards", reverse("boards")), (str(board), board.get_absolute_url())]
    return render(request, "sittings/practice.html", {"board": board, "form": form, "trail": trail})

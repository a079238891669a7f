"""How a board takes questions from the public; edited by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assemblies.meetings.views.managed import posted
from assemblies.questions.actions import question_rules as actions
from assemblies.questions.forms.question_rules import QuestionRulesForm
from assemblies.questions.models import QuestionRules
from partnership.boards.models import Board
from partnership.ui.access import needs_permission
from partnership.ui.edit_conflict import Stale


@needs_permission("questions.edit_rules")
def board_question_rules(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    stands = QuestionRules.objects.public().filter(board=board).first() or QuestionRules(board=board)
    form, differences = QuestionRulesForm(posted(request), stands=stands), []
    if form.is_valid():
        try:
            actions.save(board=board, by=request.user, revision=form.cleaned_data["revision"], **form.facts())
        except Stale as stale:
            differences = form.refuse_stale(stale)
        else:
            messages.success(request, "Saved. The pages of its meetings say so from now on.")
            return redirect(board)
    context = {
        "section": "boards", "board": board, "form": form, "differences": differences,
        "heading": "Questions from the public",
        "trail": [("Boards", reverse("boards")), (board.name, board.get_absolute_url())],
    }  # fmt: skip
    return render(request, "questions/rules.html", context)

"""A round: asking the member organisations, and its result."""

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.meetings.views.managed import posted
from assemblies.purpose import results
from assemblies.purpose.actions import purpose_round as actions
from assemblies.purpose.forms.purpose_round import AskForm
from assemblies.purpose.models import PurposeVersion, Round
from assemblies.purpose.views.purpose import ASK, READ, WRITE, open_round_of
from assemblies.voice.models import CallForViews
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from places.representation.speaking import members_of


def purpose_ask(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    refuse_without(ASK, request.user, board)
    form = AskForm(posted(request), board=board)
    if form.is_valid():
        try:
            made = actions.open_round(board=board, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            count = made.call.asked.count()
            messages.success(request, f"{count:,} organisation{'' if count == 1 else 's'} asked.")
            return redirect(made)
    members = list(members_of(board, timezone.localdate()).order_by("name"))
    version = PurposeVersion.objects.visible_to(request.user).newest().filter(board=board).first()
    context = {"form": form, "board": board, "members": members, "version": version, "section": "boards"}
    context["open_round"] = open_round_of(request, board)
    return render(request, "purpose/ask.html", context)


@login_not_required
@require_safe
def purpose_round(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Until when members answer; then what they said. Who said what, for those who may read that."""
    rows = Round.objects.visible_to(request.user).with_facts()
    row = get_object_or_404(rows, board__slug=slug, pk=pk)
    reads = rules.has_perm(READ, request.user, row.board)
    answers = results.answers_of(row) if reads and not row.is_open else {}
    context = {
        "round": row,
        "board": row.board,
        "lines": [(line, results.quotes_of(line), answers.get(line.topic_id, [])) for line in row.lines.all()],
        "reads": reads,
        "call": CallForViews.objects.visible_to(request.user).filter(pk=row.call_id).first(),
        "writes": rules.has_perm(WRITE, request.user, row.board),
        "asks": rules.has_perm(ASK, request.user, row.board),
        "waits": rows.unfollowed().filter(pk=row.pk).exists(),
        "section": "boards",
    }
    return render(request, "purpose/round.html", context)

"""Lists of actions: a person's own, those of a board, and what people who left have left behind."""

from uuid import uuid4

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.follow_up.actions import follow_up as actions
from assemblies.follow_up.forms.follow_up import HandOnAllForm, NewForm
from assemblies.follow_up.forms.search import ALL, OF_BOARDS, FollowUpSearchForm, StatusForm
from assemblies.follow_up.models import FollowUp
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_chaired_by
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.pages import page_of

KEEP = "follow_up.add_to_log"


@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """All of a person's actions, late ones first, closed ones last; for chairs and staff also those of boards."""
    user = request.user
    chaired = boards_chaired_by(user, timezone.localdate())
    form = FollowUpSearchForm(request.GET or None, chaired=chaired, sees_all=is_partnership_staff(user))
    whose = form.asked_for()
    rows = FollowUp.objects.visible_to(user)
    if whose == OF_BOARDS:
        rows = rows.of_boards([board.pk for board in chaired])
    elif whose != ALL:
        rows = rows.of_person(user)
    page = page_of(form.narrow(rows).with_facts().late_first(), request)
    context = {
        "form": form,
        "page": page,
        "whose": whose,
        "narrowed": bool(request.GET),
        "has_choice": "whose" in form.fields,
    }
    return render(request, "follow_up/mine.html", context)


@login_not_required
@require_safe
@cache_page_until_changed
def board_follow_ups(request: HttpRequest, slug: str) -> HttpResponse:
    """The action log of a board, as far as this person may read it."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    form = StatusForm(request.GET or None)
    page = page_of(
        form.narrow(FollowUp.objects.visible_to(request.user).of_boards([board])).with_facts().late_first(), request
    )
    keeps = rules.has_perm(KEEP, request.user, board)
    left = (
        FollowUp.objects.visible_to(request.user).of_boards([board]).left_behind(timezone.localdate()).count()
        if keeps
        else 0
    )
    context = {
        "board": board,
        "form": form,
        "page": page,
        "keeps": keeps,
        "left": left,
        "section": "boards",
        "in_log": True,
    }
    return render(request, "follow_up/board.html", context | {"narrowed": bool(request.GET.get("status"))})


def follow_up_new(request: HttpRequest, slug: str) -> HttpResponse:
    board = _kept(request, slug)
    form = NewForm(request.POST or None, board=board, user=request.user, keeps_log=True, initial={"key": uuid4()})
    if form.is_valid():
        try:
            made = actions.assign(by=request.user, board=board, **form.facts())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            told = "" if made.owner == request.user else f" {made.owner} is told."
            messages.success(request, f"The action is in the log.{told}")
            return redirect(made)
    context = {"board": board, "form": form, "heading": "Record an action", "section": "boards"}
    return render(request, "follow_up/of_board_form.html", context)


def follow_ups_left(request: HttpRequest, slug: str) -> HttpResponse:
    """What people who left have left behind goes to somebody else, all of it in one step."""
    board = _kept(request, slug)
    rows = FollowUp.objects.visible_to(request.user).of_boards([board]).left_behind(timezone.localdate())
    left = list(rows.with_facts().order_by("owner_name", "due_on", "pk"))
    form = HandOnAllForm(
        request.POST or None, board=board, left=rows.order_by("owner_name", "due_on", "pk"), keeps_log=True
    )
    if form.is_valid():
        answers = form.cleaned_data
        try:
            given = actions.hand_on_all(
                follow_ups=answers["chosen"], by=request.user, to=answers["to"], because=answers["words"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{given} action{'' if given == 1 else 's'} handed on to {answers['to']}.")
            return redirect("board_follow_ups", board.slug)
    context = {
        "board": board,
        "form": form,
        "left": left,
        "heading": "Actions of people who have left",
        "section": "boards",
    }
    return render(request, "follow_up/left.html", context)


def _kept(request: HttpRequest, slug: str) -> Board:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    refuse_without(KEEP, request.user, board)
    return board

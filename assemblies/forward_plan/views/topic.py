"""A topic with its route through boards: read, written, parked, closed, planned for a board."""

from collections.abc import Callable

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.forward_plan import board_plan
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.actions import topic as actions
from assemblies.forward_plan.forms.planned_item import PlannedItemForm
from assemblies.forward_plan.forms.topic import BoardChoiceForm, ReasonForm, TopicForm
from assemblies.forward_plan.models import Topic
from assemblies.forward_plan.views.plan import EDIT, edited_board
from partnership.boards.models import Board
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale


@login_not_required
@require_safe
@cache_page_until_changed
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is about, its route through boards as far as this person may know of it, and how it moved."""
    shown = get_object_or_404(Topic.objects.visible_to(request.user).select_related("board"), pk=pk)
    reads = rules.has_perm("forward_plan.read_plan", request.user, shown.board)
    boards = _boards(request) if request.user.is_authenticated else Board.objects.none()
    context = {
        "topic": shown,
        "steps": board_plan.route(shown, request.user),
        "edits": rules.has_perm(EDIT, request.user, shown.board),
        "may_plan": not shown.closed_at and boards.exists(),
        "reads": reads,
        "section": "boards",
    }
    return render(request, "forward_plan/topic.html", context)


def topic_new(request: HttpRequest, slug: str) -> HttpResponse:
    board = edited_board(request, slug)
    form = TopicForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.add(board=board, by=request.user, **form.facts())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{made.title}” is parked on the plan. Plan it for a meeting when it is time.")
            return redirect(made)
    context = {"form": form, "board": board, "heading": "Add a topic", "section": "boards"}
    return render(request, "forward_plan/topic_form.html", context)


def topic_edit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _edited(request, pk)
    form, differences = TopicForm(request.POST or None, topic=shown), []
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            saved = actions.change(topic=shown, by=request.user, revision=revision, **form.facts())
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{saved.title}” is saved.")
            return redirect(saved)
    context = {"form": form, "board": shown.board, "topic": shown, "heading": "Edit the topic", "section": "boards"}
    return render(request, "forward_plan/topic_form.html", context | {"differences": differences})


def topic_park(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _edited(request, pk)
    words = {"label": "Park it", "question": f"Park “{shown.title}”?"}
    if shown.parked_at:
        words = {"label": "Save", "question": f"What does “{shown.title}” wait for?"}
    return _asked(
        request, shown, actions.park, done="is parked", asks="What it waits for", warning=False, **words,
        consequence="It waits on the plan until somebody plans it for a meeting. Its route and history stay.",
    )  # fmt: skip


def topic_close(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _edited(request, pk)
    return _asked(
        request, shown, actions.close, label="Close it", done="is closed",
        question=f"Close “{shown.title}”?",
        consequence="Nobody is asked about it any more. Its route and history stay, and you can park it again.",
    )  # fmt: skip


def topic_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """First which board, unless there is only one this person plans for; then when, in which role, and who leads it."""
    shown = get_object_or_404(Topic.objects.visible_to(request.user).select_related("board"), pk=pk)
    boards = _boards(request)
    if not boards.exists():
        raise PermissionDenied
    asked = BoardChoiceForm(
        request.GET if "board" in request.GET else None, boards=boards, initial={"board": shown.board.slug}
    )
    if not asked.is_valid():
        if boards.count() != 1:
            return render(
                request, "forward_plan/topic_board.html", {"form": asked, "topic": shown, "section": "boards"}
            )
        board = boards.get()
    else:
        board = asked.cleaned_data["board"]
    form = PlannedItemForm(request.POST or None, board=board)
    if form.is_valid():
        try:
            planned_item.plan(topic=shown, board=board, by=request.user, **form.facts())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{shown.title}” is planned for the {board}.")
            return redirect(shown)
    context = {"form": form, "topic": shown, "board": board, "section": "boards"}
    return render(request, "forward_plan/planned_item_form.html", context | {"heading": f"Plan it for the {board}"})


def _boards(request: HttpRequest):
    """The boards whose plans this person edits."""
    found = Board.objects.visible_to(request.user).not_ended(timezone.localdate())
    if rules.has_perm("boards.edit_board", request.user):
        return found
    return found.filter(pk__in=Board.objects.visible_to(request.user).chaired_by(request.user).values("pk"))


def _edited(request: HttpRequest, pk: int) -> Topic:
    shown = get_object_or_404(Topic.objects.visible_to(request.user).select_related("board"), pk=pk)
    refuse_without(EDIT, request.user, shown.board)
    return shown


def _asked(
    request: HttpRequest, shown: Topic, action: Callable, *, label: str, done: str, asks: str = "Why",
    warning: bool = True, question: str, consequence: str,
) -> HttpResponse:  # fmt: skip
    form = ReasonForm(request.POST or None, label=label, warning=warning, asks=asks)
    if form.is_valid():
        try:
            action(topic=shown, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{shown.title}” {done}.")
            return redirect(shown)
    return confirm(
        request,
        back=shown.get_absolute_url(),
        form=form,
        trail=trail(shown),
        section="boards",
        question=question,
        consequence=consequence,
    )


def trail(shown: Topic) -> list[tuple[str, str]]:
    """The pages above one about the topic."""
    board = shown.board
    return [
        ("Boards", reverse("boards")),
        (board.name, board.get_absolute_url()),
        ("Forward plan", reverse("forward_plan", args=[board.slug])),
        (shown.title, shown.get_absolute_url()),
    ]

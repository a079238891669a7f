"""What is planned for a board: changed, moved, copied, put in order, taken off; its report, and what the board said."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assemblies.forward_plan.actions import planned_item as actions
from assemblies.forward_plan.forms.planned_item import ItemCopyForm, ItemMoveForm, PlannedItemForm, ResultForm
from assemblies.forward_plan.forms.topic import ReasonForm
from assemblies.forward_plan.models import PlannedItem
from assemblies.forward_plan.views.plan import EDIT
from assemblies.forward_plan.views.topic import trail
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale


def planned_item_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    item = _edited(request, slug, pk)
    form, differences = PlannedItemForm(request.POST or None, board=item.board, item=item), []
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            actions.change(item=item, by=request.user, revision=revision, **form.facts())
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{item}” is saved.")
            return redirect(item.topic)
    return _form(request, item, form, "Change what is planned", differences=differences)


def planned_item_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    item = _edited(request, slug, pk)
    form = ItemMoveForm(request.POST or None, item=item)
    if form.is_valid():
        try:
            actions.move(item=item, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{item}” has moved. Its history went with it.")
            return redirect("forward_plan", slug)
    return _form(request, item, form, "Move the item", says_where=True)


def planned_item_copy(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    item = _edited(request, slug, pk)
    form = ItemCopyForm(request.POST or None, item=item)
    if form.is_valid():
        try:
            actions.copy(item=item, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{item}” is planned for another meeting as well.")
            return redirect(item.topic)
    return _form(request, item, form, "Copy the item to another meeting", copies=True)


@require_POST
def planned_item_shift(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    item = _edited(request, slug, pk)
    try:
        actions.shift(item=item, by=request.user, up=request.POST.get("direction") == "up")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("forward_plan", slug)


def planned_item_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    item = _edited(request, slug, pk)
    form = ReasonForm(request.POST or None, label="Take it off the plan")
    if form.is_valid():
        try:
            actions.withdraw(item=item, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{item}” is off the plan of the {item.board}.")
            return redirect("forward_plan", slug)
    return confirm(
        request, question=f"Take “{item}” off the plan of the {item.board}?", form=form, section="boards",
        back=item.topic.get_absolute_url(), trail=trail(item.topic),
        consequence="If nothing else is planned for the topic, it is parked again. A draft agenda keeps its item and says so.",
    )  # fmt: skip


def planned_item_report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    item = _known(request, slug, pk)
    refuse_without("forward_plan.hand_in_report", request.user, item)
    if request.method == "POST":
        try:
            actions.receive_report(item=item, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"The report on “{item}” is in.")
        return redirect(item.topic)
    return confirm(
        request, question=f"Is the report on “{item}” in?", label="Yes, it is in", warning=False, section="boards",
        consequence="Say so if it came in as a file, and not through the portal. Nobody is asked for it any more.",
        back=item.topic.get_absolute_url(), trail=trail(item.topic),
    )  # fmt: skip


def planned_item_result(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    item = _edited(request, slug, pk)
    form, differences = ResultForm(request.POST or None, item=item), []
    if form.is_valid():
        try:
            actions.say_result(item=item, by=request.user, **form.cleaned_data)
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "What the board said is on the topic’s route.")
            return redirect(item.topic)
    return _form(request, item, form, "What the board said", differences=differences)


def _edited(request: HttpRequest, slug: str, pk: int) -> PlannedItem:
    """The item of the board; 404 for those who may not know of it, 403 for those who do not edit the board's plan."""
    item = _known(request, slug, pk)
    refuse_without(EDIT, request.user, item.board)
    return item


def _known(request: HttpRequest, slug: str, pk: int) -> PlannedItem:
    rows = (
        PlannedItem.objects.visible_to(request.user).live().select_related("board", "meeting", "topic__board", "lead")
    )
    return get_object_or_404(rows, board__slug=slug, pk=pk)


def _form(request: HttpRequest, item: PlannedItem, form, heading: str, **more) -> HttpResponse:
    context = {"form": form, "item": item, "topic": item.topic, "board": item.board, "heading": heading}
    return render(request, "forward_plan/planned_item_form.html", context | {"section": "boards"} | more)

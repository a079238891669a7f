"""Induction: the holder's own list, who is behind, and the steps staff keep."""

from django.contrib import messages
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.boards import inductions
from partnership.boards.actions import induction as actions
from partnership.boards.forms.induction import BuddyForm, StepForm
from partnership.boards.models import InductionItem
from partnership.ui.access import staff_only
from partnership.ui.pages import page_of
from partnership.ui.refusals import Refusal


@require_safe
def induction(request: HttpRequest) -> HttpResponse:
    """What the person still has to do in each of their seats, and what they have done."""
    items = (
        InductionItem.objects.visible_to(request.user)
        .filter(appointment__holder=request.user)
        .running()
        .select_related("appointment__seat__board")
        .order_by("appointment__starts_on", "appointment", "position", "pk")
    )
    return render(request, "boards/induction.html", {"items": items})


def induction_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One step: ticked by whose it is, taken back by them too."""
    mine = InductionItem.objects.visible_to(request.user).filter(appointment__holder=request.user)
    item = get_object_or_404(mine.select_related("appointment__seat__board"), pk=pk)
    if request.method == "POST" and "undo" in request.POST:
        actions.undo(item=item, by=request.user)
        return redirect("induction")
    form = BuddyForm(request.POST if request.method == "POST" else None, asks=item.names_buddy)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tick(item=item, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Done: {item.title}.")
            return redirect("induction")
    return render(request, "boards/induction_item.html", {"item": item, "form": form})


@require_safe
@staff_only
def inductions_behind(request: HttpRequest) -> HttpResponse:
    """New holders with steps to do, those who are late first."""
    today = timezone.localdate()
    rows = (
        InductionItem.objects.visible_to(request.user)
        .running(today)
        .values("appointment", "appointment__holder__name", "appointment__holder__email", "appointment__seat__title",
                "appointment__seat__board__name", "appointment__seat__board__slug", "appointment__seat_id")
        .annotate(
            steps=Count("pk"),
            done=Count("pk", filter=Q(done_at__isnull=False)),
            late=Count("pk", filter=Q(done_at__isnull=True, due_on__lt=today)),
            next_due=Min("due_on", filter=Q(done_at__isnull=True)),
        )
        .filter(next_due__isnull=False)
        .order_by("-late", "next_due", "appointment")
    )  # fmt: skip
    return render(request, "boards/inductions_behind.html", {"section": "boards", "page": page_of(rows, request)})


@require_safe
@staff_only
def induction_steps(request: HttpRequest) -> HttpResponse:
    return render(request, "boards/induction_steps.html", {"section": "boards", "steps": inductions.steps()})


@staff_only
def induction_step_new(request: HttpRequest) -> HttpResponse:
    return _step(request, None)


@staff_only
def induction_step(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, get_object_or_404(inductions.steps(), pk=pk))


def _step(request: HttpRequest, step) -> HttpResponse:
    form = StepForm(request.POST or None, instance=step)
    heading = f"Edit the step “{step.title}”" if step else "Add a step"
    if request.method == "POST" and form.is_valid():
        saved = actions.save_step(step=step, by=request.user, **form.cleaned_data)
        messages.success(request, f"“{saved.title}” is saved. It counts for those who take a seat from now on.")
        return redirect("induction_steps")
    return render(request, "boards/induction_step.html", {"section": "boards", "form": form, "heading": heading})

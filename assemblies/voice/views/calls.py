"""Calls for views: those a person may see, one of them, opening one, moving its closing time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.views.managed import posted
from assemblies.voice import call_results
from assemblies.voice.actions import call as actions
from assemblies.voice.forms.call import CallForm, ClosingForm
from assemblies.voice.models import CallForViews, ReportBack
from assemblies.voice.models.call import meetings_of, seats_of
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Seat
from partnership.refusals import Refusal
from partnership.ui.pages import page_of
from places.representation.speaking import represented_by


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """What representatives ask, and what the person's own seats have asked; open ones first."""
    rows = (
        CallForViews.objects.visible_to(request.user)
        .select_related("meeting__board", "seat__board")
        .prefetch_related("topics__item")
        .with_answered(request.user)
    )
    return render(request, "voice/calls.html", {"page": page_of(rows, request), "now": timezone.now()})


@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, who asks and until when; and what the person's own organisations have answered.

    `?part=progress` is what a script asks for, while the members are still being written to.
    """
    shown = _seen(request, pk)
    reads = CallForViews.objects.visible_to(request.user).read_by(request.user).filter(pk=pk).exists()
    run = getattr(shown, "run", None) if reads else None
    if run and request.GET.get("part") == "progress":
        return render(request, "voice/run.html", {"run": run, "heading": shown.heading})
    context = {
        "heading": shown.heading,
        "run": run,
        "call": shown,
        "topics": list(shown.topics.select_related("item__closure")),
        "partners": call_results.own_partners(shown, request.user),
        "reads": reads,
        "speaks": CallForViews.objects.visible_to(request.user).held_by(request.user).filter(pk=pk).exists(),
        "progress": call_results.progress(shown) if reads else None,
        "report": ReportBack.objects.visible_to(request.user).filter(meeting=shown.meeting, seat=shown.seat).first(),
        "is_open": shown.is_open(),
    }
    return render(request, "voice/call.html", context)


def call_new(request: HttpRequest, slug: str, seat: int) -> HttpResponse:
    own, meeting = own_seat(request, slug, seat)
    items = actions.items_in_sight(meeting)
    partners = represented_by(own, timezone.localdate())
    form = CallForm(posted(request), items=items, meeting=meeting)
    if form.is_valid():
        try:
            opened = actions.open_call(meeting=meeting, seat=own, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            count = opened.asked.count()
            messages.success(request, f"{count:,} organisation{'' if count == 1 else 's'} asked.")
            return redirect(opened)
    context = {"form": form, "meeting": meeting, "seat": own, "count": partners.count(), "items": items}
    return render(request, "voice/call_new.html", context)


def call_closing(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _seen(request, pk)
    if not CallForViews.objects.visible_to(request.user).held_by(request.user).filter(pk=pk).exists():
        if CallForViews.objects.visible_to(request.user).read_by(request.user).filter(pk=pk).exists():
            raise PermissionDenied
        raise Http404
    form = ClosingForm(posted(request), initial={"closes_at": shown.closes_at})
    if form.is_valid():
        try:
            actions.move_closing(call=shown, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The closing time has changed.")
            return redirect(shown)
    return render(request, "voice/closing.html", {"form": form, "call": shown})


def own_seat(request: HttpRequest, slug: str, pk: int) -> tuple[Seat, Meeting]:
    """The person's own seat and a meeting of its board. Raises Http404; PermissionDenied for staff, who may know of both."""
    meetings = (
        Meeting.objects.visible_to(request.user) if is_partnership_staff(request.user) else meetings_of(request.user)
    )
    meeting = get_object_or_404(meetings.select_related("board"), slug=slug)
    seat = seats_of(request.user).filter(pk=pk, board__in=boards_of(meeting)).select_related("board").first()
    if seat:
        return seat, meeting
    if is_partnership_staff(request.user) and any(each.seats.filter(pk=pk).exists() for each in boards_of(meeting)):
        raise PermissionDenied
    raise Http404


def _seen(request: HttpRequest, pk: int) -> CallForViews:
    rows = CallForViews.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("meeting__board", "seat__board", "opened_by", "run"), pk=pk)

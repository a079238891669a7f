"""Move or cancel a meeting, after being shown how many people will be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assemblies.executive_notices import asked as asking
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.views.managed import managed
from assemblies.organising.actions import meeting as meeting_actions
from assemblies.organising.actions import move as move_actions
from assemblies.organising.forms.move import CancelForm, MoveConfirmForm, MoveForm
from assemblies.papers.actions import agenda
from assemblies.registrations import recipients
from partnership.refusals import Refusal


def manage_move(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    if "confirm" in request.POST:
        return _confirmed(request, meeting)
    start = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    form = MoveForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            move_actions.check(meeting, form.cleaned_data["starts_at"], form.cleaned_data["ends_at"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            asked = MoveConfirmForm.shifted(meeting, form.cleaned_data)
            return _ask(request, meeting, asked)
    context = {"form": form, "meeting": meeting, "may_move": _may_change(meeting)}
    return render(request, "organising/move.html", context)


def _confirmed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    told = recipients.counts(meeting)
    form = MoveConfirmForm(request.POST, meeting=meeting, tells=bool(told))
    if form.is_valid():
        try:
            move_actions.move(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The meeting has been moved." + _on_their_way(told))
            return redirect("manage", meeting.slug)
    asked = form.cleaned_data
    if not (asked.get("starts_at") and asked.get("ends_at")):
        return redirect("manage_move", meeting.slug)
    return _ask(request, meeting, asked, form)


def _ask(request: HttpRequest, meeting: Meeting, asked: dict, form: MoveConfirmForm | None = None) -> HttpResponse:
    told = recipients.counts(meeting)
    form = form or MoveConfirmForm(initial=asked, meeting=meeting, tells=bool(told))
    new = Meeting(starts_at=asked["starts_at"], ends_at=asked["ends_at"])
    context = {
        "form": form,
        "meeting": meeting,
        "new": new,
        "told": told,
        "people": sum(count for _, count in told),
        "sessions": meeting.programme_versions.exists() or meeting.agenda_versions.exists(),
        "reason": asked.get("reason", ""),
        "chair": agenda.chair_of(meeting) if form.late_for else None,
        "notices": asking.lost_by_move(meeting, boards_of(meeting), new.starts_at),
    }
    return render(request, "organising/move_confirm.html", context)


def manage_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    told = recipients.counts(meeting)
    form = CancelForm(request.POST or None, tells=bool(told))
    if form.is_valid():
        try:
            meeting_actions.cancel(meeting=meeting, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The meeting is cancelled." + _on_their_way(told))
            return redirect("manage", meeting.slug)
    people = sum(count for _, count in told)
    context = {"form": form, "meeting": meeting, "told": told, "people": people, "may_cancel": _may_change(meeting)}
    return render(request, "organising/cancel.html", context)


def _on_their_way(told: list) -> str:
    return " The emails are on their way." if told else ""


def _may_change(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.PUBLISHED and not meeting.is_over

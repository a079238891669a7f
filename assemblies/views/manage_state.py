"""Publish, hold and close a meeting."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assemblies import readiness
from assemblies.actions import meeting as meeting_actions
from assemblies.models import Meeting
from assemblies.views.managed import managed
from partnership.ui.refusals import Refusal


def manage_publish(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    if request.method == "POST":
        return _go(request, meeting, meeting_actions.publish, "The meeting is published.")
    context = {"meeting": meeting, "missing": readiness.missing(meeting)}
    return render(request, "assemblies/manage/publish.html", context)


def manage_hold(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    if request.method == "POST":
        return _go(request, meeting, meeting_actions.hold, "The meeting is marked as held.")
    return render(request, "assemblies/manage/hold.html", {"meeting": meeting})


def manage_close(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    if request.method == "POST":
        return _go(request, meeting, meeting_actions.close, "The meeting is closed.")
    return render(request, "assemblies/manage/close.html", {"meeting": meeting})


def _go(request: HttpRequest, meeting: Meeting, action: Callable[..., Meeting], done: str) -> HttpResponse:
    """Carries out the change of state; a second press of the same button changes nothing and is told so."""
    try:
        action(meeting=meeting, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("manage", meeting.slug)

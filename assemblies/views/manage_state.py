"""Publish, hold and close a meeting."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assemblies import readiness
from assemblies.actions import meeting as meeting_actions
from assemblies.models import Meeting
from assemblies.views.managed import managed
from partnership.refusals import Refusal


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


def manage_throw_away(request: HttpRequest, slug: str) -> HttpResponse:
    """For drafts alone: what anybody could know of is cancelled instead."""
    meeting = managed(request, slug)
    if meeting.state != Meeting.State.DRAFT:
        return redirect("manage_cancel", slug)
    if request.method == "POST":
        try:
            meeting_actions.throw_away(meeting=meeting, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("manage", slug)
        messages.success(request, f"The draft of “{meeting.title}” is thrown away.")
        return redirect("my_home")
    listed = meeting.lists.aggregate(people=Count("entries"))["people"]
    papers, words = meeting.documents.count(), []
    words += [f"{listed} {'person' if listed == 1 else 'people'} on its invitation lists"] if listed else []
    words += [f"{papers} {'document' if papers == 1 else 'documents'}"] if papers else []
    gone = f" With it go {' and '.join(words)}." if words else ""
    context = {
        "question": f"Throw the draft of “{meeting.title}” away?",
        "consequence": f"Nobody is told, because nobody knows of it.{gone} It cannot be brought back.",
        "confirm_label": "Throw it away",
        "back_url": f"/meetings/{slug}/manage/",
    }
    return render(request, "components/confirm.html", context)


def _go(request: HttpRequest, meeting: Meeting, action: Callable[..., Meeting], done: str) -> HttpResponse:
    """Carries out the change of state; a second press of the same button changes nothing and is told so."""
    try:
        action(meeting=meeting, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("manage", meeting.slug)

"""Publish, hold and close a meeting."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assemblies.meetings.in_common import boards_of, names_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.views.managed import managed
from assemblies.organising import readiness
from assemblies.organising.actions import meeting as meeting_actions
from partnership.dates import span
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm


def manage_publish(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    if request.method == "POST":
        return _go(request, meeting, meeting_actions.publish, "The meeting is published.")
    context = {"meeting": meeting, "missing": readiness.missing(meeting)}
    return render(request, "organising/publish.html", context)


def manage_hold(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    if request.method == "POST":
        return _go(request, meeting, meeting_actions.hold, "The meeting is marked as held.")
    return _confirm(
        request,
        meeting,
        question="Mark the meeting as held?",
        consequence="This records that the meeting took place. Registration closes. Thank-you messages and exit questions "
        "go out at their own times.",
        label="Mark as held",
        warning=False,
    )


def manage_close(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    if request.method == "POST":
        return _go(request, meeting, meeting_actions.close, "The meeting is closed.")
    return _confirm(
        request,
        meeting,
        question="Close the meeting?",
        consequence="Nobody can change anything about the meeting after this. Its page stays.",
        label="Close the meeting",
    )


def manage_delete_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """For drafts alone: what anybody could know of is cancelled instead."""
    meeting = managed(request, slug)
    if meeting.state != Meeting.State.DRAFT:
        return redirect("manage_cancel", slug)
    if request.method == "POST":
        try:
            meeting_actions.delete_draft(meeting=meeting, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("manage", slug)
        messages.success(request, f"The draft of “{meeting.title}” is deleted.")
        return redirect("my_home")
    listed = meeting.lists.aggregate(people=Count("entries"))["people"]
    papers, words = meeting.documents.count(), []
    words += [f"its invitation lists ({listed} {'person' if listed == 1 else 'people'})"] if listed else []
    words += [f"{papers} {'document' if papers == 1 else 'documents'}"] if papers else []
    gone = f" This also deletes {' and '.join(words)}." if words else ""
    return _confirm(
        request,
        meeting,
        question=f"Delete the draft of “{meeting.title}”?",
        consequence=f"{_told_of_deletion(meeting)}{gone} You cannot get it back.",
        label="Delete the draft",
    )


def _told_of_deletion(meeting: Meeting) -> str:
    others = boards_of(meeting)[1:]
    if not others:
        return "Nobody is emailed, because the meeting is not published."
    chair = f"The chair{'' if len(others) == 1 else 's'} of {names_of(others)}"
    return f"{chair} will be told. Nobody else is emailed, because the meeting is not published."


def _confirm(request: HttpRequest, meeting: Meeting, **words) -> HttpResponse:
    back = reverse("manage", args=[meeting.slug])
    when = span(meeting.starts_at, meeting.ends_at)
    about = f"{meeting.title}, {when}"
    return confirm(
        request,
        about=about,
        back=back,
        caption=caption(meeting),
        trail=manage_trail(meeting),
        section="meetings",
        **words,
    )


def _go(request: HttpRequest, meeting: Meeting, action: Callable[..., Meeting], done: str) -> HttpResponse:
    """Carries out the change of state; the second submission of the same button changes nothing, and says so."""
    try:
        action(meeting=meeting, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("manage", meeting.slug)

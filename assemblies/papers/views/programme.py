"""Drafting and releasing a programme."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.views.managed import managed
from assemblies.papers import changes
from assemblies.papers.actions import programme
from assemblies.papers.forms.programme import ReleaseForm, SessionFormSet
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale


def manage_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The sessions of the draft, or of the version people see where there is none; all in one form."""
    meeting = managed(request, slug)
    shown = programme.draft_of(meeting) or programme.released_of(meeting)
    sessions = list(shown.sessions.all()) if shown else []
    posted = request.method == "POST"
    seen, refusal = request.POST.get("seen", "") if posted else programme.fingerprint(shown), ""
    rows = SessionFormSet(request.POST or None, meeting=meeting, sessions=sessions)
    if rows.is_valid():
        try:
            programme.write(meeting=meeting, by=request.user, rows=rows.rows(), seen=seen)
        except Stale as stale:
            refusal, seen = stale.message, programme.fingerprint(stale.now)
        except Refusal as stopped:
            refusal = stopped.message
        else:
            messages.success(request, "The draft of the programme is saved.")
            on = "manage_programme" if "more" in request.POST else "manage_programme_release"
            return redirect(on if rows.rows() else "manage_programme", slug)
    context = {
        "meeting": meeting,
        "rows": rows,
        "seen": seen,
        "refusal": refusal,
        "draft": programme.draft_of(meeting),
        "versions": list(meeting.programme_versions.filter(state="released").select_related("released_by")),
        "warnings": [] if request.POST else programme.warnings(meeting, sessions),
        "is_open": meeting.state not in (Meeting.State.CLOSED, Meeting.State.CANCELLED),
    }
    return render(request, "papers/programme.html", context)


def manage_programme_release(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    draft = programme.draft_of(meeting)
    if draft is None and request.method != "POST":
        return redirect("manage_programme", slug)
    found = changes.of_programme(draft) if draft else []
    later = bool(draft and programme.released_of(meeting))
    start = {"seen": programme.fingerprint(draft)}
    form = ReleaseForm(request.POST or None, initial=start, later=later)
    if form.is_valid():
        try:
            version = programme.release(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
            form.data = form.data.copy()
            form.data["seen"] = start["seen"]
        else:
            messages.success(request, f"Version {version.number} of the programme is released.")
            return redirect("manage_programme", slug)
    sessions = list(draft.sessions.all()) if draft else []
    context = {
        "meeting": meeting,
        "draft": draft,
        "sessions": sessions,
        "form": form,
        "changes": found,
        "later": later,
        "warnings": programme.warnings(meeting, sessions),
    }
    return render(request, "papers/programme_release.html", context)


def manage_programme_discard(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    if request.method == "POST":
        try:
            programme.discard(meeting=meeting, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "The draft is deleted.")
        return redirect("manage_programme", slug)
    back = reverse("manage_programme", args=[slug])
    return confirm(
        request,
        question="Delete the draft of the programme?",
        consequence="The released programme stays as it is. You cannot get the draft back.",
        label="Delete the draft",
        back=back,
        caption=caption(meeting),
        trail=[*manage_trail(meeting), ("Programme", back)],
        section="meetings",
    )

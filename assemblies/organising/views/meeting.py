"""Begin a meeting, and say what is known about it, a section at a time."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assemblies.meetings.models import Meeting
from assemblies.meetings.views.managed import managed
from assemblies.organising.actions import meeting as meeting_actions
from assemblies.organising.forms.meeting import MeetingForm
from assemblies.organising.forms.meeting_sections import PREVIEWED, SECTIONS
from assemblies.registrations import recipients
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.edit_conflict import Stale

# Sections in which a change is told to people at once, and what of it
TOLD = {"details": "title", "when": "way to attend", "venue": "venue", "joining": "joining link"}


@needs_permission("organising.create_meeting")
def meeting_new(request: HttpRequest) -> HttpResponse:
    form = MeetingForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            meeting = meeting_actions.create(by=request.user, uid=form.cleaned_data["uid"], **form.facts())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{meeting.title}” is a draft. Nobody else sees it until you publish it.")
            return redirect("manage", meeting.slug)
    return render(request, "organising/new.html", {"form": form})


def manage_edit(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    if section not in SECTIONS:
        raise Http404
    perm = "organising.edit_letter" if section == "letter" else "meetings.organise"
    meeting = managed(request, slug, perm)
    form = MeetingForm(request.POST or None, user=request.user, meeting=meeting, section=section)
    differences: list[tuple[str, str, str]] = []
    preview = section == PREVIEWED and "preview" in request.POST and form.is_valid()
    if not preview and form.is_valid():
        try:
            edited = meeting_actions.edit(
                meeting=meeting, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
            )
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{SECTIONS[section][0]}: saved.")
            return redirect("manage", edited.slug)
    told = recipients.counts(meeting) if meeting.state == Meeting.State.PUBLISHED and section in TOLD else []
    context = {
        "form": form,
        "meeting": meeting,
        "section": SECTIONS[section][0],
        "differences": differences,
        "preview": form.cleaned_data if preview else None,
        "moving": section == "when",
        "told": TOLD.get(section, ""),
        "people": sum(count for _, count in told),
    }
    return render(request, "organising/edit.html", context)

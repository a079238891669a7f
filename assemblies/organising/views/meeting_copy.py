"""Copy a meeting to another day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assemblies.meetings.views.managed import managed
from assemblies.organising.actions import meeting_copy
from assemblies.organising.forms.meeting_copy import MeetingCopyForm
from partnership.refusals import Refusal


def manage_copy(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    form = MeetingCopyForm(request.POST or None)
    if form.is_valid():
        try:
            made = meeting_copy.copy(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{made.title}” is copied to a draft. Nobody else sees it until you publish it.")
            return redirect("manage", made.slug)
    return render(request, "organising/copy.html", {"form": form, "meeting": meeting})

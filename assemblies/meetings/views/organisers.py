"""Which staff organise a meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assemblies.meetings.actions import organisers
from assemblies.meetings.forms.organisers import OrganisersForm
from assemblies.meetings.views.managed import managed, posted
from partnership.refusals import Refusal


def manage_organisers(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug)
    form = OrganisersForm(posted(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            organisers.name_organisers(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Saved: who organises this meeting.")
            return redirect(meeting.manage_url)
    return render(request, "meetings/organisers.html", {"meeting": meeting, "form": form})

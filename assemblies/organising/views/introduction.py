"""A place introduces itself: written by its leads, previewed before it is saved."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime

from assemblies.meetings.views.managed import managed
from assemblies.organising.actions import meeting_place
from assemblies.organising.forms.introduction import IntroductionForm
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.edit_conflict import Stale


def manage_introduction(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    meeting = managed(request, slug, "meetings.manage")
    row = meeting.meeting_places.select_related("place", "introduction_by").filter(place__slug=place).first()
    if row is None:
        raise Http404
    refuse_without("organising.write_introduction", request.user, row)
    seen = row.introduction_at.isoformat() if row.introduction_at else ""
    form = IntroductionForm(request.POST or None, initial={"text": row.introduction, "seen_at": seen})
    preview, differences = "", []
    if form.is_valid():
        text = form.cleaned_data["text"]
        if "preview" in request.POST:
            preview = text
        else:
            try:
                seen_at = parse_datetime(form.cleaned_data["seen_at"]) if form.cleaned_data["seen_at"] else None
                meeting_place.introduce(meeting_place=row, by=request.user, text=text, seen_at=seen_at)
            except Stale as stale:
                form.refuse(stale)
                differences = [("Introduction", stale.now.introduction, text)]
                form.data = form.data.copy()
                form.data["seen_at"] = stale.now.introduction_at.isoformat()
            except Refusal as refusal:
                form.refuse(refusal)
            except ValueError:
                form.add_error(None, "This page was out of date. Open it again and save it again.")
            else:
                messages.success(request, f"The introduction of {row.place} is saved.")
                return redirect("manage", meeting.slug)
    context = {"form": form, "meeting": meeting, "row": row, "preview": preview, "differences": differences}
    return render(request, "organising/introduction.html", context)

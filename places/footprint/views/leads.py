"""Staff keep who leads a place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from places.footprint.actions import lead as actions
from places.footprint.forms import LeadEndForm, LeadForm
from places.footprint.models import Place


@needs_permission("places.name_leads")
def place_lead_new(request: HttpRequest, slug: str) -> HttpResponse:
    place = get_object_or_404(Place.objects.visible_to(request.user), slug=slug)
    form = LeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "email"}
        try:
            lead = actions.add(place=place, by=request.user, **facts)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{lead.user} leads {place}.")
            return redirect(place)
    return _page(request, place, form, f"Add a lead of {place}")


@needs_permission("places.name_leads")
def place_lead_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    place = get_object_or_404(Place.objects.visible_to(request.user), slug=slug)
    lead = get_object_or_404(place.leads.select_related("user"), pk=pk)
    form = LeadEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(lead=lead, by=request.user, ends_on=form.cleaned_data["ends_on"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The last day of {lead.user} is set.")
            return redirect(place)
    return _page(request, place, form, f"End {lead.user}’s time as {lead.title} of {place}")


def _page(request: HttpRequest, place: Place, form, heading: str) -> HttpResponse:
    return render(
        request,
        "places/place_form.html",
        {"section": "places", "form": form, "place": place, "name": place.name, "heading": heading},
    )

"""Which partners work in a place, kept by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from partnership.partners.actions import place as actions
from partnership.partners.forms.place import PlacePartnerForm
from partnership.ui.access import needs_permission
from partnership.ui.pages import page_of
from places.footprint.models import Place


@needs_permission("places.edit_place")
def place_partners(request: HttpRequest, slug: str) -> HttpResponse:
    """Which partners work here: add one, take one away."""
    shown = get_object_or_404(Place.objects.visible_to(request.user), slug=slug)
    form = PlacePartnerForm(request.POST or None, place=shown)
    if request.method == "POST" and form.is_valid():
        actions.add_partner(place=shown, partner=form.cleaned_data["partner"], by=request.user)
        messages.success(request, f"{form.cleaned_data['partner']} is added.")
        return redirect("place_partners", slug=slug)
    partners = shown.partners.visible_to(request.user).current()
    return render(
        request,
        "partners/of_place.html",
        {"section": "places", "form": form, "place": shown, "page": page_of(partners, request)},
    )


@require_POST
@needs_permission("places.edit_place")
def place_partner_remove(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    shown = get_object_or_404(Place.objects.visible_to(request.user), slug=slug)
    gone = get_object_or_404(shown.partners.visible_to(request.user), slug=partner)
    actions.remove_partner(place=shown, partner=gone, by=request.user)
    messages.success(request, f"{gone} is no longer listed in {shown}.")
    return redirect("place_partners", slug=slug)

"""Places in public, and their editing by staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.page_cache import cache_page_until_changed
from partnership.ui.pages import page_of
from places.actions import place as actions
from places.forms import PlaceForm, PlacePartnerForm
from places.models import Place

PARTNERS_SHOWN = 50


@login_not_required
@require_safe
@cache_page_until_changed
def places(request: HttpRequest) -> HttpResponse:
    rows = Place.objects.visible_to(request.user).current().prefetch_related("footprint")
    return render(request, "places/places.html", {"section": "places", "page": page_of(rows, request)})


@login_not_required
@require_safe
@cache_page_until_changed
def place(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Place.objects.visible_to(request.user), slug=slug)
    return render(
        request,
        "places/place.html",
        {
            "section": "places",
            "place": shown,
            "leads": shown.leads.current(timezone.localdate()).select_related("user"),
            "partners": shown.partners.visible_to(request.user).current()[:PARTNERS_SHOWN],
            "partner_count": shown.partners.visible_to(request.user).current().count(),
            "boards": shown.boards.public(),
            "before": shown.predecessors.public(),
            "after": shown.successors.public(),
        },
    )


@needs_permission("places.edit_place")
def place_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@needs_permission("places.edit_place")
def place_edit(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit(request, get_object_or_404(Place.objects.visible_to(request.user), slug=slug))


def _edit(request: HttpRequest, place: Place | None) -> HttpResponse:
    form = PlaceForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save(place=place, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{saved.name} is saved.")
            return redirect(saved)
    name = form.initial.get("name", "")
    heading = f"Edit {name}" if place else "Add a place"
    return render(
        request,
        "places/place_form.html",
        {"section": "places", "form": form, "place": place, "name": name, "heading": heading},
    )


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
        "places/partners.html",
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

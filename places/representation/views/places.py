"""Staff add and edit a place, with the boards that serve it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from places.footprint.models import Place
from places.representation.actions import served as actions
from places.representation.forms.served import PlaceWithBoardsForm


@needs_permission("places.edit_place")
def place_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@needs_permission("places.edit_place")
def place_edit(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit(request, get_object_or_404(Place.objects.visible_to(request.user), slug=slug))


def _edit(request: HttpRequest, place: Place | None) -> HttpResponse:
    form = PlaceWithBoardsForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_place(place=place, by=request.user, **form.cleaned_data)
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

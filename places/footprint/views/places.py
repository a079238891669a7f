"""Places in public."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.page_cache.middleware import cache_page_until_changed
from partnership.ui.pages import page_of
from places.footprint.models import Place


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
            "before": shown.predecessors.public(),
            "after": shown.successors.public(),
        },
    )

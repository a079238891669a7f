"""The directory of partner organisations, in public."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.memo import cached_until_changed
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.partners import rules
from partnership.partners.forms import PartnerSearch
from partnership.partners.models import Partner
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def directory(request: HttpRequest) -> HttpResponse:
    staff = is_partnership_staff(request.user)
    rows = Partner.objects.visible_to(request.user).current() if staff else Partner.objects.public()
    search = PartnerSearch(request.GET or None, queryset=rows)
    found = search.qs.order_by("name").values_list("pk", flat=True)  # from the index alone, however late the page
    asked = tuple(request.GET.get(name, "") for name in search.filters)
    count = cached_until_changed(("partners", staff, *asked), found.count)
    page = page_of(found, request, count=count)
    shown = rows.defer("address", "closed_because").prefetch_related("places").in_bulk(list(page.object_list))
    page.object_list = [shown[pk] for pk in page.object_list if pk in shown]
    return render(
        request,
        "partners/directory.html",
        {"section": "partners", "search": search, "page": page, "asked": search.is_asked},
    )


@login_not_required
@require_safe
@cache_page_until_changed
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    shown: Partner | None = (
        Partner.objects.visible_to(request.user).select_related("successor").filter(slug=slug).first()
    )
    if shown is None:
        into = Partner.objects.visible_to(request.user).that_took_over(slug)
        if into:
            return redirect(into, permanent=False)  # a merge can be undone
        raise Http404
    keeps = request.user.is_authenticated and rules.keeps(request.user, shown)
    asks = request.user.is_authenticated and not keeps
    return render(
        request,
        "partners/partner.html",
        {
            "section": "partners",
            "partner": shown,
            "places": shown.places.public().current().order_by("name"),
            "groups": shown.groups.all(),
            "contacts": shown.contacts.public(),
            "came_from": shown.came_from.visible_to(request.user),
            "keeps": keeps,
            "membership": shown.memberships.live().filter(user=request.user).first() if asks else None,
        },
    )

"""The public register of decisions."""

import rules
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assemblies.decisions.forms.register import RegisterSearch
from assemblies.decisions.models import Decision
from assemblies.decisions.seen_decisions import seen
from partnership.page_cache.memo import cached_until_changed
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def decisions(request: HttpRequest) -> HttpResponse:
    """What boards and officers decided, the newest first."""
    user = request.user
    search = RegisterSearch(request.GET or None, queryset=Decision.objects.visible_to(user), user=user)
    found = search.qs.order_by("-decided_on", "-pk").values_list("pk", flat=True)
    asked = tuple(request.GET.get(name, "") for name in search.filters)
    count = None if user.is_authenticated else cached_until_changed(("decisions", *asked), found.count)
    page = page_of(found, request, count=count)
    rows = Decision.objects.visible_to(user).listed().in_bulk(list(page.object_list))
    page.object_list = seen((rows[pk] for pk in page.object_list if pk in rows), user)
    return render(
        request,
        "decisions/decisions.html",
        {
            "section": "decisions",
            "search": search,
            "page": page,
            "asked": search.is_asked,
            "topic": search.topic_asked,
            "records": user.is_authenticated and rules.has_perm("decisions.record_as_officer", user),
        },
    )

"""The public register of decisions: as a page, as a table to take away, and as a feed of what is new."""

from collections.abc import Iterator

import rules
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from assemblies.decisions.forms.register import RegisterSearch
from assemblies.decisions.models import Decision
from assemblies.decisions.seen_decisions import SeenDecision, seen
from partnership.files import sending
from partnership.page_cache.memo import cached_until_changed
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until
from partnership.ui.pages import page_of
from partnership.ui.templatetags.portal import plain

HEADINGS = ("Number", "Title", "Recommendation", "Outcome", "Decided by", "Day", "What was decided", "Reasons", "Decided again",
            "Closed to the public", "Address")  # fmt: skip
IN_FEED, AT_ONCE = 50, 500


@login_not_required
@require_safe
@cache_page_until_changed
def decisions(request: HttpRequest) -> HttpResponse:
    """What boards and officers decided, the newest first."""
    user = request.user
    search = _search(request)
    found = search.qs.order_by("-decided_on", "-pk").values_list("pk", flat=True)
    asked = tuple(request.GET.get(name, "") for name in search.filters)
    count = None if user.is_authenticated else cached_until_changed(("decisions", *asked), found.count)
    page = page_of(found, request, count=count)
    page.object_list = _seen(page.object_list, user)
    return render(
        request,
        "decisions/decisions.html",
        {
            "section": "decisions",
            "search": search,
            "page": page,
            "asked": search.is_asked,
            "query": _query(request, search),
            "topic": search.topic_asked,
            "records": user.is_authenticated and rules.has_perm("decisions.record_as_officer", user),
        },
    )


@login_not_required
@require_safe
@cache_page_until_changed
def decisions_table(request: HttpRequest) -> HttpResponse:
    """The same as a table to take away."""
    found = _search(request).qs.order_by("-decided_on", "-pk").values_list("pk", flat=True)
    return fresh_until(sending.table(HEADINGS, _rows(list(found), request.user), "csv", "decisions"), [])


@login_not_required
@require_safe
@cache_page_until_changed
def decisions_feed(request: HttpRequest) -> HttpResponse:
    """The decisions that came out last, as an Atom feed. With the questions of the page, those that answer them."""
    search = _search(request)
    found = search.qs.order_by("-recorded_at", "-pk").values_list("pk", flat=True)
    query = _query(request, search)
    feed = Atom1Feed(
        title=f"Decisions: {settings.PORTAL_NAME}",
        link=_full(reverse("decisions") + query),
        description="What boards and officers decided.",
        feed_url=_full(reverse("decisions_feed") + query),
        language="en-GB",
    )
    for row in _seen(found[:IN_FEED], request.user):
        decision, address = row.decision, _full(row.decision.get_absolute_url())
        feed.add_item(
            title=row.title,
            link=address,
            description=". ".join(part for part in (row.outcome, plain(row.said)) if part) or "Closed to the public",
            unique_id=address,
            author_name=decision.who,
            pubdate=decision.recorded_at,
            updateddate=decision.recorded_at,
        )
    content = feed.writeString("utf-8")
    return fresh_until(HttpResponse(content, "application/atom+xml; charset=utf-8"), [])


def _search(request: HttpRequest) -> RegisterSearch:
    return RegisterSearch(request.GET or None, queryset=Decision.objects.visible_to(request.user), user=request.user)


def _query(request: HttpRequest, search: RegisterSearch) -> str:
    """What the page was asked, for the addresses of its table and its feed: "?board=…", or "" where it was asked nothing."""
    asked = {name: request.GET[name] for name in search.filters if request.GET.get(name)}
    return f"?{urlencode(asked)}" if asked else ""


def _seen(pks, user) -> list[SeenDecision]:
    """The decisions of these numbers as the person sees them, in their order."""
    pks = list(pks)
    rows = Decision.objects.visible_to(user).listed().in_bulk(pks)
    return seen((rows[pk] for pk in pks if pk in rows), user)


def _rows(pks: list[int], user) -> Iterator[list[object]]:
    for start in range(0, len(pks), AT_ONCE):
        for row in _seen(pks[start : start + AT_ONCE], user):
            decision = row.decision
            yield [
                decision.pk,
                row.title,
                decision.recommendation_number if row.may_read else "",
                row.outcome,
                decision.who,
                decision.decided_on.isoformat(),
                plain(row.said),
                plain(decision.reasons) if row.may_read else "",
                "yes" if row.is_revised else "",
                row.closure or "",
                _full(decision.get_absolute_url()),
            ]


def _full(path: str) -> str:
    return f"{settings.PORTAL_URL}{path}"

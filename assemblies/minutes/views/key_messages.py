"""Key messages of a meeting: what was decided and who does what, with a text that staff write."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assemblies.minutes.key_points import points_of
from assemblies.minutes.models import KeyMessages, Minutes
from assemblies.papers.report_html import html
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until


@login_not_required
@require_safe
@cache_page_until_changed
def key_messages(request: HttpRequest, slug: str, board: str | None = None) -> HttpResponse:
    """The newest that were published; 404 until then."""
    seen = KeyMessages.objects.visible_to(request.user).filter(minutes__meeting__slug=slug)
    of_board = {"minutes__board__slug": board} if board else {"minutes__board": F("minutes__meeting__board")}
    published = seen.filter(**of_board).select_related("minutes__meeting__board", "minutes__board").first()
    if published is None:
        raise Http404
    minutes = published.minutes
    context = {
        "section": "meetings",
        "minutes": minutes,
        "meeting": minutes.meeting,
        "published": published,
        "words": html(published.text) if published.text.strip() else "",
        "points": points_of(minutes, request.user),
        "readable": Minutes.objects.visible_to(request.user).filter(pk=minutes.pk).exists(),
    }
    return fresh_until(render(request, "minutes/key_messages.html", context), [])

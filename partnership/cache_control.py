"""What browsers and proxies may keep of an answer: said in one place, for every page.

- `private, no-store` for whoever is signed in, and at an address with a personal key: nothing is kept, so that nobody finds it
  later on a shared computer.
- `private, no-cache` for other pages, and for forms that keep a draft: only the visitor's own browser keeps them, and asks each
  time, but Back still shows what was typed. Signing out clears them (`partnership.drafts.middleware`).
- A view whose page shows what others wrote in confidence, beside a form, says `never_cache`: then nothing is kept all the same.
- Public pages that are the same for everybody, and public calendars, say `no-cache` themselves.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

NOT_KEPT, KEPT_BY_THE_VISITOR = "private, no-store", "private, no-cache"
KEYS = {"key", "secret", "uidb36"}  # the words of addresses that stand for one person


class CacheControlMiddleware:
    """Sets Cache-Control on every answer. The page cache, further out, has the last word on what it holds for everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Cache-Control"] = _value(request, response)
        return response


def kept_by_its_reader(response: HttpResponse) -> HttpResponse:
    """Lets one reader's program keep the answer although its address is personal: calendar programs refuse what may not be
    kept, and only ask again whether it has changed."""
    response.kept_by_its_reader = True  # type: ignore[attr-defined]  # a mark of ours, for the middleware
    return response


def _value(request: HttpRequest, response: HttpResponseBase) -> str:
    if getattr(response, "kept_by_its_reader", False):
        return KEPT_BY_THE_VISITOR
    said = response.headers.get("Cache-Control", "")
    is_personal = request.user.is_authenticated and not getattr(request, "keeps_draft", False)
    if "no-store" in said or is_personal or _has_key(request):
        return NOT_KEPT
    return said or KEPT_BY_THE_VISITOR


def _has_key(request: HttpRequest) -> bool:
    found = request.resolver_match
    return found is not None and not KEYS.isdisjoint(found.kwargs)

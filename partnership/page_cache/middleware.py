"""Public pages for visitors without a session, cached in each process and never stale.

A cached page is served after one SELECT has said that nothing was committed since before it was made (see
`partnership.page_cache.triggers`). A view asks for it with `@cache_page_until_changed`; what depends on the clock it limits with
`fresh_until`. Whoever sends any cookie but the form token's gets a page of their own, made for them.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from partnership.page_cache import stamp as page_stamp
from partnership.page_cache.cached_page import CachedPage, cached_page

MOST_PAGES = 400
MOST_BYTES = 24 * 1024 * 1024
LONGEST_QUERY = 200
FILTERS = {
    "place",
    "board",
    "kind",
    "when",
    "words",
    "page",
    "on",
    "by",
    "system",
    "sector",
    "group",
    "status",
    "near",
    "outcome",
    "topic",
    "since",
    "until",
}  # any other query string is answered, and not cached

Key = tuple[str, str, str, str, str]


class PageCache:
    """The pages a process has cached: the one not asked for longest goes first when there are too many."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, CachedPage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Key) -> CachedPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: CachedPage) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._bytes += page.size
            while len(self._pages) > MOST_PAGES or self._bytes > MOST_BYTES:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)

    def _drop(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        self._bytes -= page.size if page else 0


cache = PageCache()


class PageCacheMiddleware:
    """Before all middleware that does something: serves what is cached, and caches what a view says may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        page = cache.get(key)
        if page and _is_fresh(page):
            return page.answer(request)
        request.may_be_cached = True  # type: ignore[attr-defined]  # a mark of ours, for the view
        response: Any = self.get_response(request)  # with the marks of `cache_page_until_changed`
        stamp = getattr(response, "stamp_before", None)
        if stamp and not getattr(request.user, "is_authenticated", False):
            page = cached_page(response, stamp, response.fresh_until)
            if page:
                cache.put(key, page)
        return response


def cache_page_until_changed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view whose answer to a visitor without a session may be cached. Filters stay in the query string."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        stamp = page_stamp.revision() if getattr(request, "may_be_cached", False) else None  # before anything is read
        response: Any = view(request, *args, **kwargs)  # gets two marks, for the middleware
        patch_vary_headers(response, ("Cookie",))
        if stamp is not None:
            response.stamp_before = stamp
            response.fresh_until = min(getattr(response, "fresh_until", time.time() + 60), _midnight())
        return response

    return wrapped


def fresh_until(response: HttpResponse, moments: list[datetime | None]) -> HttpResponse:
    """Says that the answer stays right until the first of `moments` that is still to come. Without it: one minute."""
    now = timezone.now()
    coming = [moment.timestamp() for moment in moments if moment and moment > now]
    response.fresh_until = min(coming, default=float("inf"))  # type: ignore[attr-defined]  # a mark of ours
    return response


def _midnight() -> float:
    """When "today" and "tomorrow" in the text of a page stop being true."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def _is_fresh(page: CachedPage) -> bool:
    return time.time() < page.fresh_until and page.revision == page_stamp.revision()


def _key(request: HttpRequest) -> Key | None:
    """What a cached page is found by: all of a request that can reach a page. None where it must be answered for itself.

    A test finds what a page reads of a request, and fails where it is not here.
    """
    meta = request.META
    if settings.DEBUG or meta["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in meta:
        return None  # with DEBUG a template may have changed, which no stamp tells
    cookies = meta.get("HTTP_COOKIE")
    if cookies and set(parse_cookie(cookies)) - {settings.CSRF_COOKIE_NAME}:
        return None
    query = meta.get("QUERY_STRING", "")
    if query and (len(query) > LONGEST_QUERY or {part.partition("=")[0] for part in query.split("&")} - FILTERS):
        return None
    host = meta.get("HTTP_HOST") or f"{meta['SERVER_NAME']}:{meta['SERVER_PORT']}"
    return (request.scheme or "", host, meta.get("SCRIPT_NAME", ""), meta["PATH_INFO"], query)

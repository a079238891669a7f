"""Refuses addresses that hold a NUL character: no page has one, and no database or file system takes it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie

NUL = "\x00"


class RefuseNulMiddleware:
    """400 for a NUL in the path, in any parameter or in a cookie, before anything reads them: views, sessions, searches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query, cookies = request.META.get("QUERY_STRING", ""), request.META.get("HTTP_COOKIE", "")
        if (
            NUL in request.path_info
            or NUL in query
            or "%00" in query
            or ("\\000" in cookies and any(NUL in value for value in parse_cookie(cookies).values()))
        ):
            raise BadRequest("NUL in the address or a cookie")
        return self.get_response(request)

"""Gives every request an identity, which its log lines and its answer carry."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from partnership import logs


class RequestIdMiddleware:
    """Before all others, so that what they write down carries it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = logs.request_id_of(request.META, trusted=settings.PROXY_SETS_REQUEST_ID)
        token = logs.request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response.headers[logs.HEADER] = name
        return response

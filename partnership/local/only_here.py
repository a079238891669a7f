"""Keeps the demonstration's pages to the machine they run on, whatever gunicorn was told to listen on."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from partnership.local.checks import is_loopback


def only_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for a request from another machine; a unix socket has no address and is this machine."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        address = request.META.get("REMOTE_ADDR") or "127.0.0.1"
        if not is_loopback(address):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped

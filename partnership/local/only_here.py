"""Keeps the demonstration's pages to the machine they run on, whatever gunicorn was told to listen on."""

import re
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port

from partnership import hosts

# What proxies add to a request: X-Forwarded-… of every kind, Forwarded, Via, X-Real-IP, CF-Connecting-IP, True-Client-IP …
OF_A_PROXY = re.compile(r"HTTP_(X_FORWARDED|FORWARDED|VIA$|X_ORIGINAL|.*REAL_IP|.*CLIENT_IP|.*CONNECTING_IP)")


def only_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for a request that did not come from this machine, straight and under a name of its own."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_from_here(request):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def is_from_here(request: HttpRequest) -> bool:
    """Whether somebody at this machine asks: from a loopback address, for a loopback host, past no proxy.

    A proxy that says nothing of itself still speaks HTTP/1.0, as nginx does unless it is told otherwise; no browser has for
    twenty years. A unix socket has no address, and is there for a proxy.
    """
    host, _port = split_domain_port(request.get_host())
    return (
        hosts.is_loopback(request.META.get("REMOTE_ADDR", ""))
        and hosts.is_loopback(host)
        and request.META.get("SERVER_PROTOCOL") != "HTTP/1.0"
        and not any(OF_A_PROXY.match(name) for name in request.META)
    )

"""Whether the portal is healthy, for a load balancer, a container's watch or a person with curl.

`/livez`: this web process answers. `/healthz`: database, broker and worker are working, and there is room for files.
"""

import functools
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnership import database, heartbeat, room

WELL = "ok"


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with each part "ok", or 503 with what is wrong beside the part that fails."""
    broker, worker = _broker_and_worker()
    parts = {"database": _database(), "broker": broker, "worker": worker, "room": _room()}
    return JsonResponse(parts, status=200 if set(parts.values()) == {WELL} else 503)


@login_not_required
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """200, whatever else is down: a web process that answers does not need a restart."""
    return HttpResponse(WELL, content_type="text/plain")


class HealthMiddleware:
    """Answers before sessions and sign-in, which need the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = {"/healthz": healthz, "/livez": livez}.get(request.path_info)
        return view(request) if view else self.get_response(request)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        connection.close()
        return "cannot be reached" if database.is_lost(error) else "does not answer as it should"
    return WELL


def _room() -> str:
    if not room.is_writable():
        return "files cannot be written where they are kept"
    free = room.free_megabytes()
    return WELL if free >= settings.LEAST_FREE_MEGABYTES else f"only {free:,} MB are free for files"


def _broker_and_worker() -> tuple[str, str]:
    try:
        seen = _signs_of_life()()
    except heartbeat.BrokerAwayError:
        return "cannot be reached", "cannot be seen while the broker is away"
    return WELL, WELL if seen else f"no sign of one for {heartbeat.LASTS_SECONDS} seconds"


@functools.cache
def _signs_of_life() -> Callable[[], bool]:
    return heartbeat.signs_of_life(settings.REDIS_URL)

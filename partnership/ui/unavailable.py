"""What a person sees when something broke: that the database is away, that there is no room, an apology otherwise.

This is Django's `handler500` and not a middleware, because sessions and sign-in read the database outside any view.
"""

import sys

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error as apology

from partnership import database, room

RETRY_AFTER_SECONDS = 10


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """503 with the time to try again when the database did not answer, 507 when nothing more can be written, else 500.
    None of the pages asks the database."""
    if room.is_full(sys.exc_info()[1]):
        return HttpResponse(loader.get_template("507.html").render(), status=507, headers={"Cache-Control": "no-store"})
    if not database.is_lost(sys.exc_info()[1]):
        return apology(request)
    page = loader.get_template("503.html").render()
    return HttpResponse(
        page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    )

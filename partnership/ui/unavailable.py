"""What a person sees when something broke: "resting for a moment" while the database is away, an apology otherwise.

This is Django's `handler500` and not a middleware, because sessions and sign-in read the database outside any view.
"""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error as apology

RETRY_AFTER_SECONDS = 10


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """503 with the time to try again when the database did not answer, else 500. Neither page asks the database."""
    if not _database_is_away(sys.exc_info()[1]):
        return apology(request)
    page = loader.get_template("503.html").render()
    return HttpResponse(
        page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS), "Cache-Control": "no-store"}
    )


def _database_is_away(error: BaseException | None) -> bool:
    """A template may wrap the error, so its causes are looked at too."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False

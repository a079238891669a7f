"""What a button without a form does."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from partnership.refusals import Refusal


def act(request: HttpRequest, said: str, action: Callable, /, **given: object) -> None:
    """Does it; the next page says `said`, where there is anything to say, or else why the action refuses."""
    try:
        action(by=request.user, **given)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        if said:
            messages.success(request, said)

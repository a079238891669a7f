"""What a button without a form does, and what a page says before the second of two people decides."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from partnership.boards.models import Board
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


def second_decides(board: Board) -> str:
    """What follows where one of the staff takes a paper of the board out of view, in words."""
    told = "We email the chair now. " if board.chair_on(timezone.localdate()) else ""
    return (
        f"It is withdrawn for good when the chair, or another member of staff, confirms it. {told}If they refuse, it is back in "
        "view."
    )

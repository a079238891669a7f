"""The register of a board, for everybody; and who has to declare, for staff."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.boards.models import Board
from partnership.interests import asked, register
from partnership.interests.interest_kinds import CODES, code_of
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.ui.access import needs_permission
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def board_interests(request: HttpRequest, slug: str) -> HttpResponse:
    """Who declared what and when; of a withheld interest only that there is one."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    page = page_of(register.of_board(board, timezone.localdate()), request)
    context = {"section": "boards", "board": board, "page": page, "source": CODES[code_of(board.regime)].source}
    return render(request, "interests/register.html", context)


@require_safe
@needs_permission("interests.keep_register")
def interests_due(request: HttpRequest) -> HttpResponse:
    """Everybody who is asked to declare, who is due first in front."""
    today = timezone.localdate()
    page = page_of(asked.everybody(today), request)
    return render(request, "interests/due.html", {"section": "boards", "page": page, "today": today})

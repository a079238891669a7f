"""The past meetings of a board by year, and the page of each from before the portal."""

from datetime import date

import rules
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.meetings.models import Meeting
from assemblies.past_papers.by_year import held_by, years_of
from assemblies.past_papers.listed import papers_of
from assemblies.past_papers.models import PastPaper
from partnership.boards.models import Board
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def past_meetings(request: HttpRequest, slug: str, year: int | None = None) -> HttpResponse:
    """All past meetings of the board, the newest first, or those of one year."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    found = held_by(board, request.user)
    shown = [each for each in found if year in (None, each.on.year)]
    if year is not None and not shown:
        raise Http404
    context = {"board": board, "page": page_of(shown, request), "years": years_of(found), "year": year}
    return render(request, "past_papers/past_meetings.html", context | {"section": "boards"})


@login_not_required
@require_safe
@cache_page_until_changed
def past_meeting(request: HttpRequest, slug: str, held_on: date) -> HttpResponse:
    """The papers of one day. Where all that the person could read was taken back with its import, that is said."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    known = PastPaper.objects.visible_to(request.user).of_day([board], held_on)
    papers = papers_of([board], held_on, request.user)
    if not papers and not known.exists():
        raise Http404
    meetings = (
        Meeting.objects.visible_to(request.user).published().of_boards([board.pk]).filter(starts_at__date=held_on)
    )
    context = {
        "board": board,
        "held_on": held_on,
        "papers": papers,
        "meetings": [each for each in meetings if each.ends_at <= timezone.now()],
        "untagged": any(not paper.tagged and not paper.withdrawn_at for paper in papers),
        "may_edit": rules.has_perm("past_papers.edit_paper", request.user),
        "may_withdraw": bool(papers) and rules.has_perm("past_papers.withdraw_paper", request.user, papers[0]),
        "section": "boards",
    }
    return render(request, "past_papers/past_meeting.html", context, status=200 if papers else 410)

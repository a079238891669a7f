"""The questions to a meeting, for everybody: how to ask, which are taken, and what was answered."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.meetings.reading import readable
from assemblies.questions import asking, listed
from assemblies.questions.rules import may_see_questions
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def meeting_questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Accepted questions with their replies; of a rejected one its number and the reason. Raises Http404 for a meeting whose
    boards take none, and that has none."""
    meeting = get_object_or_404(readable(request).published().with_boards(), slug=slug)
    askings = asking.of(meeting)
    page = page_of(listed.told_of(meeting), request)
    if not askings and not page.object_list:
        raise Http404
    now = timezone.now()
    context = {
        "meeting": meeting, "askings": askings, "page": page, "section": "meetings",
        "questions": listed.with_items(page.object_list, meeting, request.user),
        "reason": asking.why_nobody_can(meeting, askings, now),
        "manages": request.user.is_authenticated and may_see_questions(request.user, meeting),
        "in_common": len({each.board_id for each in page.object_list} | {each.board.pk for each in askings}) > 1,
    }  # fmt: skip
    return fresh_until(render(request, "questions/questions.html", context), asking.turning_points(meeting, askings))

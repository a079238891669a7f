"""What everybody reads where the ballot box cannot be opened, and what staff do then."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnership.elections.actions import again
from partnership.elections.models import Election
from partnership.elections.views.staff import election_for_staff
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission


@login_not_required
@require_safe
def election_cannot_count(request: HttpRequest, slug: str) -> HttpResponse:
    """Says that this election cannot be counted; 404 where it can."""
    shown = get_object_or_404(Election.objects.visible_to(request.user).select_related("board"), slug=slug)
    if not shown.cannot_be_counted:
        raise Http404
    return render(request, "elections/cannot_count.html", {"section": "boards", "election": shown})


@require_POST
@needs_permission("elections.run_elections")
def election_hold_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Cancels it and leads to the draft of the next."""
    try:
        draft = again.hold(election=election_for_staff(request, slug), by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("election_manage", slug=slug)
    messages.success(request, "The election is cancelled. This is the draft of the next: check its timetable.")
    return redirect("election_edit", slug=draft.slug)

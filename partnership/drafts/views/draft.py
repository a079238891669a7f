"""Keeping a draft while somebody writes, and discarding it."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from partnership import dates
from partnership.drafts.actions import draft
from partnership.drafts.pages import marked
from partnership.refusals import Refusal


@csrf_exempt  # the mark of the form is a stronger proof: nobody else has it, and it outlasts the session
@login_not_required
@require_POST
def draft_keep(request: HttpRequest) -> HttpResponse:
    """Keeps what is being typed; answers with a few words for the page. 403 without the mark of a form, or where somebody
    else has signed in since; 413 when it is too long."""
    page = marked(request)
    if page is None or (request.user.is_authenticated and request.user.pk != page.person):
        raise PermissionDenied
    try:
        draft.keep(page=page, typed=request.POST)
    except Refusal as refusal:
        return HttpResponse(refusal.message, status=413, content_type="text/plain")
    return HttpResponse(f"Draft kept at {dates.clock(timezone.localtime())}", content_type="text/plain")


@require_POST
def draft_discard(request: HttpRequest) -> HttpResponse:
    """Deletes the draft of a form, and leads back to it."""
    page = marked(request)
    if page is None or request.user.pk != page.person:
        raise PermissionDenied
    draft.discard(page=page)
    return redirect(page.address)

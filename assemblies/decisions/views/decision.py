"""The page of one decision, its excerpt as a PDF, and its background papers."""

from typing import Any

import rules
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assemblies.decisions import printing
from assemblies.decisions.models import BackgroundPaper, Decision
from assemblies.decisions.seen_decisions import around, page_of
from assemblies.forward_plan.models import Topic
from assemblies.meetings.models import Meeting
from partnership.files import sending
from partnership.files.kinds import PDF
from partnership.page_cache.middleware import cache_page_until_changed


@login_not_required
@require_safe
@cache_page_until_changed
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, by whom, when and why; of a closed one what the public may know."""
    user = request.user
    known = Decision.objects.visible_to(user)
    row = get_object_or_404(known.listed().select_related("officer", "recorded_by", "delegated_by", "topic"), pk=pk)
    revises, revised_by = around(row, user)
    context: dict[str, Any] = {
        "section": "decisions", "decision": row, "closure": row.closed_by, "was_closed": row.closure, "revises": revises,
        "revised_by": revised_by, "may_read": row.closed_by is None or known.readable_by(user).filter(pk=pk).exists(),
        "meeting_is_known": row.meeting_id and Meeting.objects.visible_to(user).filter(pk=row.meeting_id).exists(),
    }  # fmt: skip
    if context["may_read"]:
        asked_for_it = known.filter(pk=row.delegated_by_id).listed().first() if row.delegated_by_id else None
        context |= {
            "page": page_of(row, user),
            "places": list(row.places.public().order_by("name")),
            "interests": list(row.interests.all()),
            "asked_for_it": asked_for_it,
            "topic": Topic.objects.visible_to(user).filter(pk=row.topic_id).first() if row.topic_id else None,
        }
    if user.is_authenticated:
        edits = rules.has_perm("decisions.reopen", user, row)
        lacks_ground = bool(row.closed_by and not row.closed_by.grounds.all())
        context |= {
            "may_reopen": edits and revised_by is None,
            "edits": edits,
            "lacks_ground": edits and lacks_ground,
            "may_record_under": row.board_id and rules.has_perm("decisions.record_as_officer", user),
        }
    return render(request, "decisions/decision.html", context)


@login_not_required
@require_safe
@cache_page_until_changed
def decision_excerpt(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper, for those who may read it."""
    row = readable(request, pk)
    content = printing.excerpt(row, page_of(row, request.user))
    response = HttpResponse(content, PDF.content_type)
    response["Content-Disposition"] = f'inline; filename="decision-{pk}.pdf"'
    return response


@login_not_required
@require_safe
def decision_background(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    """The file of a background paper."""
    rows = BackgroundPaper.objects.visible_to(request.user).readable_by(request.user)
    found = get_object_or_404(rows.exclude(file=""), pk=paper, decision=pk)
    return sending.stored(found.file, found.title, PDF.content_type, PDF.extension)


def readable(request: HttpRequest, pk: int) -> Decision:
    """The decision, for who may read all of it. Raises Http404."""
    row = Decision.objects.visible_to(request.user).readable_by(request.user).listed().filter(pk=pk).first()
    if row is None:
        raise Http404
    return row

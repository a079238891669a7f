"""The page of one decision."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assemblies.decisions.models import Decision


@login_not_required
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, by whom, when and why; of a closed one what the public may know."""
    row = get_object_or_404(Decision.objects.visible_to(request.user).listed(), pk=pk)
    return render(request, "decisions/decision.html", {"decision": row})


@login_not_required
@require_safe
def decision_excerpt(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on one page, for the author of the report."""
    raise Http404

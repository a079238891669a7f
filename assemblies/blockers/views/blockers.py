"""The list of blockers, by theme; and a new one."""

from uuid import uuid4

import rules
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assemblies.blockers.actions import blocker as actions
from assemblies.blockers.forms.blocker import NewForm
from assemblies.blockers.forms.search import BlockerSearchForm
from assemblies.blockers.models import Blocker
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.pages import page_of

RAISE = "blockers.raise_blocker"


@require_safe
@needs_permission("blockers.read")
def blockers(request: HttpRequest) -> HttpResponse:
    """Those that still stand in the way, the oldest first, unless others are asked for; and how many there are of each theme."""
    rows = Blocker.objects.visible_to(request.user)
    form = BlockerSearchForm(request.GET or None, user=request.user)
    context = {
        "form": form,
        "page": page_of(form.narrow(rows).with_facts().oldest_first(), request),
        "themes": _themes(rows),
        "narrowed": bool(request.GET),
        "may_raise": rules.has_perm(RAISE, request.user),
        "section": "boards",
    }
    return render(request, "blockers/blockers.html", context)


@needs_permission(RAISE)
def blocker_new(request: HttpRequest) -> HttpResponse:
    form = NewForm(request.POST or None, user=request.user, initial={"key": uuid4()})
    if form.is_valid():
        try:
            made = actions.raise_blocker(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, "It is raised. Staff look for somebody who takes it on, and you are told who does."
            )
            return redirect(made)
    context = {"form": form, "trail": [("Blockers", reverse("blockers"))], "section": "boards"}
    return render(request, "blockers/new.html", context)


def _themes(rows) -> list[tuple[str, str, int]]:
    """Each theme, with how many blockers of it still stand in the way. One query."""
    counts = dict(rows.open().order_by().values_list("theme").annotate(Count("pk")))
    return [(theme.value, theme.label, counts.get(theme.value, 0)) for theme in Blocker.Theme]

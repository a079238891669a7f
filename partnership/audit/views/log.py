"""The audit log, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.audit.forms import LogSearchForm
from partnership.audit.models import Entry
from partnership.audit.sentences import sentences
from partnership.ui.access import needs_permission
from partnership.ui.pages import page_of


@require_safe
@needs_permission("audit.read_log")
def log(request: HttpRequest) -> HttpResponse:
    """Who did what, filtered by act, thing and person."""
    entries = Entry.objects.visible_to(request.user)
    search = LogSearchForm(request.GET, entries=entries)
    page = page_of(search.narrow(entries).select_related("actor"), request)
    for entry in page:
        entry.sentences = sentences(entry.details)
    asked = any(request.GET.get(name) for name in search.fields)
    return render(request, "audit/log.html", {"form": search, "page": page, "asked": asked})

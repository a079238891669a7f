"""What came from people's calendars, for staff: first what could not be used."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from assemblies.registrations.actions import calendar_reply as action
from assemblies.registrations.models import CalendarReply
from partnership.ui.access import needs_permission
from partnership.ui.pages import page_of


@require_safe
@needs_permission("registrations.read_calendar_replies")
def calendar_replies(request: HttpRequest) -> HttpResponse:
    """Replies to look at; with `?all=yes` every one, the newest first."""
    found = CalendarReply.objects.visible_to(request.user)
    everything = request.GET.get("all") == "yes"
    context = {
        "page": page_of(found if everything else found.to_look_at(), request),
        "everything": everything,
        "are_read": bool(settings.MAILBOX_URL and settings.REPLIES_EMAIL),
    }
    return render(request, "registrations/calendar_replies.html", context)


@require_POST
@needs_permission("registrations.read_calendar_replies")
def calendar_reply_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff have dealt with one."""
    action.settle(reply=get_object_or_404(CalendarReply.objects.visible_to(request.user), pk=pk), by=request.user)
    messages.success(request, "The reply is dealt with.")
    return redirect("calendar_replies")

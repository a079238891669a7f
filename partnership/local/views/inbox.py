"""Every email the demonstration sent, as its readers would see it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from partnership.local import mailbox
from partnership.local.only_here import only_here
from partnership.ui.framing import with_frame
from partnership.ui.pages import page_of

PEOPLE = 30  # named, of those who got a message
# An email carries its own styles. It may not run scripts, send forms or load anything; its links open the portal's pages.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


@login_not_required
@never_cache
@require_safe
@only_here
def inbox(request: HttpRequest) -> HttpResponse:
    """The messages, newest first, or those to one address; and who got some lately."""
    to = request.GET.get("to", "").strip()
    everything = mailbox.newest_first()
    found = [each for each in everything if to.lower() in each.to.lower()] if to else everything
    people = list(mailbox.by_person(everything).items())
    context = {"page": page_of(found, request), "to": to, "people": people[:PEOPLE]}
    return render(request, "local/inbox.html", context)


@login_not_required
@never_cache
@require_safe
@only_here
@with_frame
def message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "local/message.html", {"kept": _found(name)})


@login_not_required
@never_cache
@require_safe
@only_here
@xframe_options_sameorigin
def message_html(request: HttpRequest, name: str) -> HttpResponse:
    """The message's own page, shut into a sandbox."""
    page = '<base target="_top">' + _found(name).html
    return HttpResponse(page, headers={"Content-Security-Policy": MAIL_POLICY})


@login_not_required
@never_cache
@require_safe
@only_here
def message_calendar(request: HttpRequest, name: str) -> HttpResponse:
    """The calendar part as a file, to open in a calendar."""
    calendar = _found(name).calendar
    if not calendar:
        raise Http404
    disposition = 'attachment; filename="invitation.ics"'
    return HttpResponse(
        calendar, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": disposition}
    )


def _found(name: str) -> mailbox.Kept:
    if kept := mailbox.find(name):
        return kept
    raise Http404

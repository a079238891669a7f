"""A signed-in person's own calendar address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.meetings.actions import feed
from partnership.ui.confirm import confirm


@require_safe
def my_feed(request: HttpRequest) -> HttpResponse:
    """Shows the secret address, and how to use it."""
    return render(request, "microsite/my_feed.html", {"address": feed.address_of(feed.own(by=request.user))})


@require_http_methods(["GET", "HEAD", "POST"])
def my_feed_reset(request: HttpRequest) -> HttpResponse:
    """Asks, then gives the calendar a new address."""
    if request.method == "POST":
        feed.reset(by=request.user)
        messages.success(request, "Your calendar has a new address. The old one no longer works.")
        return redirect("my_feed")
    back = reverse("my_feed")
    return confirm(
        request,
        question="Change the address of your calendar?",
        consequence="The old address stops working at once. Calendars that use it, on any phone or computer, stop showing "
        "your meetings until you give them the new address.",
        label="Change the address",
        back=back,
        trail=[("Your calendar", back)],
    )

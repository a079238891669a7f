"""A signed-in person's own calendar address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.actions import feed


@require_safe
def my_feed(request: HttpRequest) -> HttpResponse:
    """Shows the secret address, and how to use it."""
    return render(request, "assemblies/my_feed.html", {"address": feed.address_of(feed.own(by=request.user))})


@require_http_methods(["GET", "HEAD", "POST"])
def my_feed_reset(request: HttpRequest) -> HttpResponse:
    """Asks, then gives the calendar a new address."""
    if request.method == "POST":
        feed.reset(by=request.user)
        messages.success(request, "Your calendar has a new address. The old one no longer works.")
        return redirect("my_feed")
    context = {
        "question": "Give your calendar a new address?",
        "consequence": "The old address will stop working straight away. Every calendar that uses it, on your phone or anyone"
        " else's, will stop showing your meetings until you add the new one.",
        "confirm_label": "Give it a new address",
        "back_url": "/home/calendar/",
    }
    return render(request, "components/confirm.html", context)

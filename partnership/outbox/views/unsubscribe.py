"""Stopping emails by the link they carry: mail programs send one POST, people see a page with a button."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partnership.outbox.actions import subscription
from partnership.outbox.models import Subscription


@csrf_exempt  # the mail program that sends the POST has been to no page (RFC 8058); the key says whose emails
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """Opening the link stops nothing, since mail programs open links by themselves."""
    found = Subscription.objects.holding_key(key)
    if found is None:
        return render(request, "outbox/unsubscribe_unknown.html", status=404)
    if request.method == "POST":
        act = subscription.start_again if "again" in request.POST else subscription.stop
        act(subscription=found)
        return redirect("unsubscribe", key)
    return render(request, "outbox/unsubscribe.html", {"subscription": found})

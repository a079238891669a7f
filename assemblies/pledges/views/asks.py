"""One ask: its page, what the partner says to it, and who it is sent to."""

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.pledges.actions import ask as actions
from assemblies.pledges.forms.ask import RespondForm, SendForm
from assemblies.pledges.models import Ask
from partnership import states
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission, refuse_without
from partnership.ui.pages import page_of

ANSWER, SEND = "pledges.answer", "pledges.send"
HEADINGS = {
    "accept": (Ask.State.ACCEPTED, "Accept this"),
    "complete": (Ask.State.COMPLETED, "Say that it is done"),
    "answer": (Ask.State.ANSWERED, "Answer this"),
    "decline": (Ask.State.DECLINED, "Decline this"),
    "close": (Ask.State.CLOSED, "Close this"),
}
SAID = {
    Ask.State.ACCEPTED: "Accepted. Who asked is told.",
    Ask.State.DECLINED: "Declined. Who asked is told why.",
    Ask.State.ANSWERED: "Your answer is published. Who asked is told.",
    Ask.State.COMPLETED: "Done. Who asked is told.",
    Ask.State.CLOSED: "Closed.",
}


@login_not_required
@require_safe
@cache_page_until_changed
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked of which partner, and what it said."""
    row = get_object_or_404(Ask.objects.visible_to(request.user).with_facts(), pk=pk)
    answers, sends = rules.has_perm(ANSWER, request.user, row), rules.has_perm(SEND, request.user)
    offered = [what for what, (to, _) in HEADINGS.items() if what != "close" and states.allowed(row, to)]
    context = {
        "ask": row,
        "steps": row.steps.select_related("by"),
        "offered": offered if answers else [],
        "sends": sends,
        "may_close": sends and states.allowed(row, Ask.State.CLOSED),
        "section": "meetings",
    }
    return render(request, "pledges/ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_respond(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The partner accepts, answers or declines it, or says it is done; staff close one that asks nothing."""
    if what not in HEADINGS:
        raise Http404
    row = get_object_or_404(Ask.objects.visible_to(request.user).with_facts(), pk=pk)
    to, heading = HEADINGS[what]
    refuse_without(SEND if what == "close" else ANSWER, request.user, row)
    form = RespondForm(request.POST or None, to=to)
    if request.method == "POST" and form.is_valid():
        try:
            actions.respond(ask=row, to=to, by=request.user, words=form.cleaned_data["words"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, SAID[to])
            return redirect(row)
    return render(
        request, "pledges/ask_form.html", {"ask": row, "form": form, "heading": heading, "section": "meetings"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs_permission(SEND)
def ask_send(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Ask.objects.visible_to(request.user).with_facts(), pk=pk)
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.send(ask=row, partner=form.cleaned_data["partner"], by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{sent.partner} is asked. Its members are told within the hour.")
            return redirect(sent)
    heading = "Ask a partner" if row.partner is None else "Ask another partner too"
    return render(
        request, "pledges/ask_form.html", {"ask": row, "form": form, "heading": heading, "section": "meetings"}
    )


@require_safe
@needs_permission(SEND)
def asks_to_send(request: HttpRequest) -> HttpResponse:
    """Those that named no partner, and those whose partner has left, oldest first."""
    rows = Ask.objects.visible_to(request.user).to_send().with_facts().order_by("made_at", "pk")
    return render(request, "pledges/to_send.html", {"page": page_of(rows, request), "section": "meetings"})

"""Answering an invitation: by a person's own link, without a password, or by staff for them. Opening a link answers nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assemblies.invitations.emails.invitation import SAMPLE_KEY
from assemblies.invitations.forms.invitation import DeclineForm
from assemblies.invitations.models import Invitation
from assemblies.meetings.reading import remember_invitation
from assemblies.meetings.registration_window import closed_because, over_because
from assemblies.meetings.views.managed import managed, posted, row_of
from assemblies.registrations.actions import invitation as action
from assemblies.registrations.forms.invitation import AnswerForm
from assemblies.registrations.models import Registration
from partnership.refusals import Refusal

PREFETCH = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


@login_not_required
@require_http_methods(["GET", "HEAD"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """The meeting in brief, and two choices. That it was opened is not written down: mail systems open every link."""
    found = _with_key(key)
    if found is None:
        return unknown_link(request, key)
    if request.method == "GET" and not _fetched_ahead(request):
        remember_invitation(request, found.meeting)
    held = found.meeting.registrations.answering().filter(email=found.email).first()
    now = timezone.now()
    context = {
        "invitation": found,
        "meeting": found.meeting,
        "registration": held if held and held.state != Registration.State.CANCELLED else None,
        "closed": closed_because(found.meeting, now),
        "over": over_because(found.meeting, now),
        "register_url": reverse("register_invited", args=[key]),
        "section": "meetings",
    }
    return render(request, "registrations/invitation/invitation.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_decline(request: HttpRequest, key: str) -> HttpResponse:
    """Says what declining does, and does it when confirmed."""
    found = _with_key(key)
    if found is None:
        return unknown_link(request, key)
    if found.declined_at:
        return redirect("invitation", key)
    held = found.meeting.registrations.answering().holding().filter(email=found.email).exists()
    form = DeclineForm(posted(request))
    context = {"invitation": found, "meeting": found.meeting, "form": form, "held": held, "section": "meetings"}
    context["over"] = over_because(found.meeting, timezone.now())
    if request.method == "POST":
        try:
            action.decline(invitation=found)
        except Refusal as refusal:
            context["over"] = refusal.message
        else:
            return redirect("invitation", key)
    return render(request, "registrations/invitation/decline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Record what the person told us. Kept as answered by whoever of the staff records it."""
    meeting = managed(request, slug)
    found = row_of(Invitation.objects.visible_to(request.user).filter(meeting=meeting).with_delivery(), pk)
    found.meeting = meeting
    form = AnswerForm(posted(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["answer"] == "coming":
                attendance = form.cleaned_data.get("attendance", "")
                action.accept_for(invitation=found, by=request.user, attendance=attendance)
            else:
                action.decline(invitation=found, by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The answer of {found.name} is recorded.")
            return redirect("manage_invitation", slug, pk)
    return render(
        request, "registrations/invitation/answer.html", {"meeting": meeting, "invitation": found, "form": form}
    )


def _with_key(key: str) -> Invitation | None:
    return Invitation.objects.public().filter(key=key).first()


def unknown_link(request: HttpRequest, key: str) -> HttpResponse:
    """A link that is wrong, or was replaced by a newer one; or the sample link of a test message."""
    context = {"sample": key == SAMPLE_KEY, "section": "meetings"}
    return render(request, "registrations/invitation/unknown.html", context, status=200 if context["sample"] else 404)


def _fetched_ahead(request: HttpRequest) -> bool:
    return any("pre" in request.headers.get(name, "").lower() for name in PREFETCH)

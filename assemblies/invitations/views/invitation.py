"""The message itself, and one person's invitation: how it reads, and sending it again."""

from csp.decorators import csp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.invitations import delivery
from assemblies.invitations.actions import invitation as action
from assemblies.invitations.actions import invitation_run, trial
from assemblies.invitations.emails.invitation import SAMPLE_KEY, InvitationLetter, sample_unsubscribe_link
from assemblies.invitations.emails.preview import calendar_facts
from assemblies.invitations.forms.invitation import SendAgainForm, TestForm
from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Meeting
from assemblies.meetings.views.managed import managed, posted, row_of
from partnership.outbox import Draft
from partnership.refusals import Refusal
from partnership.ui.framing import with_frame

# The message is shown in its own frame, where its own styles apply and nothing in it can run or navigate away.
FRAMED = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
    "sandbox": True,
}


def framed_message(view):
    """For a view that returns the HTML of a message, to be shown in a frame of a page of ours."""
    return require_safe(xframe_options_sameorigin(csp(FRAMED)(view)))


@require_http_methods(["GET", "HEAD", "POST"])
@with_frame
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The real message as one person would get it; a test to oneself; then on to sending it."""
    assert request.user.is_authenticated  # as LoginRequiredMiddleware sees to
    meeting = managed(request, slug)
    draft = _sample(request, meeting)
    form = TestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            trial.send_to_self(meeting=meeting, draft=draft, by=request.user, key=form.cleaned_data["key"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"A test to {request.user.email} is on its way.")
            return redirect(request.get_full_path())
    context = {"meeting": meeting, "draft": draft, "form": form, "calendar": calendar_facts(draft.calendar)}
    context |= {"chasing": _chasing(request), "people": invitation_run.people_to_invite(meeting).count()}
    return render(request, "invitations/preview.html", context)


@framed_message
def message(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(_sample(request, managed(request, slug)).html)


@require_safe
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everything that happened to one person's invitation."""
    meeting, found = _one(request, slug, pk)
    context = {"meeting": meeting, "invitation": found, "now": timezone.now()}
    context["lists"] = delivery.lists_of(meeting, [found.email]).get(found.email, [])
    return render(request, "invitations/invitation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the invitation again, to the address as it is or put right."""
    meeting, found = _one(request, slug, pk)
    form = SendAgainForm(posted(request), initial={"email": found.email})
    if request.method == "POST" and form.is_valid():
        try:
            sent = action.send_again(invitation=found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The invitation to {sent.email} is on its way.")
            return redirect("manage_invitation", slug, pk)
    return render(request, "invitations/again.html", {"meeting": meeting, "invitation": found, "form": form})


def _one(request: HttpRequest, slug: str, pk: int) -> tuple[Meeting, Invitation]:
    meeting = managed(request, slug)
    rows = Invitation.objects.visible_to(request.user).filter(meeting=meeting).with_delivery().with_standing()
    found = row_of(rows, pk)
    found.meeting = meeting
    return meeting, found


def _chasing(request: HttpRequest) -> bool:
    return request.GET.get("what") == "chase"


def _sample(request: HttpRequest, meeting: Meeting) -> Draft:
    """The message as the person who looks would get it, with a link that only says that it is a sample."""
    assert request.user.is_authenticated  # as LoginRequiredMiddleware sees to
    person = Invitation(meeting=meeting, name=str(request.user), email=request.user.email, key=SAMPLE_KEY)
    return InvitationLetter(meeting, chase=_chasing(request)).draft(
        person, key="sample", unsubscribe=sample_unsubscribe_link()
    )

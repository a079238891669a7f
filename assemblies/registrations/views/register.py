"""Registering for a meeting: from the public page, signed in, or from the link of a personal invitation."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Meeting
from assemblies.meetings.registration_window import closed_because, turning_points
from assemblies.registrations.actions import capacity
from assemblies.registrations.actions import registration as action
from assemblies.registrations.forms.registration import RegistrationForm, initial_of
from assemblies.registrations.models import Registration
from assemblies.registrations.views.invitation import unknown_link
from partnership.limits import client, public_forms
from partnership.page_cache.memo import cached_until_changed
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until
from partnership.refusals import Refusal
from partnership.ui import just_sent

Source = Registration.Source


@cache_page_until_changed
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form. Visitors without a session all see the same page, so it is cached for them."""
    user = request.user if request.user.is_authenticated else None
    meeting: Meeting = get_object_or_404(Meeting.objects.visible_to(user), slug=slug) if user else _public_meeting(slug)
    if user and request.method != "POST":
        found = meeting.registrations.filter(email=user.email).exclude(state=Registration.State.CANCELLED).first()
        if found:
            return redirect(found)
    address = user.email if user else ""
    response = _form_page(
        request,
        meeting,
        address=address,
        source=Source.ACCOUNT if user else Source.PUBLIC,
        initial=_of_account(user, meeting) if user else {},
    )
    return fresh_until(response, turning_points(meeting))


def _public_meeting(slug: str) -> Meeting:
    """The meeting, with the places that take part, shared by everybody who asks: change nothing of it. Raises Http404.

    Hundreds register in the minutes after an invitation; the lock reads the meeting again.
    """
    rows = Meeting.objects.public().prefetch_related("meeting_places__place")
    meeting = cached_until_changed(("meeting to register for", slug), rows.filter(slug=slug).first)
    if meeting is None:
        raise Http404
    return meeting


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_invited(request: HttpRequest, key: str) -> HttpResponse:
    """The form for the holder of an invitation's link: prefilled, no address to confirm."""
    invitation = Invitation.objects.public().filter(key=key).first()
    if invitation is None:
        return unknown_link(request, key)
    meeting = invitation.meeting
    found = meeting.registrations.filter(email=invitation.email).first()
    if found and found.state != Registration.State.CANCELLED and found.confirmed_at and request.method != "POST":
        return redirect(found)
    initial = initial_of(found) if found else _of_invitation(invitation)
    return _form_page(
        request, meeting, address=invitation.email, source=Source.INVITATION, initial=initial, invitation=invitation
    )


@cache_page_until_changed
@login_not_required
@require_safe
def register_check(request: HttpRequest, slug: str) -> HttpResponse:
    """Says what comes next: to who has just registered with their address, to others in words that hold for everybody."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), slug=slug)
    email, gets = just_sent.said_to(request) or ("", "queue" if meeting.full else "")
    context = {"meeting": meeting, "email": email, "gets": gets, "section": "meetings"}
    response = render(request, "registrations/check.html", context)
    if email:
        response.headers["Cache-Control"] = "no-store"
    return fresh_until(response, turning_points(meeting))


def _to_check_page(meeting: Meeting, email: str, *, gets: str) -> HttpResponse:
    """Sends them on to the page that says what comes next; only their own browser, and only there, says who they are.

    What it says of a place is what a newcomer would get: it tells nobody whether the address was known.
    """
    return just_sent.send_on([email, gets], "register_check", meeting.slug)


def _form_page(request, meeting, *, address, source, initial, invitation=None) -> HttpResponse:
    """Answer the form, or what was posted with it."""
    context = {"meeting": meeting, "address": address, "section": "meetings"}
    reason = closed_because(meeting, timezone.now())
    if reason:
        context["reason"] = reason
        return render(request, "registrations/closed.html", context)
    form = RegistrationForm(request.POST or None, meeting=meeting, address=address, initial=initial)
    context["form"] = form
    status = 200
    if request.method == "POST" and source == Source.PUBLIC and public_forms.posts_too_often(request, "register"):
        form.add_error(None, public_forms.TOO_MANY)
        status = 429
    elif request.method == "POST" and form.is_valid():
        details = form.details()
        place = details.place.pk if details.place else None
        network = client.hashed_network_of(request)
        gets = capacity.newcomer_gets(meeting, place, timezone.now(), network) if source == Source.PUBLIC else ""
        try:
            registration = action.register(
                meeting=meeting,
                details=details,
                by=request.user,
                source=source,
                invitation=invitation,
                network=network,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if source == Source.PUBLIC:
                return _to_check_page(meeting, details.address, gets=gets)
            return redirect(registration)
    return render(request, "registrations/register.html", context, status=status)


def _of_account(user, meeting: Meeting) -> dict:
    """What an account says of its holder: their name, and the organisation they are a member of."""
    membership = user.memberships.live().select_related("partner").first()
    initial = {"name": user.name}
    if membership:
        initial |= {
            "organisation": membership.partner.name,
            "role": membership.role,
            "kind": membership.partner.kind,
        }
        places = set(membership.partner.places.values_list("pk", flat=True))
        here = [each.place_id for each in meeting.meeting_places.all() if each.place_id in places]
        if len(here) == 1:
            initial["place"] = here[0]
    return initial


def _of_invitation(invitation: Invitation) -> dict:
    return {
        "name": invitation.name,
        "organisation": invitation.organisation,
        "role": invitation.role,
        "kind": invitation.kind,
        "place": invitation.place_id,
    }

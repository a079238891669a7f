"""Following a meeting, and stopping."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.meetings.actions import following
from assemblies.meetings.forms.follow import FollowForm
from assemblies.meetings.models import Follower
from assemblies.meetings.reading import readable
from partnership.dates import day
from partnership.limits import public_forms
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui import just_sent
from partnership.ui.confirm import confirm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_page_until_changed
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for an address, and emails a link to it. Signed in, one click is enough."""
    meeting = get_object_or_404(readable(request).published(), slug=slug)
    mine = request.user.email if request.user.is_authenticated else ""
    form = FollowForm(request.POST or None, initial={"email": mine})
    if mine:
        del form.fields["email"]
        form.is_bound = request.method == "POST"
    status = 200
    if request.method == "POST" and not mine and public_forms.posts_too_often(request, "follow"):
        form.add_error(None, public_forms.TOO_MANY)
        status = 429
    elif request.method == "POST" and form.is_valid():
        try:
            follower = following.ask(
                meeting=meeting, email=mine or form.cleaned_data["email"], by=request.user if mine else None
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _told(request, follower, signed_in=bool(mine))
    context = {"meeting": meeting, "form": form, "reason": following.why_not(meeting), "section": "meetings"}
    return render(request, "meetings/follow.html", context, status=status)


def _told(request: HttpRequest, follower: Follower, *, signed_in: bool) -> HttpResponse:
    if signed_in:
        return redirect("follow_link", follower.meeting.slug, follower.key)
    # The same words whether or not the address follows already: the page tells nobody who does.
    return just_sent.send_on([follower.email], "follow_sent", follower.meeting.slug)


@login_not_required
@require_safe
def follow_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes next for who has just asked to follow the meeting: the link in an email."""
    meeting = get_object_or_404(readable(request).published(), slug=slug)
    return just_sent.check_email(request, "meetings/follow_sent.html", {"meeting": meeting, "section": "meetings"})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow_link(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The follower's own link: confirms the address, or stops the emails. A click is needed, since mail programs
    open links by themselves."""
    follower = _holding_key(slug, key)
    if follower is None:
        return render(request, "meetings/follow_unknown.html", {"slug": slug}, status=404)
    context = {"meeting": follower.meeting, "follower": follower, "section": "meetings"}
    by = request.user if request.user.is_authenticated else None
    if request.method == "POST" and "stop" in request.POST:
        following.stop(follower=follower, by=by)
        return render(request, "meetings/follow_stopped.html", context)
    if request.method == "POST":
        try:
            following.confirm(follower=follower, by=by)
        except Refusal as refusal:
            context["refusal"] = refusal.message
        else:
            return redirect("follow_link", slug, key)
    return render(request, "meetings/follow_link.html", context)


@csrf_exempt  # the mail program that sends the POST has been to no page (RFC 8058); the key says who follows
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow_stop(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Stops the emails by one request; whoever opens the link is asked first."""
    follower = _holding_key(slug, key)
    if follower is None:
        return render(request, "meetings/follow_unknown.html", {"slug": slug}, status=404)
    meeting = follower.meeting
    if request.method == "POST":
        following.stop(follower=follower, by=request.user if request.user.is_authenticated else None)
        return render(request, "meetings/follow_stopped.html", {"meeting": meeting, "follower": follower})
    return confirm(
        request,
        question="Stop these emails?",
        consequence="We will no longer email you when this meeting or its agenda changes.",
        label="Stop these emails",
        about=f"{meeting.title}, {day(meeting.starts_at)}",
        back=meeting.get_absolute_url(),
        section="meetings",
        warning=False,
    )


def _holding_key(slug: str, key: str) -> Follower | None:
    return Follower.objects.public().filter(meeting__slug=slug, key=key).select_related("meeting").first()

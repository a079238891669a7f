"""A person's own registration, by the secret link of their emails: no password, and no link of a scanner changes it."""

from collections.abc import Callable
from functools import partial, wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.invitations.actions import invitation
from assemblies.meetings import calendar
from assemblies.meetings.reading import remember_invitation
from assemblies.meetings.registration_window import closed_because, over_because
from assemblies.registrations.actions import cancellation, change, clock, offers, unproved
from assemblies.registrations.actions import registration as action
from assemblies.registrations.actions.details import NEEDS
from assemblies.registrations.emails import link
from assemblies.registrations.forms.registration import ChangeForm, LinksForm, initial_of
from assemblies.registrations.models import Needs, Registration
from partnership.dates import span
from partnership.limits import public_forms
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm

State = Registration.State
PAGE = "registrations/registration.html"


def by_key(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Finds the registration of the link; for a wrong one, answers with the page that says how to get a new one."""

    @login_not_required
    @wraps(view)
    def found(request: HttpRequest, key: str) -> HttpResponse:
        person = Registration.objects.holding_key(key)
        if person is None or person.meeting.state == person.meeting.State.DRAFT:
            return render(request, "registrations/links.html", {"form": _links_form()}, status=404)
        if person.is_late(timezone.now()):  # the clock is about to; nobody should see a place that is no longer theirs
            clock.bring_up_to_date(person.meeting_id, timezone.now())
            person = Registration.objects.holding_key(key)
        return view(request, person)

    return found


def _page(request: HttpRequest, person: Registration, *, refusal: str = "") -> HttpResponse:
    """Where the person stands, and what they can do next."""
    now = timezone.now()
    meeting = person.meeting
    over = over_because(meeting, now)
    context = {
        "registration": person,
        "meeting": meeting,
        "unconfirmed": person.confirmed_at is None and person.state in (State.HELD, State.WAITING),
        "position": person.position,
        "over": over,
        "closed": over or closed_because(meeting, now),
        "needs": person.needs_in_words,
        "later": _later_answers(person),
        "used_by_this_link": request.GET.get("answers", ""),
        "first_come": person.state == State.WAITING and not over and not offers.offer_end(meeting, now),
        "refusal": refusal,
        "section": "meetings",
    }
    return render(request, PAGE, context, status=409 if refusal else 200)


def _later_answers(person: Registration) -> dict[str, object] | None:
    """What was said with the person's address since, for them to take or leave; None where nothing was."""
    kept = getattr(person, "unproved_answers", None)
    if kept is None:
        return None
    given = unproved.details_of(kept)
    needs = Needs(**{name: kept.answers[name] for name in NEEDS})
    about = [("Name", given.name), ("Organisation", given.organisation), ("Place", given.place and given.place.name)]
    return {"kept": kept, "version": str(kept.version), "rows": [row for row in about if row[1]] + needs.in_words()}


@by_key
@require_safe
def registration(request: HttpRequest, person: Registration) -> HttpResponse:
    remember_invitation(request, person.meeting)
    return _page(request, person)


def _submitted(request: HttpRequest, person: Registration, act: Callable[..., object]) -> HttpResponse:
    """Do what the button says, once, then show where the person stands; or the same page with why not."""
    if request.method != "POST":
        return _page(request, person)
    try:
        act(registration=person)
    except Refusal as refusal:
        return _page(request, Registration.objects.holding_key(person.key), refusal=refusal.message)
    return redirect(person)


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def registration_confirm(request: HttpRequest, person: Registration) -> HttpResponse:
    """A page with one button: the scanner of a mail system that opens the link confirms nothing."""
    return _submitted(request, person, partial(action.confirm, answers=request.POST.get("answers", "")))


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def registration_later_answers(request: HttpRequest, person: Registration) -> HttpResponse:
    """Take or delete what somebody said later with the person's address."""
    if "discard" in request.POST:
        return _submitted(request, person, unproved.discard)
    return _submitted(request, person, partial(unproved.use, version=request.POST.get("answers", "")))


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def registration_offer(request: HttpRequest, person: Registration) -> HttpResponse:
    """Take the place that is held for the person; in the last hour, one that stands free."""
    return _submitted(request, person, offers.take_free_place if person.state == State.WAITING else offers.accept)


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def registration_return(request: HttpRequest, person: Registration) -> HttpResponse:
    """Register again after cancelling, or after an hour or an offer ran out."""
    return _submitted(request, person, cancellation.come_back)


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def registration_cancel(request: HttpRequest, person: Registration) -> HttpResponse:
    if person.state == State.CANCELLED:
        return redirect(person)
    if request.method != "POST" and not over_because(person.meeting, timezone.now()):
        return _ask_to_cancel(request, person)
    return _submitted(request, person, cancellation.cancel)


def _ask_to_cancel(request: HttpRequest, person: Registration) -> HttpResponse:
    if person.place_number:
        question, label = "Do you want to cancel your place?", "Cancel my place"
        consequence = "Your place goes to the next person. You can come back, but at the end of the waiting list."
    else:
        question, label = "Do you want to leave the waiting list?", "Leave the list"
        consequence = "We will not offer you a place. You can come back, but at the end."
    meeting, back = person.meeting, person.get_absolute_url()
    return confirm(
        request,
        question=question,
        consequence=consequence,
        label=label,
        about=f"{meeting.title}, {span(meeting.starts_at, meeting.ends_at)}",
        back=back,
        trail=[("Your registration", back)],
        section="meetings",
    )


@by_key
@require_http_methods(["GET", "HEAD", "POST"])
def registration_change(request: HttpRequest, person: Registration) -> HttpResponse:
    """The answers given before, to be changed until the meeting begins."""
    if person.state == State.CANCELLED or over_because(person.meeting, timezone.now()):
        return _page(request, person)
    form = ChangeForm(request.POST or None, meeting=person.meeting, address=person.email, initial=initial_of(person))
    if request.method == "POST" and form.is_valid():
        try:
            change.change(registration=person, details=form.details())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect(f"{person.get_absolute_url()}?changed=1")
    context = {"form": form, "registration": person, "meeting": person.meeting, "section": "meetings"}
    return render(request, "registrations/change.html", context)


@by_key
@require_safe
def registration_calendar(request: HttpRequest, person: Registration) -> HttpResponse:
    """The calendar file of the person's meeting; it says how to join only while they hold a place."""
    meeting = person.meeting
    text = calendar.publish([meeting], meeting.title, lambda _meeting: link(person), {meeting.pk: person.own_entry})
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{meeting.slug}.ics"'
    return response


def _links_form(data=None) -> LinksForm:
    form = LinksForm(data)
    form.helper.form_action = reverse("registration_links")
    return form


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def registration_links(request: HttpRequest) -> HttpResponse:
    """Emails a person their links. Says the same whether or not the address is known."""
    form = _links_form(request.POST or None)
    context = {"form": form}
    status = 200
    if request.method == "POST" and public_forms.posts_too_often(request, "links"):
        form.add_error(None, public_forms.TOO_MANY)
        status = 429
    elif request.method == "POST" and form.is_valid():
        action.send_links(address=form.cleaned_data["email"])
        invitation.send_links(address=form.cleaned_data["email"])
        return redirect("registration_links_sent")
    return render(request, "registrations/links.html", context, status=status)


@login_not_required
@require_safe
def registration_links_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "registrations/links_sent.html")

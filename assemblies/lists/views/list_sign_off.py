"""A list is signed off or reopened; staff chase what is outstanding and set the mix to aim at."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assemblies.lists import balance
from assemblies.lists.actions import invitation_list as lists_of
from assemblies.lists.forms.list_mix import USUAL, MixForm
from assemblies.lists.models import InvitationList
from assemblies.lists.views.listed import listed, meeting_with_lists, posted, trail_of
from assemblies.meetings.named import caption
from partnership.partners.models.partner import Sector
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm
from partnership.ui.templatetags.portal import plural
from places.footprint.rules import leads


def manage_list_sign_off(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    invitation_list = listed(request, slug, place)
    if request.method == "POST":
        try:
            lists_of.sign_off(invitation_list=invitation_list, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"The list of {invitation_list.place} is signed off.")
        return redirect("manage_list", slug, place)
    context = {
        "list": invitation_list,
        "meeting": invitation_list.meeting,
        "people": invitation_list.entries.count(),
        "balance": balance.for_lists([invitation_list])[invitation_list.pk],
        "on_behalf": not leads(request.user, invitation_list.place),
        "waiting": invitation_list.imports.filter(state="preview").count(),
    }
    return render(request, "lists/sign_off.html", context)


def manage_list_reopen(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    invitation_list = listed(request, slug, place)
    if request.method == "POST":
        try:
            lists_of.reopen(invitation_list=invitation_list, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"The list of {invitation_list.place} is open again.")
        return redirect("manage_list", slug, place)
    people = plural(invitation_list.entries.count(), "person,people")
    return confirm(
        request,
        question=f"Reopen the list of {invitation_list.place}?",
        consequence=f"There are {people} on it. Those not yet invited wait until someone signs it off again. Invitations "
        "already sent stay as they are.",
        label="Reopen the list",
        back=reverse("manage_list", args=[slug, place]),
        caption=caption(invitation_list.meeting),
        trail=trail_of(invitation_list),
        section="meetings",
        warning=False,
    )


def manage_lists_chase(request: HttpRequest, slug: str) -> HttpResponse:
    meeting, lists = meeting_with_lists(request, slug, staff_only=True)
    still_open = list(lists.filter(state=InvitationList.State.OPEN))
    return _chase(request, meeting, still_open, "manage_lists_chase", [slug], whose="lists not signed off")


def manage_list_chase(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    meeting, lists = meeting_with_lists(request, slug, staff_only=True)
    one = listed(request, slug, place)
    return _chase(
        request,
        meeting,
        list(lists.filter(pk=one.pk, state=InvitationList.State.OPEN)),
        "manage_list_chase",
        [slug, place],
        whose=f"the list of {one.place}",
    )


def _chase(
    request: HttpRequest, meeting, lists: list[InvitationList], name: str, args: list[str], *, whose: str
) -> HttpResponse:
    if request.method == "POST":
        try:
            sent = lists_of.chase(lists=lists, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            if sent:
                messages.success(request, f"We are emailing {plural(sent, 'place lead,place leads')}.")
            else:
                messages.info(
                    request, "Nobody was emailed: these leads have already had an email today, or there are no leads."
                )
        return redirect("manage_lists", meeting.slug)
    plan = lists_of.plan_chase(lists)
    here = reverse(name, args=args)
    return render(request, "lists/chase.html", {"meeting": meeting, "plan": plan, "here": here, "whose": whose})


def manage_lists_mix(request: HttpRequest, slug: str) -> HttpResponse:
    meeting, lists = meeting_with_lists(request, slug, staff_only=True)
    rows = list(lists)
    return _mix(request, meeting, rows, f"The mix of all {len(rows)} lists is saved.", None)


def manage_list_mix(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    meeting, _ = meeting_with_lists(request, slug, staff_only=True)
    one = listed(request, slug, place)
    return _mix(request, meeting, [one], f"The mix of {one.place} is saved.", one)


def _mix(
    request: HttpRequest, meeting, lists: list[InvitationList], done: str, one: InvitationList | None
) -> HttpResponse:
    first = lists[0].targets.values_list("sector", "percent") if lists else []
    form = MixForm(posted(request), initial=dict(USUAL) | dict(first))
    if request.method == "POST" and form.is_valid():
        try:
            lists_of.set_mix(
                lists=lists, by=request.user, percent={sector.value: form.cleaned_data[sector] for sector in Sector}
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect("manage_lists", meeting.slug)
    return render(request, "lists/mix.html", {"meeting": meeting, "form": form, "list": one, "lists": lists})

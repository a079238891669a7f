"""A person says which organisation they belong to: find it, or add it. Staff decide later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership.partners.actions import membership
from partnership.partners.forms import JoinForm, LeaveForm, NewOrganisationForm, OrganisationSearchForm
from partnership.partners.models import Membership, Partner
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm
from partnership.ui.pages import page_of

STAYS = "You stay registered for the meetings you registered for. To come back, ask again."
ONLY_CONTACT = (
    "You are the only contact we have at {}. Name someone to take your place if you can, and ask them first. If "
    "you name nobody, you can still leave, and staff will look for someone. " + STAYS
)
ASKED = "The partnership's staff will confirm that you belong to {}. You can register for open meetings meanwhile."


@require_safe
def organisation_join(request: HttpRequest) -> HttpResponse:
    """Your organisations, and a search for another. Works as a plain search, without script."""
    form = OrganisationSearchForm(request.GET or None)
    words = form.words_asked
    found = Partner.objects.visible_to(request.user).current().named_like(words) if words else Partner.objects.none()
    mine = Membership.objects.visible_to(request.user).filter(user=request.user).select_related("partner")
    return render(
        request,
        "partners/organisation.html",
        {"search": form, "words": words, "page": page_of(found, request, 10), "memberships": mine},
    )


def organisation_ask(request: HttpRequest, slug: str) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.visible_to(request.user).current(), slug=slug)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        membership.ask(by=request.user, partner=partner, role=form.cleaned_data["role"])
        messages.success(request, ASKED.format(partner.name))
        return redirect("organisation_join")
    return render(request, "partners/organisation_ask.html", {"partner": partner, "form": form})


def organisation_new(request: HttpRequest) -> HttpResponse:
    form = NewOrganisationForm(request.POST or None, initial={"name": request.GET.get("words", "")})
    if request.method == "POST" and form.is_valid():
        try:
            asked = membership.ask_for_new(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, ASKED.format(asked.partner.name))
            return redirect("organisation_join")
    return render(request, "partners/organisation_new.html", {"form": form})


def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The person leaves, after a page that says what that means."""
    mine = get_object_or_404(
        Membership.objects.visible_to(request.user).filter(user=request.user).live().select_related("partner", "user"),
        pk=pk,
    )
    form = LeaveForm(request.POST or None, person=request.user) if membership.is_only_contact(mine) else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            membership.end(membership=mine, by=request.user, successor=form.successor if form else None)
        except Refusal as refusal:
            if form is None:
                messages.error(request, str(refusal))
                return redirect("organisation_join")
            form.refuse(refusal)
        else:
            messages.success(request, f"You no longer belong to {mine.partner.name} here.")
            return redirect("organisation_join")
    back = reverse("organisation_join")
    return confirm(
        request,
        question=f"Leave {mine.partner.name}?",
        consequence=ONLY_CONTACT.format(mine.partner) if form else STAYS,
        form=form,
        label="Leave",
        back=back,
        trail=[("Your organisations", back)],
    )

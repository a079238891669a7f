"""Staff close an organisation that ended, list one again, and find those with nobody to write to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnership.partners.actions import closing
from partnership.partners.forms import CloseForm
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm
from partnership.ui.pages import page_of
from partnership.ui.templatetags.portal import plural


@needs_permission("partners.close_partner")
@require_safe
def partners_no_contact(request: HttpRequest) -> HttpResponse:
    rows = Partner.objects.visible_to(request.user).without_contact()
    return render(request, "partners/no_contact.html", {"section": "partners", "page": page_of(rows, request)})


@needs_permission("partners.close_partner")
def partner_close(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Partner.objects.visible_to(request.user), slug=slug)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            closing.close(partner=shown, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{shown} is closed. Its page keeps its history.")
            return redirect(shown)
    people = plural(shown.memberships.live().count(), "person,people")
    return _confirm(
        request,
        shown,
        question=f"Close {shown}?",
        consequence=f"It leaves the directory. Its page stays, and says when and why it closed. We email everyone who "
        f"belongs to it or has asked to ({people}), and end their membership. Seats, papers and registrations keep its name.",
        form=form,
    )


@needs_permission("partners.close_partner")
def partner_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Partner.objects.visible_to(request.user), slug=slug)
    if request.method == "POST":
        try:
            closing.reopen(partner=shown, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{shown} is in the directory again.")
        return redirect(shown)
    return _confirm(
        request,
        shown,
        question=f"List {shown} again?",
        consequence="It returns to the directory. People who belonged to it have to ask again. Nobody is emailed.",
        label="List it again",
        warning=False,
    )


def _confirm(request: HttpRequest, shown: Partner, **words) -> HttpResponse:
    back = shown.get_absolute_url()
    return confirm(request, back=back, trail=[(shown.name, back)], section="partners", **words)

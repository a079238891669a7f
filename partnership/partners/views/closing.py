"""Staff close an organisation that ended, list one again, and find those with nobody to write to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnership.partners.actions import closing
from partnership.partners.forms import CloseForm
from partnership.partners.models import Partner
from partnership.ui.access import staff_only
from partnership.ui.pages import page_of
from partnership.ui.refusals import Refusal
from partnership.ui.templatetags.portal import plural


@staff_only
@require_safe
def partners_no_contact(request: HttpRequest) -> HttpResponse:
    rows = Partner.objects.visible_to(request.user).without_contact()
    return render(request, "partners/no_contact.html", {"section": "partners", "page": page_of(rows, request)})


@staff_only
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
        consequence=f"It leaves the directory; its page stays and says when and why. Whoever belongs to it, or has "
        f"asked to ({people}), is told by email and belongs to it no more. Seats, papers and registrations keep its name.",
        form=form,
    )


@staff_only
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
        consequence="It comes back to the directory. People who belonged to it ask again. Nobody is mailed.",
        confirm_label="List it again",
    )


def _confirm(request: HttpRequest, shown: Partner, **words) -> HttpResponse:
    address = shown.get_absolute_url()
    context = {"section": "partners", "back_url": address, "parent": shown.name, "parent_url": address} | words
    return render(request, "components/confirm.html", context)

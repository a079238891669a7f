"""An organisation's own page is written: by its officers, and by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from partnership.accounts.rules import is_partnership_staff
from partnership.partners.actions import partner as partners
from partnership.partners.forms import OwnPageForm, PartnerForm
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission, refuse_without
from partnership.ui.edit_conflict import Stale


def kept_by(user, slug: str) -> Partner:
    """Returns the partner whose page the person keeps. 404 where they may not know of it, 403 where others keep it."""
    shown = get_object_or_404(Partner.objects.visible_to(user), slug=slug)
    refuse_without("partners.edit", user, shown)
    return shown


@needs_permission("partners.add_partner")
def partner_new(request: HttpRequest) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = partners.add(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{added.name} is in the directory.")
            return redirect(added)
    return render(request, "partners/partner_form.html", {"section": "partners", "form": form})


def partner_edit(request: HttpRequest, slug: str) -> HttpResponse:
    shown = kept_by(request.user, slug)
    kind = PartnerForm if is_partnership_staff(request.user) else OwnPageForm
    name = shown.name
    form = kind(request.POST or None, instance=shown)
    differences: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            saved = partners.change(
                partner=shown, by=request.user, checked=not is_partnership_staff(request.user), **form.cleaned_data
            )
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{saved.name} is saved.")
            return redirect(saved)
    context = {"section": "partners", "form": form, "partner": shown, "name": name, "differences": differences}
    return render(request, "partners/partner_form.html", context)

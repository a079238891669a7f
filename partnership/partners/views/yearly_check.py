"""The holder of a yearly email's link says that an organisation's page is right, or changes it. No sign-in is needed."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from partnership.partners.actions import partner as partners
from partnership.partners.actions import yearly_check
from partnership.partners.actions.yearly_check import LINK_LASTS
from partnership.partners.forms import OwnPageForm
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale


def _held(key: str) -> Partner:
    partner = yearly_check.holder_of(key)
    if partner is None:
        raise Http404
    return partner


def _by(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


@login_not_required
def partner_check(request: HttpRequest, key: str) -> HttpResponse:
    partner = _held(key)
    if request.method == "POST":
        partners.confirm(partner=partner, by=_by(request))
        return redirect("partner_check", key)
    return render(
        request,
        "partners/check.html",
        {
            "partner": partner,
            "key": key,
            "all": True,
            "is_checked": partner.checked_on is not None and partner.checked_on > timezone.localdate() - LINK_LASTS,
            "groups": partner.groups.all(),
            "places": partner.places.public().current().order_by("name"),
            "contacts": partner.contacts.all(),
        },
    )


@login_not_required
def partner_check_change(request: HttpRequest, key: str) -> HttpResponse:
    partner = _held(key)
    name, differences = partner.name, []
    form = OwnPageForm(request.POST or None, instance=partner)
    if request.method == "POST" and form.is_valid():
        try:
            partners.change(partner=partner, by=_by(request), checked=True, **form.cleaned_data)
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("partner_check", key)
    context = {"form": form, "partner": partner, "name": name, "differences": differences}
    return render(request, "partners/partner_form.html", context)

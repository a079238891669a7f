"""The directory of partner organisations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnership.accounts.access import staff_only
from partnership.partners.actions import partner as partners
from partnership.partners.forms import PartnerForm, PartnerSearch
from partnership.partners.models import Partner
from partnership.ui.page_cache import kept_in_memory
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@kept_in_memory
def directory(request: HttpRequest) -> HttpResponse:
    search = PartnerSearch(request.GET or None, queryset=Partner.objects.visible_to(request.user))
    return render(
        request,
        "partners/directory.html",
        {"section": "partners", "search": search, "page": page_of(search.qs, request), "asked": bool(request.GET)},
    )


@login_not_required
@require_safe
@kept_in_memory
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Partner.objects.visible_to(request.user), slug=slug)
    places = shown.places.public().current().order_by("name")
    return render(request, "partners/partner.html", {"section": "partners", "partner": shown, "places": places})


@staff_only
def partner_new(request: HttpRequest) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = partners.add(by=request.user, **form.cleaned_data)
        messages.success(request, f"{added.name} is in the directory.")
        return redirect(added)
    return render(request, "partners/partner_form.html", {"section": "partners", "form": form})


@staff_only
def partner_edit(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Partner.objects.visible_to(request.user), slug=slug)
    form = PartnerForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        partners.change(partner=shown, by=request.user, **form.cleaned_data)
        messages.success(request, f"{shown.name} is saved.")
        return redirect(shown)
    name = form.initial["name"]
    return render(
        request, "partners/partner_form.html", {"section": "partners", "form": form, "partner": shown, "name": name}
    )

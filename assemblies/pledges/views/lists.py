"""Pledges and asks as everybody may read them: all of them, those of a partner, and one pledge."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assemblies.pledges.forms.search import PledgeSearchForm
from assemblies.pledges.models import Ask, Pledge
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.partners.models import Partner
from partnership.ui.pages import page_of

SHOWN = 20  # of each kind on the page of a partner


@login_not_required
@require_safe
@cache_page_until_changed
def pledges(request: HttpRequest) -> HttpResponse:
    """What people said they will do, those that moved last first."""
    return _list(request, Pledge, "pledges/pledges.html")


@login_not_required
@require_safe
@cache_page_until_changed
def asks(request: HttpRequest) -> HttpResponse:
    """What people need from partners, those that moved last first."""
    return _list(request, Ask, "pledges/asks.html")


def _list(request: HttpRequest, of: type[Pledge] | type[Ask], template: str) -> HttpResponse:
    rows = of.objects.visible_to(request.user)
    form = PledgeSearchForm(request.GET or None, of=of, rows=rows)
    page = page_of(form.narrow(rows).with_facts().newest_first(), request)
    narrowed = any(request.GET.get(name) for name in ("place", "partner", "state", "meeting"))
    context = {"form": form, "page": page, "narrowed": narrowed, "about": form.about, "section": "meetings"}
    return render(request, template, context)


@login_not_required
@require_safe
@cache_page_until_changed
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody will do, and how it goes."""
    row = get_object_or_404(Pledge.objects.visible_to(request.user).with_facts(), pk=pk)
    is_own = request.user.is_authenticated and row.email == request.user.email
    context = {"pledge": row, "steps": row.steps.all(), "is_own": is_own, "section": "meetings"}
    return render(request, "pledges/pledge.html", context)


@login_not_required
@require_safe
@cache_page_until_changed
def partner_pledges(request: HttpRequest, slug: str) -> HttpResponse:
    """What a partner promised, what it was asked and answered, and what it asked of others."""
    seen = Partner.objects.visible_to(request.user)
    partner = seen.filter(slug=slug).first() or seen.that_took_over(slug)
    if partner is None or partner.slug != slug:
        return redirect("partner_pledges", get_object_or_404(seen, slug=partner.slug if partner else slug).slug)
    asked = Ask.objects.visible_to(request.user)
    parts = {
        "pledges": Pledge.objects.visible_to(request.user).of_partner(partner),
        "asks": asked.of_partner(partner),
        "asked": asked.asked_by(partner),
    }
    found = {name: page_of(rows.with_facts().newest_first(), request, SHOWN) for name, rows in parts.items()}
    answers = request.user.is_authenticated and request.user.memberships.accepted().filter(partner=partner).exists()
    longest = max(found.values(), key=lambda page: page.paginator.num_pages)
    context = {"partner": partner, "answers": answers, "page": longest, "section": "partners", **found}
    return render(request, "pledges/partner.html", context)

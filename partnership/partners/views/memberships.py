"""Staff decide who belongs to which partner."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnership.partners.actions import membership as actions
from partnership.partners.forms import RefuseForm
from partnership.partners.models import Membership
from partnership.ui.access import staff_only
from partnership.ui.pages import page_of
from partnership.ui.refusals import Refusal


@staff_only
@require_safe
def memberships(request: HttpRequest) -> HttpResponse:
    waiting = Membership.objects.visible_to(request.user).waiting().select_related("user", "partner")
    decided = (
        Membership.objects.visible_to(request.user)
        .filter(decided_at__isnull=False)
        .select_related("user", "partner", "decided_by")
        .order_by("-decided_at")[:10]
    )
    return render(request, "partners/memberships.html", {"page": page_of(waiting, request), "decided": decided})


@require_POST
@staff_only
def membership_accept(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(Membership.objects.visible_to(request.user), pk=pk)
    try:
        accepted = actions.accept(membership=asked, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{accepted.user} belongs to {accepted.partner}. We tell them by email.")
    return redirect("memberships")


@staff_only
def membership_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(Membership.objects.visible_to(request.user).select_related("user", "partner"), pk=pk)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.refuse(membership=asked, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{asked.user} is told why.")
            return redirect("memberships")
    return render(
        request,
        "components/confirm.html",
        {
            "question": f"Refuse {asked.user} at {asked.partner}?",
            "consequence": "One person is told by email, with your reason. They keep their account.",
            "form": form,
            "back_url": "/memberships/",
            "parent": "Memberships",
            "parent_url": "/memberships/",
        },
    )

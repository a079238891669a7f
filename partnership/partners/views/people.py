"""The people of an organisation: its contacts, who belongs to it, and who keeps its page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnership.partners.actions import contact as contacts
from partnership.partners.actions import officer
from partnership.partners.forms import ContactForm
from partnership.partners.models import Contact, Membership, Partner
from partnership.partners.views.page import kept_by
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale
from partnership.ui.pages import page_of


@require_safe
def partner_people(request: HttpRequest, slug: str) -> HttpResponse:
    shown = kept_by(request.user, slug)
    members = shown.memberships.accepted().select_related("user").order_by("user__name", "pk")
    return render(
        request,
        "partners/people.html",
        {
            "section": "partners",
            "partner": shown,
            "contacts": shown.contacts.all(),
            "page": page_of(members, request),
            "officer": Membership.Part.OFFICER,
        },
    )


def contact_new(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit(request, kept_by(request.user, slug), None)


def contact_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    shown = kept_by(request.user, slug)
    return _edit(request, shown, get_object_or_404(shown.contacts.all(), pk=pk))


def _edit(request: HttpRequest, shown: Partner, contact: Contact | None) -> HttpResponse:
    form = ContactForm(request.POST or None, initial=ContactForm.initial_of(contact) if contact else {})
    differences: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            saved = contacts.save(partner=shown, contact=contact, by=request.user, **form.cleaned_data)
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{saved.name} is saved as a contact.")
            return redirect("partner_people", shown.slug)
    context = {
        "section": "partners",
        "partner": shown,
        "form": form,
        "name": contact.name if contact else "",
        "differences": differences,
    }
    return render(request, "partners/contact_form.html", context)


def contact_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    shown = kept_by(request.user, slug)
    contact = get_object_or_404(shown.contacts.all(), pk=pk)
    if request.method == "POST":
        contacts.remove(contact=contact, by=request.user)
        messages.success(request, f"{contact.name} is no longer a contact of {shown}.")
        return redirect("partner_people", slug)
    last = f" {shown} will have no contact left, so staff will ask for someone else." if _is_last(shown) else ""
    back = reverse("partner_people", args=[slug])
    return confirm(
        request,
        question=f"Remove {contact.name}?",
        consequence=f"We delete their name, role, email and phone number as a contact of {shown}.{last}",
        label="Remove",
        back=back,
        trail=[(f"People at {shown}", back)],
        section="partners",
    )


def _is_last(shown: Partner) -> bool:
    return shown.contacts.count() + shown.memberships.officers().count() == 1


@require_POST
@needs_permission("partners.name_officers")
def member_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff make a member an officer, or an officer a member again."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user).select_related("partner"), pk=pk)
    part = Membership.Part.OFFICER if request.POST.get("part") == "officer" else Membership.Part.MEMBER
    try:
        changed = officer.set_part(membership=membership, by=request.user, part=part)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        keeps = "keeps the page of" if part == Membership.Part.OFFICER else "is a member of"
        messages.success(request, f"{changed.user} {keeps} {changed.partner}.")
    return redirect("partner_people", membership.partner.slug)

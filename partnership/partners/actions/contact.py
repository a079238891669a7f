"""The people whom one can speak to at a partner."""

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import audit
from partnership.partners.models import Contact, Partner
from partnership.ui.refusals import Refusal


@transaction.atomic
def save(
    *,
    partner: Partner,
    by,
    name: str,
    role: str,
    email: str = "",
    phone: str = "",
    agreed: bool = False,
    contact: Contact | None = None,
) -> Contact:
    """Adds a contact person, or changes one. `agreed`: they agree to be shown in public, from the day it is first said.

    Raises Refusal where the partner has a contact with that address already.
    """
    verb = "contact.changed" if contact else "contact.added"
    contact = contact or Contact(partner=partner)
    email = email.strip().lower()
    if contact.pk is None and email and (same := partner.contacts.filter(email=email, name=name).first()):
        contact = same  # pressed twice
    contact.name, contact.role, contact.email, contact.phone = name.strip(), role.strip(), email, phone.strip()
    contact.user = get_user_model().objects.filter(email=email).first() if email else None
    contact.agreed_on = (contact.agreed_on or timezone.localdate()) if agreed else None
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError as error:
        raise Refusal(f"{partner} has a contact with that email address already", "email") from error
    audit.record(by=by, verb=verb, subject=contact)
    return contact


@transaction.atomic
def remove(*, contact: Contact, by) -> None:
    """Forgets the person as a contact of the partner; what they hold elsewhere stays."""
    audit.record(by=by, verb="contact.removed", subject=contact)
    contact.delete()

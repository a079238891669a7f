"""The people to contact at a partner."""

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import audit
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.partners.models import Contact, Partner
from partnership.partners.rules import refuse_merged
from partnership.refusals import Refusal


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
    revision: int | None = None,
) -> Contact:
    """Adds a contact person, or changes one. `agreed`: they agree to be shown in public, from the day it is first said.

    Where nothing changes there is no new revision. Raises Stale when somebody else changed them since `revision`, and
    Refusal where the
    partner has a contact with that address already or has become part of another, or the one to change was removed
    meanwhile.
    """
    verb = "contact.changed" if contact else "contact.added"
    email = email.strip().lower()
    facts = {"name": name.strip(), "role": role.strip(), "email": email, "phone": phone.strip()}
    if contact:
        contact = partner.contacts.select_for_update(of=("self",)).filter(pk=contact.pk).first()
        if contact is None:
            raise Refusal("Someone has just removed this contact. Go back to People and add them again.")
    elif email and (same := partner.contacts.filter(email=email, name=facts["name"]).first()):
        contact = same  # submitted twice
    if contact is None:
        refuse_merged(partner)
    contact = contact or Contact(partner=partner)
    changed = [fact for fact, value in facts.items() if getattr(contact, fact) != value]
    changed += ["agreed"] if agreed != bool(contact.agreed_on) else []
    if contact.pk:
        if not changed:
            return contact
        refuse_if_stale(contact, revision, [*facts, "agreed"])
        contact.revision += 1
    for fact, value in facts.items():
        setattr(contact, fact, value)
    contact.user = get_user_model().objects.filter(email=email).first() if email else None
    contact.agreed_on = (contact.agreed_on or timezone.localdate()) if agreed else None
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError as error:
        raise Refusal(f"{partner} already has a contact with that email address", "email") from error
    audit.record(
        by=by, verb=verb, subject=contact, revision=contact.revision, fields=changed if contact.revision else []
    )
    return contact


@transaction.atomic
def remove(*, contact: Contact, by) -> None:
    """Deletes the person as a contact of the partner; what they hold elsewhere stays."""
    audit.record(by=by, verb="contact.removed", subject=contact)
    contact.delete()

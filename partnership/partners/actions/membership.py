"""A person asks to belong to a partner; staff accept or refuse; either can end it."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import audit, states
from partnership.partners import emails
from partnership.partners.actions import contact as contacts
from partnership.partners.actions import partner as partners
from partnership.partners.actions.officer import make_part
from partnership.partners.models import Membership, Partner
from partnership.partners.rules import refuse_interested, refuse_merged
from partnership.refusals import Refusal, refuse_about_oneself

State = Membership.State


@transaction.atomic
def ask(*, by, partner: Partner, role: str = "") -> Membership:
    """Returns the membership that waits for staff; the live one if there is one, so a double click is harmless.
    Raises Refusal where the partner has become part of another."""
    live = Membership.objects.live().filter(user=by, partner=partner).first()
    if live:
        return live
    refuse_merged(partner)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(user=by, partner=partner, role=role.strip())
    except IntegrityError:  # the same person submitted twice: the other request won
        return Membership.objects.live().get(user=by, partner=partner)
    audit.record(by=by, verb="membership.asked", subject=membership)
    return membership


@transaction.atomic
def ask_for_new(*, by, name: str, kind: str, charity_number: str = "", summary: str = "", role: str = "") -> Membership:
    """Proposes a partner that is not listed yet and asks to belong to it. Raises Refusal where it is listed already."""
    name = " ".join(name.split())
    known = Partner.objects.filter(name__iexact=name).first()
    if known and known.added_by_id == by.pk and known.state == Partner.State.PROPOSED:
        return ask(by=by, partner=known, role=role)
    if known:
        raise Refusal("We already have an organisation with that name: go back and search for it", field="name")
    if charity_number and Partner.objects.filter(charity_number=charity_number).exists():
        raise Refusal(
            "We already have an organisation with that charity number: go back and search for it", "charity_number"
        )
    proposed = partners.add(
        by=by, state=Partner.State.PROPOSED, name=name, kind=kind, charity_number=charity_number, summary=summary
    )
    return ask(by=by, partner=proposed, role=role)


@transaction.atomic
def accept(*, membership: Membership, by) -> Membership:
    """Staff accept: the person belongs to the partner, and its officers are told. One that was only proposed is listed,
    with them as its officer. Raises Refusal for one's own."""
    membership = _decide(membership, State.ACCEPTED, by)
    _first_keeps_the_page(membership, by)
    if membership.partner.state == Partner.State.PROPOSED:
        states.move(membership.partner, Partner.State.LISTED)
        audit.record(by=by, verb="partner.listed", subject=membership.partner)
    emails.membership_accepted(membership)
    emails.people_changed(membership, "joined", by)
    return membership


@transaction.atomic
def refuse(*, membership: Membership, by, reason: str) -> Membership:
    """Staff refuse, and say why to the person. A partner proposed with it stays unlisted."""
    membership = _decide(membership, State.REFUSED, by, reason=reason)
    emails.membership_refused(membership)
    return membership


def is_only_contact(membership: Membership) -> bool:
    """Whether nobody could be written to at the partner if this person left."""
    person, partner = membership.user, membership.partner
    officers = partner.memberships.officers()
    is_one = officers.filter(user=person).exists() or partner.contacts.of_person(person).exists()
    return is_one and not (
        officers.exclude(user=person).exists()
        or partner.contacts.exclude(pk__in=partner.contacts.of_person(person).values("pk")).exists()
    )


@transaction.atomic
def end(*, membership: Membership, by, successor: dict | None = None) -> Membership:
    """The person leaves, or staff or its officer end it; they are no longer its contact.

    `successor`: the contact who takes over, as `contact.save` takes it. Whoever was the only one to write to and names
    nobody can leave all the same: they are asked by mail, and staff see the organisation under "no contact".
    Raises Refusal for staff with an interest in the organisation.
    """
    membership = _locked(membership)
    states.check(membership, State.ENDED)
    if by != membership.user and not membership.partner.memberships.officers().filter(user=by).exists():
        refuse_interested(by, membership.partner)
    was_accepted = membership.is_accepted
    if successor:
        contacts.save(partner=membership.partner, by=by, **successor)
    was_only = is_only_contact(membership)
    for row in membership.partner.contacts.of_person(membership.user):
        contacts.remove(contact=row, by=by)
    states.move(membership, State.ENDED)
    audit.record(by=by, verb="membership.ended", subject=membership)
    if was_accepted:
        emails.people_changed(membership, "left", by, also=[membership.user])
    if was_only and membership.partner.state == Partner.State.LISTED:
        emails.only_contact_left(membership)
    return membership


def _first_keeps_the_page(membership: Membership, by) -> None:
    """Whoever proposed an organisation, and is the first to be accepted for it, is its officer."""
    if membership.partner.state == Partner.State.PROPOSED:
        make_part(membership, Membership.Part.OFFICER)
        audit.record(by=by, verb="membership.part_changed", subject=membership, part=membership.part)


def _decide(membership: Membership, state: str, by, reason: str = "") -> Membership:
    membership = _locked(membership)
    refuse_about_oneself(
        by, membership.user, "You cannot decide about your own membership. Ask another member of staff."
    )
    refuse_interested(by, membership.partner)
    if membership.state != State.WAITING:
        raise Refusal(f"This is already {membership.get_state_display()}.")
    states.move(membership, state, reason=reason, decided_at=timezone.now(), decided_by=by)
    audit.record(by=by, verb=f"membership.{state}", subject=membership)
    return membership


def _locked(membership: Membership) -> Membership:
    """Not joined with the partner: a merge moves the row to another, and it would be lost to who waited for it."""
    return Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)

"""What the directory asks of officers of an organisation, and of staff."""

from collections.abc import Iterator

from django.urls import reverse

from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.partners.actions import yearly_check
from partnership.partners.models import Membership, Partner
from partnership.partners.rules import memberships_of
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind | Todo]:
    for membership in memberships_of(user):
        if membership.is_officer and _is_asked(membership.partner):
            yield check_page(membership.partner, user.email)
    if is_partnership_staff(user):
        yield todo.kind(find_contacts, Partner.objects.visible_to(user).without_contact()[:1], number=todo.HOW_MANY)
        yield todo.kind(decide, Membership.objects.waiting()[:1], number=todo.HOW_MANY)


def _is_asked(partner: Partner) -> bool:
    """Whether we have asked about its page, and nobody has answered."""
    return partner.is_listed and partner.asked_on is not None


def check_page(partner: Partner, email: str) -> Todo:
    """For the page of an organisation of the person's that we have asked about, when nobody has answered."""
    return Todo(
        title=f"Is the page of {partner} still right?",
        why="We ask once a year. Check it, then confirm or change it.",
        url=reverse("partner_check", args=[yearly_check.key_for(partner, email)]),
    )


def find_contacts(row) -> Todo:
    return Todo(
        title=f"Find a contact for {row.number:,} organisation{'' if row.number == 1 else 's'}",
        why="We have nobody to contact there.",
        url=reverse("partners_no_contact"),
    )


def decide(row) -> Todo:
    return Todo(
        title=f"Decide on {row.number} membership{'' if row.number == 1 else 's'}",
        why=f"{'Somebody is' if row.number == 1 else 'People are'} waiting to hear whether you accept them.",
        url=reverse("memberships"),
    )

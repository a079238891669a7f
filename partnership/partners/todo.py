"""What the directory asks of officers of an organisation, and of staff."""

from collections.abc import Iterator

from django.urls import reverse

from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.partners.actions import yearly_check
from partnership.partners.models import Membership, Partner
from partnership.todo import Todo


@todo.provider
def pages_to_check(user) -> Iterator[Todo]:
    """Pages of the person's own organisations that we have asked about, and nobody has answered for."""
    rows = Partner.objects.public().filter(pk__in=user.memberships.officers().values("partner"), asked_on__isnull=False)
    for partner in rows:
        yield Todo(
            title=f"Is the page of {partner} still right?",
            why="We ask once a year. Check it, then confirm or change it.",
            url=reverse("partner_check", args=[yearly_check.key_for(partner, user.email)]),
        )


@todo.provider
def partners_without_contact(user) -> Iterator[Todo]:
    count = Partner.objects.visible_to(user).without_contact().count() if is_partnership_staff(user) else 0
    if count:
        yield Todo(
            title=f"Find a contact for {count:,} organisation{'' if count == 1 else 's'}",
            why="We have nobody to contact there.",
            url=reverse("partners_no_contact"),
        )


@todo.provider
def memberships_to_decide(user) -> Iterator[Todo]:
    count = Membership.objects.waiting().count() if is_partnership_staff(user) else 0
    if count:
        yield Todo(
            title=f"Decide on {count} membership{'' if count == 1 else 's'}",
            why="People are waiting to hear whether you accept them.",
            url=reverse("memberships"),
        )

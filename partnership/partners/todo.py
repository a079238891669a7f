"""What the directory asks of officers of an organisation, and of staff."""

from collections.abc import Iterator

from django.db.models import Value
from django.urls import reverse

from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.partners.actions import yearly_check
from partnership.partners.models import Membership, Partner
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    own = Partner.objects.public().filter(pk__in=user.memberships.officers().values("partner"))
    yield todo.kind(check_page, own.filter(asked_on__isnull=False), "pk", "name", email=Value(user.email))
    if is_partnership_staff(user):
        yield todo.kind(find_contacts, Partner.objects.visible_to(user).without_contact()[:1], number=todo.HOW_MANY)
        yield todo.kind(decide, Membership.objects.waiting()[:1], number=todo.HOW_MANY)


def check_page(pk, name, email) -> Todo:
    """Of a page of the person's own organisation that we have asked about, and nobody has answered for."""
    return Todo(
        title=f"Is the page of {name} still right?",
        why="We ask once a year. Check it, then confirm or change it.",
        url=reverse("partner_check", args=[yearly_check.key_for(pk, email)]),
    )


def find_contacts(number) -> Todo:
    return Todo(
        title=f"Find a contact for {number:,} organisation{'' if number == 1 else 's'}",
        why="We have nobody to contact there.",
        url=reverse("partners_no_contact"),
    )


def decide(number) -> Todo:
    return Todo(
        title=f"Decide on {number} membership{'' if number == 1 else 's'}",
        why="People are waiting to hear whether you accept them.",
        url=reverse("memberships"),
    )

"""What anybody with an account may have to do first."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse

from partnership import todo
from partnership.accounts.models import User
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import is_chair
from partnership.partners.models import Membership
from partnership.todo import Todo
from places.footprint.rules import is_place_lead


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    if not (is_partnership_staff(user) or is_chair(user) or is_place_lead(user)):
        belongs = Membership.objects.live().filter(user=OuterRef("pk"))
        yield todo.kind(name_organisation, User.objects.filter(~Exists(belongs), pk=user.pk))


def name_organisation() -> Todo:
    return Todo(
        title="Say which organisation you belong to",
        why="Then you can register as a member of it. A group does not need to be registered anywhere.",
        url=reverse("organisation_join"),
    )

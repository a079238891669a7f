"""What anybody with an account may have to do first."""

from collections.abc import Iterator

from django.urls import reverse

from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import is_chair
from partnership.partners.rules import memberships_of
from partnership.todo import Todo
from places.footprint.rules import is_place_lead


@todo.provider
def kinds(user) -> Iterator[Todo]:
    if is_partnership_staff(user) or is_chair(user) or is_place_lead(user) or memberships_of(user):
        return
    yield Todo(
        title="Say which organisation you belong to",
        why="Then you can register as a member of it. A group does not need to be registered anywhere.",
        url=reverse("organisation_join"),
    )

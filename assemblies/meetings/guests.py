"""Who has a part in a meeting. Invitations and registrations come later in the order of imports: settings name them."""

from collections.abc import Collection
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

Status = tuple[str, str]  # words, and the colour of the tag


class Registrations(Protocol):
    """What lists and invitations ask of registrations."""

    def answering(self) -> QuerySet: ...

    def holding(self) -> QuerySet: ...

    def filter(self, *args: Any, **kwargs: Any) -> QuerySet: ...


def has_part(email: str) -> Q:
    """The condition that a meeting has this address among its guests: invited, or registered."""
    named = Q(pk__in=[])
    for path in settings.MEETING_GUESTS:
        named |= Q(pk__in=import_string(path)(email))
    return named


def who_registered() -> Registrations:
    """Every registration, for lists and invitations, which ask who has registered already."""
    return import_string(settings.MEETING_REGISTRATIONS)()


def invitation_status(meeting_id: int, emails: Collection[str]) -> dict[str, Status]:
    """How far the invitations to a meeting have come, by address; addresses nobody has invited are not among them."""
    return import_string(settings.MEETING_INVITATION_STATUS)(meeting_id, emails)

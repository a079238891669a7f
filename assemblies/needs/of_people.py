"""What anybody with an account may have to do: confirm, take an offered place, say where they belong."""

from collections.abc import Iterator

from django.utils import timezone

from assemblies.models import Registration
from assemblies.needs.need import Need
from partnership.boards.rules import is_chair
from partnership.ui.dates import moment
from places.rules import is_place_lead


def confirmations_and_offers(user) -> Iterator[Need]:
    rows = Registration.objects.filter(
        email=user.email, state=Registration.State.OFFERED, offered_until__gt=timezone.now()
    ).select_related("meeting")
    for row in rows:
        yield Need(
            title=f"Take your place at {row.meeting}",
            why=f"A place is free for you until {moment(row.offered_until)}. Then it goes to the next person.",
            url=f"/r/{row.key}/",
            due=timezone.localdate(row.offered_until),
        )


def organisation_to_name(user) -> Iterator[Need]:
    if user.is_staff or is_chair(user) or is_place_lead(user) or user.memberships.live().exists():
        return
    yield Need(
        title="Say which organisation you belong to",
        why="Then you can register as a member of it. A group need not be registered anywhere.",
        url="/account/organisation/",
    )

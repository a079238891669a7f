"""The people of a list as a page shows them: on which other lists they are, and how far their invitation has come."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models.functions import Lower

from assemblies.lists.import_people.repeats import may_be_one
from assemblies.lists.models import InvitationList, ListEntry
from assemblies.meetings import guests


def describe(invitation_list: InvitationList, entries: Iterable[ListEntry]) -> list[ListEntry]:
    """Returns the entries, each with `also_on`, `status`, `added_later` and `also_as`: other addresses at which one of their
    name is on this list. Three queries, however many entries."""
    entries = list(entries)
    emails = [entry.email for entry in entries]
    also_on = defaultdict(list)
    others = ListEntry.objects.filter(list__meeting=invitation_list.meeting_id, email__in=emails)
    others = others.exclude(list=invitation_list.pk).order_by("list__place__name")
    for email, place in others.values_list("email", "list__place__name"):
        also_on[email].append(place)
    invited = guests.invitation_status(invitation_list.meeting_id, emails)
    named = _with_the_names(invitation_list, entries)
    signed = invitation_list.signed_off_at
    for entry in entries:
        entry.also_on = also_on.get(entry.email, [])
        entry.status = invited.get(entry.email)
        entry.also_as = [
            other.email
            for other in named[entry.name.lower()]
            if other.pk != entry.pk and may_be_one(entry.organisation, other.organisation)
        ]
        entry.added_later = bool(signed and entry.added_at > signed)
    return entries


def _with_the_names(invitation_list: InvitationList, entries: list[ListEntry]) -> dict[str, list[ListEntry]]:
    """The entries of the list by their names in small letters, for the names of these entries."""
    named: dict[str, list[ListEntry]] = defaultdict(list)
    rows = invitation_list.entries.annotate(small=Lower("name")).filter(
        small__in={each.name.lower() for each in entries}
    )
    for entry in rows.only("name", "email", "organisation", "list").order_by("email"):
        named[entry.name.lower()].append(entry)  # type: ignore[arg-type]  # with its name in small letters
    return named


def on_how_many(lists: Iterable[InvitationList]) -> list[int]:
    """Returns, for each different person the lists name, on how many of them they are. One query."""
    return list(
        ListEntry.objects.filter(list__in=[each.pk for each in lists]).by_person().values_list("lists", flat=True)
    )

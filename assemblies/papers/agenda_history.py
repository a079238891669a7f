"""The same agenda item through the versions of an agenda: each version holds copies that name the item they follow."""

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, AgendaVersion


def roots(meeting: Meeting) -> dict[int, int]:
    """For each item of any version, the id of the item it first was. One query."""
    before = dict(AgendaItem.objects.filter(version__meeting=meeting).values_list("pk", "carried_from"))
    return {pk: _root(pk, before) for pk in before}


def heir(item: AgendaItem, version: AgendaVersion) -> AgendaItem | None:
    """The same item on that version of the agenda; None where it was taken off."""
    root_of = roots(version.meeting)
    return next((row for row in version.items.all() if root_of[row.pk] == root_of.get(item.pk)), None)


def _root(pk: int, before: dict[int, int | None]) -> int:
    while (earlier := before.get(pk)) is not None:
        pk = earlier
    return pk

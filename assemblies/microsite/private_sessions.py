"""Whether a meeting that has ended took its closed items in private: as its record says."""

from collections import defaultdict
from collections.abc import Collection

from assemblies.meetings.models import Meeting
from assemblies.papers import agenda_history
from assemblies.papers.seen_items import SeenItem
from assemblies.sittings.entry_kinds import Done, EntryKind
from assemblies.sittings.models import Sitting
from partnership.boards.grounds import Classification

RESOLVED = "Taken in private: the meeting resolved to exclude the public."
FORCED = "Taken in private, as the law requires."
OPEN = "Taken in public: the meeting did not resolve to exclude the public."
PUT_OFF = "Put off: the meeting did not take it."


def in_words(meeting: Meeting, items: Collection[SeenItem]) -> dict[int, str]:
    """By row of the agenda, of those that are closed; "" where the record does not say. Three queries; none before the record has
    ended, and where no item is closed."""
    closed = [item for item in items if item.is_closed]
    if not closed or meeting.ended_at is None:
        return {}
    sitting = Sitting.objects.ended().filter(meeting=meeting).first()
    if sitting is None:
        return {}
    root_of = agenda_history.roots(meeting)
    resolved: dict[int, dict[int, bool]] = defaultdict(dict)  # by item, then by board
    how: dict[int, str] = {}
    for row in sitting.entries.standing().filter(kind__in=[EntryKind.SESSION, EntryKind.DONE]):
        root = root_of.get(row.item_id)
        if root is None:
            continue
        if row.kind == EntryKind.SESSION:
            resolved[root][row.board_id] = row.facts["private"]
        elif row.kind == EntryKind.DONE:
            how[root] = row.facts["how"]
    return {
        item.pk: PUT_OFF if how.get(root) == Done.PUT_OFF else _in_words(meeting, item, resolved[root].values())
        for item in closed
        if (root := root_of.get(item.pk)) is not None
    }


def _in_words(meeting: Meeting, item: SeenItem, resolved: Collection[bool]) -> str:
    """Each board that takes it resolves for itself: it is in private where all of them did."""
    assert item.closure is not None, "it is closed"
    if not meeting.is_public:
        return ""
    grounds = list(item.closure.grounds.all())
    if grounds and all(each.classification == Classification.CONFIDENTIAL for each in grounds):
        return FORCED
    if not resolved:
        return ""
    return RESOLVED if all(resolved) else OPEN

"""Whether a meeting that has ended took its closed items in private: as its record says."""

from collections.abc import Collection

from assemblies.meetings.models import Meeting
from assemblies.sittings import order_of_business, picture
from assemblies.sittings.entry_kinds import Done
from assemblies.sittings.models import Sitting
from assemblies.sittings.order_of_business import Business
from assemblies.sittings.picture import Picture

RESOLVED = "Taken in private: the meeting resolved to exclude the public."
FORCED = "Taken in private, as the law requires."
OPEN = "Taken in public: the meeting did not resolve to exclude the public."
PUT_OFF = "Put off: the meeting did not take it."


def in_words(meeting: Meeting, closed: Collection[int]) -> dict[int, str]:
    """By row of the agenda, of those that are closed; nothing before the record has ended, and no query where none is closed."""
    if not closed or meeting.ended_at is None:
        return {}
    sitting = Sitting.objects.ended().filter(meeting=meeting).first()
    if sitting is None:
        return {}
    stands = picture.fold(order_of_business.read(meeting), sitting.entries.select_related("by"))
    places = {pk: item for item in stands.order.items for pk in item.pks}
    return {pk: _in_words(stands, places[pk]) for pk in closed if pk in places}


def _in_words(stands: Picture, item: Business) -> str:
    done = stands.done.get(item.place)
    if done is not None and done.facts["how"] == Done.PUT_OFF:
        return PUT_OFF
    if not stands.order.is_public:
        return ""
    if not stands.is_private(item.place):
        return OPEN
    return RESOLVED if item.needs_resolution else FORCED

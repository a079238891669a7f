"""How a meeting keeps to the times of its agenda: how long is left for the item, and when the meeting is likely to end.

Pure: it reads the order of business and when items began.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from assemblies.sittings.picture import Picture

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Pace:
    """`until`: when the time of the current item is over; `ends_at`: when the meeting ends if the item keeps to it. None where
    the agenda gives no times to say it from."""

    until: datetime | None
    ends_at: datetime | None
    now: datetime

    @property
    def left(self) -> int:
        """Minutes that are left for the item; below 0, how many it is over."""
        return -((self.now - self.until) // MINUTE) if self.until else 0

    @property
    def words(self) -> str:
        if self.until is None:
            return ""
        minutes = f"{abs(self.left)} minute{'' if abs(self.left) == 1 else 's'}"
        return f"{minutes} {'left' if self.left >= 0 else 'over'}"

    @property
    def likely_end(self) -> datetime | None:
        """When the meeting ends, with what the item is over by now."""
        return self.ends_at and self.ends_at + max(-self.left, 0) * MINUTE

    @property
    def end_minute(self) -> int:
        """`ends_at` in minutes of its day, by the clock on the wall."""
        end = timezone.localtime(self.ends_at) if self.ends_at else None
        return end.hour * 60 + end.minute if end else 0


def pace_of(picture: Picture, starts_at: datetime, ends_at: datetime, now: datetime) -> Pace:
    """The pace at the current item, by what the agenda plans for it and for the items that are still to be taken."""
    planned, place = _lengths(picture, starts_at, ends_at), picture.current
    if place not in planned or place not in picture.began:
        return Pace(None, None, now)
    waiting = {item.place for item in picture.open_items()}
    rest = sum((planned[each].length for each in waiting - {place}), timedelta())
    is_first_time = picture.began[place] == max(picture.began.values())  # when it was gone back to, nobody knows
    counts = place in waiting and planned[place].is_its_own and is_first_time
    until = picture.began[place] + planned[place].length if counts else None
    return Pace(until, (until or now) + rest, now)


class Planned(NamedTuple):
    length: timedelta
    is_its_own: bool  # it shares the time with no item that has none


def _lengths(picture: Picture, starts_at: datetime, ends_at: datetime) -> dict[int, Planned]:
    """How long each item is planned to take, by its place: until the next that has a time. Those that have none share the time
    with the one before. Nothing where no item has a time."""
    items = picture.order.items
    if not any(item.starts_at for item in items):
        return {}
    lengths: dict[int, Planned] = {}
    together: list[int] = []
    since = starts_at
    for item in (*items, None):
        begins = item.starts_at if item else ends_at
        if begins and together:
            length = max(begins - since, timedelta()) / len(together)
            lengths |= dict.fromkeys(together, Planned(length, len(together) == 1))
            together = []
        since = begins or since
        if item:
            together.append(item.place)
    return lengths

"""What another app has to say in the minutes of an item. Each app adds its own in `minutes_parts.py`:

    @minutes_parts.part
    def reaffirmed(items, board) -> Mapping[int, str]: …

The function is given the items of the agenda that the board takes, and the board. It returns text for those that it knows
something of, by their numbers, in the same number of queries however many they are: only what everybody may read who may read
the item. The text is there when the minutes are drafted; from then on it is theirs.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Write = Callable[[Sequence[Any], Any], Mapping[int, str]]
PARTS: list[Write] = []


def part(write: Write) -> Write:
    """Adds a function that says something of items."""
    PARTS.append(write)
    return write


def of(items: Sequence[Any], board: Any) -> dict[int, list[str]]:
    """What is said of each item by its number, in the order of the apps; nothing is asked where there is no item."""
    found: dict[int, list[str]] = {item.pk: [] for item in items}
    for write in PARTS if items else ():
        for pk, text in write(items, board).items():
            found[pk].append(text)
    return found

"""What stands beside a decision and belongs to a later app: what it approved, what acts on it. Each app adds its own in
`decision_links.py`:

    @decision_links.find
    def schemes(decisions, user) -> Iterable[tuple[Any, Link]]: …

The function is given the decisions that a page shows, and who looks, and yields a link for each decision that it knows
something about: in the same number of queries however many they are, and nothing this person may not open. With
`@decision_links.find_of_item` it is the same of items of the forward plan that a board has taken up, on the route of a topic.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Link:
    """Where something of another app is, what it is called, and in a few words what the decision has to do with it."""

    words: str
    url: str
    why: str = ""


Find = Callable[[Sequence[Any], Any], Iterable[tuple[Any, Link]]]
FINDERS: list[Find] = []
ITEM_FINDERS: list[Find] = []


def find(function: Find) -> Find:
    """Adds a function that finds the links of decisions."""
    FINDERS.append(function)
    return function


def find_of_item(function: Find) -> Find:
    """Adds a function that finds the links of items of the forward plan."""
    ITEM_FINDERS.append(function)
    return function


def of(decisions: Sequence[Any], user: Any) -> dict[Any, list[Link]]:
    """The links of each decision by its number, in the order of the apps; none are looked for where there is no decision."""
    return _found(FINDERS, decisions, user)


def of_items(items: Sequence[Any], user: Any) -> dict[Any, list[Link]]:
    """The links of each item of the forward plan by its number, as above."""
    return _found(ITEM_FINDERS, items, user)


def _found(finders: list[Find], things: Sequence[Any], user: Any) -> dict[Any, list[Link]]:
    found: dict[Any, list[Link]] = {thing.pk: [] for thing in things}
    for look in finders if things else ():
        for thing, link in look(things, user):
            found[thing.pk].append(link)
    return found

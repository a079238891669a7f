"""What stands beside a decision and belongs to a later app: what it approved, what acts on it. Each app adds its own in
`decision_links.py`:

    @decision_links.find
    def schemes(decisions, user) -> Iterable[tuple[Any, Link]]: …

The function is given the decisions that a page shows, and who looks, and yields a link for each decision that it knows
something about: in the same number of queries however many they are, and nothing this person may not open.
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


def find(function: Find) -> Find:
    """Adds a function that finds the links of decisions."""
    FINDERS.append(function)
    return function


def of(decisions: Sequence[Any], user: Any) -> dict[Any, list[Link]]:
    """The links of each decision by its number, in the order of the apps; none are looked for where there is no decision."""
    found: dict[Any, list[Link]] = {decision.pk: [] for decision in decisions}
    for look in FINDERS if decisions else ():
        for decision, link in look(decisions, user):
            found[decision.pk].append(link)
    return found

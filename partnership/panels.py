"""What a page shows that belongs to a later app. Each app adds its own in `panels.py`:

    @panels.on("place.main")
    def next_meetings(place, request) -> Panel | None: …

and the page says where: `{% panels "place.main" place %}`. A panel makes the same number of queries whatever it shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """A template, and what it shows beside what the page gives it."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Show = Callable[[Any, HttpRequest], Panel | None]
PANELS: dict[str, list[Show]] = {}


def on(slot: str) -> Callable[[Show], Show]:
    """Adds a panel to a slot of a page, such as "board.main". The function is given the thing the page is about."""

    def add(show: Show) -> Show:
        PANELS.setdefault(slot, []).append(show)
        return show

    return add


def of(slot: str, thing: Any, request: HttpRequest) -> list[Panel]:
    """The panels of a slot, in the order of the apps."""
    found = (show(thing, request) for show in PANELS.get(slot, ()))
    return [panel for panel in found if panel]

"""What a page shows that belongs to a later app. Each app adds its own in `panels.py`:

    @panels.on("place.main")
    def next_meetings(place, request) -> Panel | None: …

and the page says where: `{% panels "place.main" place %}`, or `{% panel each %}` where it asked before. A panel makes the same
number of queries whatever it shows, or none where the page has found out with the thing itself that there is nothing:

    panels.ask_first("meeting", has_decisions=Exists(Decision.objects.filter(meeting=OuterRef("pk"))))
    Meeting.objects.annotate(**panels.asked_first("meeting"))
    panels.may_have(meeting, "has_decisions")
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """A template, and what it shows beside what the page gives it. `part`: the anchor and the words of its heading, where
    the page lists its parts."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    part: tuple[str, str] | None = None


Show = Callable[[Any, HttpRequest], Panel | None]
PANELS: dict[str, list[Show]] = {}
ASKED_FIRST: dict[str, dict[str, Any]] = {}


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


def ask_first(kind: str, **conditions: Any) -> None:
    """Has pages about things of this kind read with each thing whether there is anything to show: a condition for each name.
    Only of tables whose every change renews the pages that are cached."""
    ASKED_FIRST.setdefault(kind, {}).update(conditions)


def asked_first(kind: str) -> dict[str, Any]:
    """Returns what is read with things of this kind, for `annotate`."""
    return dict(ASKED_FIRST.get(kind, {}))


def may_have(thing: Any, name: str) -> bool:
    """Whether a panel has to ask: False where the page read with the thing that there is nothing."""
    return getattr(thing, name, True)

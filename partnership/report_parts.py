"""A block of another app that is frozen into a cover report. Each app adds its own in `report_parts.py`:

    @report_parts.part("risks", "Risks of the programme")
    def risks(report) -> str: …

The function returns Markdown, as it stands at the moment, or "" where it has nothing to say of this report. While a report is
written the block shows what is so now; each version keeps what was so when it was made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Write = Callable[[Any], str]


@dataclass(frozen=True)
class Part:
    """A block as it stands in a report: its heading, and Markdown of the portal's own set."""

    key: str
    title: str
    text: str


PARTS: dict[str, tuple[str, Write]] = {}


def part(key: str, title: str) -> Callable[[Write], Write]:
    """Adds a block. It is given the report."""

    def add(write: Write) -> Write:
        PARTS[key] = (title, write)
        return write

    return add


def of(report: Any) -> list[Part]:
    """The blocks of this report as they stand now, in the order of the apps."""
    written = ((key, title, write(report)) for key, (title, write) in PARTS.items())
    return [Part(key, title, text) for key, title, text in written if text]

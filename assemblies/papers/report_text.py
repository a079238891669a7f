"""What a cover report says, apart from where it is kept: its fields, recommendations, sections and appendices.

Written in the browser and in Word alike, shown as a page and set into a pack. Every text is Markdown of the portal's own set:
paragraphs, bold, italics, links, bulleted and numbered lists of two levels, headings below the report's, simple tables.
Source: DOMAIN §1.3.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FIELDS = {
    "groups_affected": "Wards or groups affected",
    "from_whom": "From",
    "author": "Author",
    "risks": "Key risks and mitigations",
    "equality": "Equality impact",
    "finance": "Financial impact",
    "engagement": "Public engagement",
    "discussion": "Other discussion and engagement",
}
REPEATED = ("finance", "equality", "engagement")  # often as in the last report of the same title
SECTIONS = ("Background", "Key areas for consideration", "Next steps")  # what a new report begins with


@dataclass(frozen=True)
class Section:
    """A numbered section. `text` is Markdown; the portal numbers its paragraphs: 1.1, 1.2 …"""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Appendix:
    """A file beside the report, as its contents name it."""

    title: str


@dataclass(frozen=True)
class ReportText:
    """All that a report says. `fields` is by the names of FIELDS; a field that is not there is empty."""

    title: str
    fields: dict[str, str] = field(default_factory=dict)
    recommendations: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    appendices: tuple[Appendix, ...] = ()


def as_data(text: ReportText) -> dict[str, Any]:
    """A text as the database keeps it: lists, words and their names."""
    data = asdict(text)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in data.items()}


def from_data(data: Mapping[str, Any]) -> ReportText:
    """The text that `as_data` gave; what is not there is empty."""
    return ReportText(
        title=data.get("title", ""),
        fields=dict(data.get("fields", {})),
        recommendations=tuple(data.get("recommendations", ())),
        sections=tuple(Section(**each) for each in data.get("sections", ())),
        appendices=tuple(Appendix(**each) for each in data.get("appendices", ())),
    )


def new_text(title: str, author: str = "") -> ReportText:
    """What a new report begins with: the usual sections, empty, and its author's name."""
    return ReportText(title, {"author": author}, sections=tuple(Section(each) for each in SECTIONS))

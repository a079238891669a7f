"""What the writer and the reader of Word agree on: names of bookmarks and styles, and labels of rows."""

import re
from dataclasses import dataclass

from assemblies.papers.blocks import AppendixLink, appendix
from assemblies.papers.report_text import FIELDS

FIELD, FACT, SECTION = "report_", "fact_", "section_"  # bookmarks begin with these, and follow their row or heading
WRITTEN_FROM = "written_from_"  # and this one, at the top: which report, and as it was when
TITLE, RECOMMENDATIONS, APPENDICES = "title", "recommendations", "appendices"
LABELS = {
    TITLE: "Report title",
    **{name: label for name, label in FIELDS.items() if name in ("groups_affected", "from_whom", "author")},
    RECOMMENDATIONS: "Recommendations",
    **{name: label for name, label in FIELDS.items() if name not in ("groups_affected", "from_whom", "author")},
    APPENDICES: "Appendices",
}
FACTS = {"meeting": "Meeting", "date": "Date", "item": "Item number", "classification": "Classification"}
HEADINGS = ("Part of the report", "Text")
OTHER_LABELS = {  # as older reports have them
    "item no": "item",
    "meeting name": "meeting",
    "title": TITLE,
    "key risks": "risks",
    "equality": "equality",
    "finance": "finance",
    "financial implications": "finance",
    "engagement": "engagement",
    "report author": "author",
    "recommendation": RECOMMENDATIONS,
    "list of appendices": APPENDICES,
}
SECTIONS_FOUND = "sections"  # as a part of the report, beside the names of LABELS
NAME = "Cover report"
GUIDANCE = (
    "Write in the right-hand column, and below the headings after the table. The portal keeps bold, italics, links, lists of two "
    "levels, headings and simple tables, and lists what it cannot keep. It numbers sections and their paragraphs itself."
)
UNTITLED = "Untitled section"

NOT_IN_LABELS = re.compile(r"\(cont(inue)?d\.?\)|&|\band\b|[^\w\s()]|\d")


@dataclass(frozen=True)
class Facts:
    """What the portal knows of a report, in words. The document shows it; whoever fills it in changes nothing there."""

    meeting: str
    date: str
    item: str
    classification: str


def bookmark_of(link: AppendixLink) -> str:
    """The bookmark a link to an appendix leads to, beside its title: Word allows no hyphens in it."""
    return link.address.replace("-", "_")


def link_of(bookmark: str) -> str:
    """The address of the appendix that a bookmark stands for; empty for any other bookmark."""
    to = appendix(bookmark.replace("_", "-"))
    return to.address if to else ""


def as_label(text: str) -> str:
    """The words of a label by which it is known: "Ward(s) or groups affected:" and "Wards or groups affected" are one."""
    return " ".join(re.sub(r"[()]", "", NOT_IN_LABELS.sub(" ", text.casefold())).split())


KNOWN = {as_label(label): name for names in (LABELS, FACTS) for name, label in names.items()} | OTHER_LABELS

"""Packs for tests, and what stands in one that was built."""

from functools import cache
from pathlib import Path

import pypdf
from pypdf.generic import Destination

from assemblies.papers.pack.parts import Attachment, Pack, PackItem, Paper
from assemblies.papers.report_text import Appendix, ReportText, Section
from tests import made_pdfs

REPORT = ReportText(
    title="Recovery plan",
    fields={"author": "Ann Hill", "risks": "- one risk\n- another\n  1. inside it", "finance": "**None** now"},
    recommendations=("Agree the plan.", "Note its *risks*."),
    sections=(
        Section("Background", "First words, [the plan](https://example.org/plan).\n\n### A heading\n\nSecond words."),
        Section("Next steps", "| When | What |\n|---|---|\n| May | Report |\n\nThird words."),
    ),
    appendices=(Appendix("Slides"),),
)


def attachment(folder: Path, key: str, *pages: str, size: tuple[float, float] = made_pdfs.A4, **more) -> Attachment:
    path = folder / f"{key}.pdf"
    path.write_bytes(made_pdfs.words(*pages, size=size))
    return Attachment(key, more.pop("title", f"File {key}"), path, (size,) * len(pages), **more)


def pack(*items: PackItem, **more) -> Pack:
    known = {
        "board": "Health Board",
        "meeting": "Meeting in public",
        "day": "Monday 14 September 2020",
        "place": "Town Hall",
        "recording": "Anybody present may film this meeting.",
        "contact": "papers@example.org",
    }
    return Pack(items=items, **known | more)


def text_only() -> Pack:
    item = PackItem("item-2", "2", "Recovery", "Decision", "9.30am", papers=(Paper("paper-1", REPORT),))
    return pack(PackItem("item-1", "1", "Welcome", "Information"), item)


def whole(folder: Path) -> Pack:
    """Open papers with uploaded pages, upright and landscape; and a closed part."""
    slides = attachment(folder, "slides", "One", "Two", "Three", size=(842, 595), points=(("slides 2 to 3", 2),))
    tagged = attachment(folder, "tagged", "Tagged page", tagged=True, title="A tagged file")
    contract = attachment(folder, "contract", "Contract page", title="The contract")
    recovery = Paper("paper-1", REPORT, attachments=(slides,))
    items = (
        PackItem("item-1", "1", "Welcome", "Information"),
        PackItem("item-2", "2", "Recovery", "Decision", papers=(recovery, tagged)),
        PackItem("item-3", "3", "A contract", "Decision", closed="Exempt: paragraph 3"),
    )
    secret = ReportText("What the contract costs", sections=(Section("Costs", "MARKER-CLOSED words."),))
    closed = PackItem(
        "closed-3",
        "3",
        "A contract",
        closed="Exempt: paragraph 3",
        papers=(Paper("paper-2", secret, "Exempt", (contract,)),),
    )
    return pack(*items, closed_items=(closed,))


def read(path: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(path)


@cache
def texts(path: Path) -> list[str]:
    return [page.extract_text() for page in read(path).pages]


def bookmarks(reader: pypdf.PdfReader) -> dict[str, int]:
    """The titles of all bookmarks, and the page each leads to, from 1."""

    def each(outline) -> list[Destination]:
        return [found for part in outline for found in (each(part) if isinstance(part, list) else [part])]

    return {str(mark.title): reader.get_destination_page_number(mark) + 1 for mark in each(reader.outline)}


def links(reader: pypdf.PdfReader, sheet: int) -> list[int | str]:
    """Where the links of a page lead: to a page of the file, or a web address."""
    found: list[int | str] = []
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    for mark in (each.get_object() for each in reader.pages[sheet - 1].get("/Annots", [])):
        action = mark.get("/A", {})
        if "/URI" in action:
            found.append(str(action["/URI"]))
            continue
        to = mark.get("/Dest", action.get("/D"))
        if isinstance(to, str):
            to = reader.named_destinations[to].dest_array
        found.append(pages[to[0].idnum if hasattr(to[0], "idnum") else to.raw_get(0).idnum])
    return list(dict.fromkeys(found))  # a link may lie on two lines


def tags(reader: pypdf.PdfReader) -> list[str]:
    """The tags of the file, in the order in which a screen reader meets them."""

    def each(node) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [tag for part in node for tag in each(part)]
        if not isinstance(node, dict):
            return []
        own = [str(node["/S"])] if "/S" in node else []
        return own + (each(node["/K"]) if "/K" in node else [])

    return each(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])


def alternatives(reader: pypdf.PdfReader) -> list[str]:
    """The words that stand for its pictures, in order."""

    def each(node) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [words for part in node for words in each(part)]
        if not isinstance(node, dict):
            return []
        own = [str(node["/Alt"])] if "/Alt" in node and node.get("/S") == "/Figure" else []
        return own + (each(node["/K"]) if "/K" in node else [])

    return each(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])

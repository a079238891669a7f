"""Writes a cover report as a Word document that a person can fill in and send back.

In plain XML: what a report needs of Word (numbering, links, bookmarks, a row of headings, the language) has no name in the
libraries that write it. Styles and lists are parts of their own, in the folder `parts`. The same report gives the same bytes.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import (  # only written: nothing foreign is read here
    Element,
    SubElement,
    register_namespace,
    tostring,
)

from assemblies.papers.blocks import AppendixLink, Block, Heading, Item, Paragraph, Run, Table, appendix
from assemblies.papers.markdown import appendix_links, canonical_report, one_line, parse
from assemblies.papers.report_text import ReportText
from assemblies.papers.word import layout
from assemblies.papers.word.layout import APPENDICES, FACTS, LABELS, RECOMMENDATIONS, TITLE, Facts

PARTS = Path(__file__).parent / "parts"
STATIC = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = f"{PACKAGE}/metadata/core-properties"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
for prefix, namespace in (("w", WORD), ("r", RELATIONSHIPS), ("dc", DUBLIN_CORE), ("cp", CORE)):
    register_namespace(prefix, namespace)
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LANGUAGE = "en-GB"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NUMBERS = 4  # the list of numbers in parts/numbering.xml; each list that begins at 1 is one more of its kind
FIRST_FREE_LIST = 5
WIDTH, WIDTH_OF_LABELS = 9638, 2600  # twentieths of a point: A4 between margins of 2 cm
PAGE = {"w": "11906", "h": "16838"}
MARGINS = (
    dict.fromkeys(("top", "right", "bottom", "left"), "1134")
    | dict.fromkeys(("header", "footer"), "709")
    | {"gutter": "0"}
)


def write(text: ReportText, facts: Facts, *, written_from: str = "") -> bytes:
    """Returns the report as a .docx file, empty fields included. `facts` are shown; who fills the document in changes none.
    `written_from`, letters, digits and "_", comes back with it and is not shown."""
    return _Writer(canonical_report(text), facts, written_from).packed()


def element(tag: str, *children: Element, **attributes: str) -> Element:
    """An element of Word's own language, with attributes of it."""
    made = Element(f"{{{WORD}}}{tag}", {f"{{{WORD}}}{name}": value for name, value in attributes.items()})
    made.extend(children)
    return made


class _Writer:
    """One document that is being written."""

    def __init__(self, text: ReportText, facts: Facts, written_from: str) -> None:
        self.text, self.facts = text, facts
        self.origin = [f"{layout.WRITTEN_FROM}{written_from}"] if written_from else []
        self.links: dict[str, str] = {}  # the id of each address outside the document
        self.to_appendices = appendix_links(text)
        self.lists = FIRST_FREE_LIST
        self.bookmarks = 0

    def packed(self) -> bytes:
        document = element("document", element("body", *self._body()))
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            parts = {name: (PARTS / file).read_bytes() for name, file in STATIC.items()}
            parts |= {
                "docProps/core.xml": self._properties(),
                "word/document.xml": _printed(document),
                "word/numbering.xml": self._numbering(),
                "word/_rels/document.xml.rels": self._relationships(),
            }
            for name, data in parts.items():
                packed = zipfile.ZipInfo(name)
                packed.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(packed, data)
        return out.getvalue()

    def _body(self) -> Iterator[Element]:
        yield self._paragraph("Title", [Run(layout.NAME)], bookmarks=self.origin)
        yield self._paragraph("", [Run(layout.GUIDANCE)])
        yield self._fields()
        yield element("p")
        for number, section in enumerate(self.text.sections, 1):
            title = [Run(section.title or layout.UNTITLED)]
            yield self._paragraph("Heading1", title, bookmarks=[f"{layout.SECTION}{number}"])
            yield from self._blocks(parse(section.text), paragraph="ReportParagraph")
        yield element("sectPr", element("pgSz", **PAGE), element("pgMar", **MARGINS))

    def _fields(self) -> Element:
        rows = [self._row(layout.HEADINGS[0], [], [self._paragraph("", [Run(layout.HEADINGS[1])])])]
        for name, label in FACTS.items():
            said = [Run(one_line(getattr(self.facts, name)))]
            rows.append(self._row(label, [f"{layout.FACT}{name}"], [self._paragraph("", said)]))
        for name, label in LABELS.items():
            rows.append(self._row(label, [f"{layout.FIELD}{name}"], list(self._field(name))))
        return _table(rows, [WIDTH_OF_LABELS, WIDTH - WIDTH_OF_LABELS], first_column=True)

    def _row(self, label: str, bookmarks: list[str], content: list[Element]) -> list[list[Element]]:
        return [[self._paragraph("", [Run(label)], bookmarks=bookmarks)], content]

    def _field(self, name: str) -> Iterator[Element]:
        if name == TITLE:
            yield self._paragraph("", [Run(self.text.title)])
        elif name == RECOMMENDATIONS:
            for recommendation in self.text.recommendations or ("",):
                yield from self._recommendation(recommendation)
        elif name == APPENDICES:
            for number, title in enumerate([each.title for each in self.text.appendices] or [""], 1):
                yield self._paragraph("ListBullet", [Run(title)], bookmarks=self._led_to(number))
        else:
            yield from self._blocks(parse(self.text.fields.get(name, "")))

    def _led_to(self, appendix: int) -> list[str]:
        """The bookmarks of an appendix: one for itself, and one for each of its pages that a link leads to."""
        found = {AppendixLink(appendix), *(link for link in self.to_appendices if link.number == appendix)}
        return [layout.bookmark_of(link) for link in sorted(found)]

    def _recommendation(self, text: str) -> Iterator[Element]:
        """Begins with a numbered paragraph, which is empty where the recommendation begins with a list or a table."""
        first, *rest = parse(text) or (Paragraph(()),)
        if not isinstance(first, Paragraph):
            first, rest = Paragraph(()), [first, *rest]
        yield self._paragraph("Recommendation", first.runs)
        yield from self._blocks(rest)

    def _blocks(self, blocks: Iterable[Block], *, paragraph: str = "") -> Iterator[Element]:
        lists: dict[int, int] = {}  # the numbered lists we are in, by level
        for block in blocks:
            if not isinstance(block, Item):
                lists = {}
            if isinstance(block, Table):
                rows = [[[self._paragraph("", runs)] for runs in row] for row in block.rows]
                yield _table(rows, [WIDTH // len(block.rows[0])] * len(block.rows[0]))
                yield element("p")  # two tables that touch would be one
            elif isinstance(block, Heading):
                yield self._paragraph(f"Heading{block.level + 1}", block.runs)
            elif isinstance(block, Item):
                yield self._item(block, lists)
            else:
                yield self._paragraph(paragraph, block.runs)

    def _item(self, item: Item, lists: dict[int, int]) -> Element:
        style = f"List{'Number' if item.ordered else 'Bullet'}{'' if item.level == 1 else item.level}"
        if item.level == 1:
            lists.pop(2, None)
        if not item.ordered:
            lists.pop(item.level, None)
            return self._paragraph(style, item.runs)
        if item.level not in lists:
            lists[item.level], self.lists = self.lists, self.lists + 1
        level, number = element("ilvl", val=str(item.level - 1)), element("numId", val=str(lists[item.level]))
        return self._paragraph(style, item.runs, element("numPr", level, number))

    def _paragraph(
        self, style: str, runs: Iterable[Run], *properties: Element, bookmarks: Sequence[str] = ()
    ) -> Element:
        made = element("p")
        if style:
            made.append(element("pPr", element("pStyle", val=style), *properties))
        numbers = [str(self.bookmarks + place) for place in range(len(bookmarks))]
        self.bookmarks += len(bookmarks)
        made.extend(element("bookmarkStart", id=each, name=name) for each, name in zip(numbers, bookmarks, strict=True))
        made.extend(self._run(run) for run in runs if run.text)
        made.extend(element("bookmarkEnd", id=each) for each in numbers)
        return made

    def _run(self, run: Run) -> Element:
        made = element("r")
        look = [element("rStyle", val="Hyperlink")] if run.link else []
        look += [element(tag) for tag, wanted in (("b", run.bold), ("i", run.italic)) if wanted]
        if look:
            made.append(element("rPr", *look))
        for number, line in enumerate(run.text.split("\n")):
            if number:
                made.append(element("br"))
            text = element("t")
            text.text = line
            text.set(SPACE, "preserve")
            made.append(text)
        if not run.link:
            return made
        if to := appendix(run.link):
            return element("hyperlink", made, anchor=layout.bookmark_of(to))
        link = element("hyperlink", made)
        link.set(f"{{{RELATIONSHIPS}}}id", self.links.setdefault(run.link, f"rId{len(self.links) + 100}"))
        return link

    def _numbering(self) -> bytes:
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{NUMBERS}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
            '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for number in range(FIRST_FREE_LIST, self.lists)
        )
        end = "</w:numbering>"
        return (PARTS / "numbering.xml").read_text(encoding="utf-8").replace(end, f"{lists}{end}").encode()

    def _relationships(self) -> bytes:
        parts = [(name, name, f"{name}.xml", "") for name in ("styles", "numbering", "settings")]
        parts += [(number, "hyperlink", address, ' TargetMode="External"') for address, number in self.links.items()]
        lines = "".join(
            f'<Relationship Id="{number}" Type="{RELATIONSHIPS}/{kind}" Target="{escape(target)}"{mode}/>'
            for number, kind, target, mode in parts
        )
        return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'.encode()

    def _properties(self) -> bytes:
        root = Element(f"{{{CORE}}}coreProperties")
        title = self.text.title or one_line(f"Cover report for {self.facts.meeting}")
        subject = one_line(f"{self.facts.meeting}, {self.facts.date}")
        for name, said in (("title", title), ("subject", subject), ("language", LANGUAGE)):
            SubElement(root, f"{{{DUBLIN_CORE}}}{name}").text = said
        return _printed(root)


def _table(rows: list[list[list[Element]]], widths: list[int], *, first_column: bool = False) -> Element:
    """A table of cells, each with its paragraphs. Its first row holds headings and stands on each page."""
    look = element("tblLook", val="04A0" if first_column else "0420", firstRow="1", lastRow="0",
                   firstColumn=str(int(first_column)), lastColumn="0", noHBand="1", noVBand="1")  # fmt: skip
    made = element(
        "tbl",
        element("tblPr", element("tblStyle", val="ReportTable"), element("tblW", w="5000", type="pct"), look),
        element("tblGrid", *(element("gridCol", w=str(width)) for width in widths)),
    )
    for number, row in enumerate(rows):
        cells = [
            element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), *(content or [element("p")]))
            for content, width in zip(row, widths, strict=True)
        ]
        made.append(element("tr", *([] if number else [element("trPr", element("tblHeader"))]), *cells))
    return made


def _printed(root: Element) -> bytes:
    return tostring(root, encoding="UTF-8", xml_declaration=True)

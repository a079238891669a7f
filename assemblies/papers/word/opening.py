"""Opens a Word document: its parts as trees of XML, parsed with limits. Only in the child process of `safely`.

Nothing is unpacked to a disk, and nothing that a document points to is fetched.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import iterparse

from partnership.files import kinds
from partnership.files.limits import (
    DEEPEST_ELEMENT,
    MOST_CHARACTERS_OF_A_REPORT,
    MOST_ELEMENTS,
    MOST_OF_A_PART_OF_A_REPORT,
)
from partnership.refusals import Refusal

# What forged, damaged or cut files raise; anything else is a fault of ours, and ends the child process.
BROKEN = (ParseError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, NotImplementedError, OSError, EOFError)
DAMAGED = "The document is damaged: open it in Word, save it again and send the new one"
TOO_LONG = (
    "The document is too long for a cover report: send only the report, with its appendices as files of their own"
)
TOO_DEEP = "The document is built in a way we cannot read: copy its text into a new document and send that"
SAID = {
    kinds.OLD_OFFICE: "This is a document of the old kind (.doc): open it in Word, save it as .docx and send that",
    kinds.LOCKED_OFFICE: "The document is locked with a password: save it without one and send that",
    kinds.ODT: "This is an OpenDocument text: save it as a Word document (.docx) and send that",
    kinds.RTF: "This is a Rich Text document: save it as a Word document (.docx) and send that",
    kinds.PDF: "This is a PDF: send the Word document (.docx) it was made from",
}
MACROS = "The document holds macros: save it without them, as .docx"

OFFICE = "http://schemas.openxmlformats.org/"
STRICT = "http://purl.oclc.org/ooxml/"
PREFIXES = {
    f"{OFFICE}wordprocessingml/2006/main": "w",
    f"{STRICT}wordprocessingml/main": "w",
    f"{OFFICE}officeDocument/2006/relationships": "r",
    f"{STRICT}officeDocument/relationships": "r",
    f"{OFFICE}officeDocument/2006/math": "m",
    f"{STRICT}officeDocument/math": "m",
    f"{OFFICE}drawingml/2006/main": "a",
    f"{STRICT}drawingml/main": "a",
    f"{OFFICE}drawingml/2006/wordprocessingDrawing": "wp",
    f"{STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{OFFICE}markup-compatibility/2006": "mc",
    f"{OFFICE}package/2006/relationships": "rel",
    "urn:schemas-microsoft-com:vml": "v",
}
DOCUMENT = re.compile(r"word/document\d*\.xml")  # Word on the web gives it a number


class Package:
    """The parts of one document. Names of elements and attributes are short: "w:p", "r:id"."""

    def __init__(self, data: bytes) -> None:
        kind = kinds.recognise(data)
        if kind.macros:
            raise Refusal(MACROS, "file")
        if kind != kinds.DOCX:
            raise Refusal(SAID.get(kind, f"This is {kind} file: send a Word document (.docx)"), "file")
        self.archive = zipfile.ZipFile(BytesIO(data))
        names = self.archive.namelist()
        if len(set(names)) != len(names):  # Word might read the one, we the other
            raise zipfile.BadZipFile("a part is there twice")
        self.names = set(names)
        self.elements = self.characters = 0
        main = [target for kind, target in self._targets("") if kind == "officeDocument"]
        if len(main) != 1 or not DOCUMENT.fullmatch(main[0]):
            raise zipfile.BadZipFile("the document is another part than it seems")
        self.name = main[0]
        self.document = self._part(self.name)

    def parts(self, kind: str) -> list[Element]:
        """The parts of this kind that the document names, such as "styles" or "header"."""
        return [
            self._part(target) for said, target in self._targets(self.name) if said == kind and target in self.names
        ]

    def part(self, kind: str) -> Element:
        """The first part of this kind; an empty one where there is none."""
        return next(iter(self.parts(kind)), Element(kind))

    def links(self) -> dict[str, str]:
        """The address of each link by its id."""
        return {
            each.get("Id", ""): each.get("Target", "")
            for each in self._relationships(self.name)
            if _last(each.get("Type", "")) == "hyperlink"
        }

    def _targets(self, part: str) -> Iterator[tuple[str, str]]:
        """The kind and the name of each part inside the document that this part names."""
        for each in self._relationships(part):
            if each.get("TargetMode") != "External":
                yield _last(each.get("Type", "")), _name(part, each.get("Target", ""))

    def _relationships(self, part: str) -> list[Element]:
        folder, _, name = part.rpartition("/")
        path = join(folder, "_rels", f"{name}.rels")
        return list(self._part(path).iter("rel:Relationship")) if path in self.names else []

    def _part(self, name: str) -> Element:
        info = self.archive.getinfo(name)
        if info.file_size > MOST_OF_A_PART_OF_A_REPORT:
            raise Refusal(TOO_LONG, "file")
        short: dict[str, str] = {}
        root, depth = None, 0
        with self.archive.open(info) as part:
            for event, element in iterparse(part, events=("start", "end"), forbid_dtd=True):
                if event == "end":
                    depth -= 1
                    self._count(element)
                    continue
                depth += 1
                root = element if root is None else root
                if depth > DEEPEST_ELEMENT:
                    raise Refusal(TOO_DEEP, "file")
                element.tag = _short(element.tag, short)
                element.attrib = {_short(each, short): value for each, value in element.attrib.items()}
        assert root is not None, "what has no element does not parse"
        return root

    def _count(self, element: Element) -> None:
        self.elements += 1
        self.characters += len(element.text or "") + len(element.tail or "")
        if self.elements > MOST_ELEMENTS or self.characters > MOST_CHARACTERS_OF_A_REPORT:
            raise Refusal(TOO_LONG, "file")


def _short(name: str, known: dict[str, str]) -> str:
    if name not in known:
        namespace, _, local = name.rpartition("}")
        prefix = PREFIXES.get(namespace[1:])
        known[name] = f"{prefix}:{local}" if prefix else local
    return known[name]


def _last(kind: str) -> str:
    return kind.rpartition("/")[2]


def _name(part: str, target: str) -> str:
    """The name in the archive. A path that leaves the archive is the name of nothing in it."""
    return target[1:] if target.startswith("/") else normpath(join(part.rpartition("/")[0], target))

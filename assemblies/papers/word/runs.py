"""Reads the words of a paragraph: runs as they look, and what else stands between them, which is noted or asked about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from assemblies.papers.blocks import Run, address
from assemblies.papers.word import layout
from assemblies.papers.word.findings import COMMENT, HIDDEN, TEXT_BOX, TRACKED, Findings, by, quoted
from assemblies.papers.word.looks import Looks, below
from assemblies.papers.word.opening import TOO_DEEP, Package
from partnership.refusals import Refusal

READ_THROUGH = {"w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:sdtContent", "w:rubyBase"}
SILENT = {  # they say nothing, or only how a page is made
    "w:pPr", "w:rPr", "w:tcPr", "w:tblPr", "w:tblPrEx", "w:tblGrid", "w:trPr", "w:sdtPr", "w:sdtEndPr", "w:sectPr",
    "w:smartTagPr", "w:customXmlPr", "w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:proofErr",
    "w:permStart", "w:permEnd", "w:lastRenderedPageBreak", "w:annotationRef", "w:footnoteRef", "w:endnoteRef",
    "w:separator", "w:continuationSeparator", "w:rubyPr", "w:softHyphen",
}  # fmt: skip
INSERTED, DELETED = ("w:ins", "w:moveTo"), ("w:del", "w:moveFrom")
TEXTS = {"w:t", "w:delText", "m:t"}
CHARACTERS = {"w:tab": " ", "w:ptab": " ", "w:cr": "\n", "w:noBreakHyphen": "‑"}
MOST_FIELDS_IN_ONE_ANOTHER = 30
KNOWN_TO_WORD = re.compile(r"(wp[sgci]|w1[4-6]\w*|wp1[45]|cx\d*|am3d|a\d+|aink|v|o|wne|w|r|m)(\s+|$)")
LINK = re.compile(r'\bHYPERLINK(?:\s+"([^"]*)")?(?:\s+\\l\s+"([^"]*)")?', re.IGNORECASE)
BEYOND = {  # formatting of a run that is not of our set
    "w:u": "underlining",
    "w:strike": "strikethrough",
    "w:dstrike": "strikethrough",
    "w:vertAlign": "raised or lowered letters",
    "w:highlight": "highlighting",
    "w:shd": "highlighting",
    "w:color": "coloured text",
    "w:caps": "capitals",
    "w:smallCaps": "capitals",
}
LOOKS_OF_LINKS = {"underlining", "coloured text"}
NO_LOOK = {"0", "false", "off", "none", "auto", "clear", "baseline", "000000", "windowText"}
PICTURES = {"chart": "A chart", "diagram": "A diagram", "picture": "A picture", "lockedCanvas": "A drawing"}


@dataclass
class _Field:
    """A field of Word, such as a link: what it does stands before what it shows."""

    does: str = ""
    shows: bool = False
    link: str = ""


class RunReader:
    """Reads paragraphs in one of two ways: with tracked changes accepted, or rejected."""

    def __init__(self, package: Package, findings: Findings, *, accept: bool) -> None:
        self.looks, self.findings, self.accept = Looks(package), findings, accept
        self.targets = package.links()
        self.comments = {each.get("w:id"): each for each in package.part("comments").iter("w:comment")}
        self.footnotes = {
            (kind, each.get("w:id")): each
            for kind in ("footnote", "endnote")
            for each in package.part(f"{kind}s").iter(f"w:{kind}")
        }
        self.fields: list[_Field] = []

    def runs(self, paragraph: Element) -> tuple[Run, ...]:
        """The runs of a paragraph as they stand, not in normal form."""
        properties = paragraph.find("w:pPr")
        self.style = self.looks.style(properties)
        self.is_heading = self.looks.heading(properties) > 0
        found = tuple(self._inline(paragraph, ""))
        self.fields = [field for field in self.fields if field.shows]  # one that never shows anything hides nothing
        return found

    def is_taken(self, element: Element) -> bool:
        """Whether what a tracked change holds is read in this way of reading; asks about the change."""
        inserts = element.tag in INSERTED
        words = {"w:ins": "inserted", "w:del": "deleted", "w:moveTo": "moved here", "w:moveFrom": "moved away"}
        self.ask_change(element, f"{words[element.tag]} {quoted(words_of(element))}")
        return inserts == self.accept

    def ask_change(self, element: Element, what: str) -> None:
        who = by(element.get("w:author", ""), element.get("w:date", ""))
        self.findings.ask(TRACKED, f"{who} {what}.")

    def note_unread(self, element: Element) -> None:
        """Whatever we do not know is noted with its words, if it has any."""
        if element.tag not in SILENT and (words := words_of(element)):
            self.findings.note(f"We could not read this: {quoted(words)}.")

    def _inline(self, parent: Element, link: str) -> Iterator[Run]:
        for child in children(parent):
            if child.tag == "w:r":
                yield from self._run(child, link)
            elif child.tag == "w:hyperlink":
                yield from self._inline(child, self._link(child) or link)
            elif child.tag in INSERTED or child.tag in DELETED:
                if self.is_taken(child):
                    yield from self._inline(child, link)
            elif child.tag == "w:sdt":
                yield from self._control(child, link)
            elif child.tag == "w:fldSimple":
                yield from self._inline(child, self._link_of(child.get("w:instr", "")) or link)
            elif child.tag in READ_THROUGH:
                yield from self._inline(child, link)
            elif child.tag in ("m:oMath", "m:oMathPara"):
                self.findings.note(f"An equation: {quoted(words_of(child))}.")
            else:
                self.note_unread(child)

    def _control(self, control: Element, link: str) -> Iterator[Run]:
        """A content control is read through, but what it shows while nobody has filled it in is no text."""
        if below(control, "w:sdtPr/w:showingPlcHdr") is None:
            for content in control.findall("w:sdtContent"):
                yield from self._inline(content, link)

    def _link(self, element: Element) -> str:
        target, place = self.targets.get(element.get("r:id", ""), ""), element.get("w:anchor", "")
        if place and not element.get("r:id"):
            return self._inner_link(place, words_of(element))
        return self._checked(target, place)

    def _link_of(self, does: str) -> str:
        found = LINK.search(does)
        target, place = (found[1] or "", found[2] or "") if found else ("", "")
        return self._inner_link(place, place) if place and not target else self._checked(target, place)

    def _inner_link(self, bookmark: str, words: str) -> str:
        if not (link := layout.link_of(bookmark)):
            self.findings.note(f"A link to another place of the document: {quoted(words)}. We kept its words.")
        return link

    def _checked(self, target: str, place: str = "") -> str:
        """The address with the place in the page, which Word keeps apart; empty where it leads nowhere."""
        link = f"{target}#{place}" if target and place and "#" not in target else target
        if link and not address(link):
            self.findings.note(
                f"A link that does not lead to the web, an email or an appendix: {quoted(link)}. We kept its words."
            )
            return ""
        return link

    def _run(self, run: Element, link: str) -> Iterator[Run]:
        properties = run.find("w:rPr")
        style = "" if self.is_heading else self.style  # headings are bold by their style, and no less a heading without
        look = Run("", bold=self.looks.run("w:b", properties, style), italic=self.looks.run("w:i", properties, style))
        shown = []
        for piece in self._pieces(run):
            inner = next((field.link for field in reversed(self.fields) if field.link), "")
            shown.append(replace(look, text=piece, link=link or inner))
        if not (words := "".join(each.text for each in shown)).strip():
            yield from shown
        elif self.looks.run("w:vanish", properties, self.style):
            self._ask_hidden(words)
        else:
            self._note_look(properties, words, is_link=any(each.link for each in shown))
            yield from shown

    def _pieces(self, run: Element) -> Iterator[str]:  # noqa: C901, PLR0912 - a branch for each kind of element
        for child in children(run):
            tag = child.tag
            if tag in ("w:t", "w:delText"):
                if self._is_shown():
                    yield child.text or ""
                elif (child.text or "").strip():
                    self._ask_hidden(child.text or "")
            elif tag in CHARACTERS:
                yield CHARACTERS[tag]
            elif tag == "w:br":
                yield "\n" if child.get("w:type", "textWrapping") == "textWrapping" else " "
            elif tag == "w:fldChar":
                self._mark_field(child.get("w:fldCharType", ""))
            elif tag in ("w:instrText", "w:delInstrText"):
                if self.fields:
                    self.fields[-1].does += child.text or ""
            elif tag in ("w:drawing", "w:pict", "w:object"):
                self._graphic(child)
            elif tag in ("w:footnoteReference", "w:endnoteReference"):
                kind = tag[2:].removesuffix("Reference")
                self.findings.note(f"A {kind}: {quoted(words_of(self.footnotes.get((kind, child.get('w:id')))))}.")
            elif tag == "w:commentReference":
                if (comment := self.comments.pop(child.get("w:id"), None)) is not None:
                    self.ask_comment(comment)
            elif tag == "w:sym":
                self.findings.note(f"A symbol of the font {quoted(child.get('w:font', ''))}.")
            elif tag == "w:contentPart":
                self.findings.note("Something drawn by hand.")
            elif tag in ("w:ruby", "w:rubyBase") or tag == "w:r":
                yield from self._pieces(child)
            else:
                self.note_unread(child)

    def ask_comment(self, comment: Element) -> None:
        who = by(comment.get("w:author", ""), comment.get("w:date", ""))
        self.findings.ask(COMMENT, f"{who} commented {quoted(words_of(comment))}.")

    def _ask_hidden(self, words: str) -> None:
        self.findings.ask(HIDDEN, f"Hidden text: {quoted(words)}. It was not read.")

    def _is_shown(self) -> bool:
        return all(field.shows for field in self.fields)

    def _mark_field(self, kind: str) -> None:
        if kind == "begin":
            if len(self.fields) == MOST_FIELDS_IN_ONE_ANOTHER:
                raise Refusal(TOO_DEEP, "file")
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
            self.fields[-1].link = self._link_of(self.fields[-1].does)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note_look(self, properties: Element | None, words: str, *, is_link: bool) -> None:
        for each in properties if properties is not None else ():
            if each.tag == "w:rPrChange":
                self.findings.note(f"The look of {quoted(words)} is a tracked change. We read it as it looks now.")
            name = BEYOND.get(each.tag)
            said = each.get("w:fill", "auto") if each.tag == "w:shd" else each.get("w:val", "1")
            is_white_ground = name == "highlighting" and said.upper() == "FFFFFF"
            if name and said not in NO_LOOK and not is_white_ground and not (is_link and name in LOOKS_OF_LINKS):
                self.findings.note_look(name, words)

    def _graphic(self, graphic: Element) -> None:
        boxes = list(outermost(graphic, "w:txbxContent"))
        for box in boxes:
            if words := words_of(box):
                self.findings.ask(TEXT_BOX, f"A text box says {quoted(words)}. It was not read.")
        for path in graphic.iter("v:textpath"):
            self.findings.ask(TEXT_BOX, f"A drawing says {quoted(path.get('string', ''))}. It was not read.")
        if what := self._picture(graphic, has_boxes=bool(boxes)):
            described = next((said for each in graphic.iter("wp:docPr") if (said := each.get("descr", "").strip())), "")
            self.findings.note(f"{what}{f', described as {quoted(described)}' if described else ''}.")

    def _picture(self, graphic: Element, *, has_boxes: bool) -> str:
        if graphic.tag == "w:object":
            return "An embedded object"
        found = [each.get("uri", "").rpartition("/")[2] for each in graphic.iter("a:graphicData")]
        for kind, name in PICTURES.items():
            if kind in found:
                return name
        if any(True for _ in graphic.iter("v:imagedata")) or any(True for _ in graphic.iter("a:blip")):
            return "A picture"
        is_word_art = any(True for _ in graphic.iter("v:textpath"))
        return "" if has_boxes or is_word_art else "A drawing"


def children(parent: Element) -> Iterator[Element]:
    """The elements below one; of alternatives the one that Word shows."""
    for child in parent:
        if child.tag == "mc:AlternateContent":
            chosen = _chosen(child)
            if chosen is not None:
                yield from children(chosen)
        else:
            yield child


def words_of(element: Element | None) -> str:
    """All words in an element with spaces between paragraphs, whatever they look like, and those of alternatives once."""
    return " ".join("".join(_texts(element)).split()) if element is not None else ""


def outermost(element: Element, tag: str) -> Iterator[Element]:
    """The elements of this name that stand in no other of it."""
    for child in children(element):
        if child.tag == tag:
            yield child
        else:
            yield from outermost(child, tag)


def _texts(element: Element) -> Iterator[str]:
    if element.tag in TEXTS:
        yield element.text or ""
    elif element.tag in CHARACTERS or element.tag == "w:br":
        yield " "
    for child in children(element):
        yield from _texts(child)
    if element.tag == "w:p":
        yield " "


def _chosen(alternatives: Element) -> Element | None:
    for choice in alternatives.findall("mc:Choice"):
        wanted = choice.get("Requires", "").split()
        if all(KNOWN_TO_WORD.fullmatch(each) for each in wanted):
            return choice
    return alternatives.find("mc:Fallback")

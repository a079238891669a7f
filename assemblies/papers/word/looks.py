"""How a paragraph or a run looks by its styles, and which list it is an item of, as Word works it out."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from assemblies.papers.word.opening import Package

HEADING = re.compile(r"heading (\d)")
LIST = re.compile(r"list (?:bullet|number) (\d)")  # in Word each level of these is a list of its own
OFF = {"0", "false", "off", "none"}
MOST_STYLES_ABOVE = 20  # that one style may be based on; a ring of them ends there


class Place(NamedTuple):
    """The list a paragraph belongs to, its level from 0, and how Word counts there: "bullet", "decimal" …"""

    number: str
    level: int
    format: str

    @property
    def ordered(self) -> bool:
        return self.format != "bullet"


def below(element: Element | None, path: str) -> Element | None:
    """The first element at the path, such as "w:pPr/w:numPr"."""
    for tag in path.split("/"):
        element = element.find(tag) if element is not None else None
    return element


def value(element: Element | None, path: str = "") -> str:
    """The w:val of an element, or of the one at the path below it; empty where there is none."""
    found = below(element, path) if path else element
    return found.get("w:val", "") if found is not None else ""


def is_on(element: Element | None) -> bool:
    return element is not None and element.get("w:val", "1").lower() not in OFF


class Looks:
    """The styles and lists of one document."""

    def __init__(self, package: Package) -> None:
        styles, numbering = package.part("styles"), package.part("numbering")
        self.styles = {each.get("w:styleId", ""): each for each in styles.iter("w:style")}
        plain = [name for name, each in self.styles.items()
                 if each.get("w:type") == "paragraph" and each.get("w:default") in ("1", "true")]  # fmt: skip
        self.plain = plain[0] if plain else ""
        self.kinds = {each.get("w:abstractNumId", ""): each for each in numbering.iter("w:abstractNum")}
        self.numbers = {each.get("w:numId", ""): each for each in numbering.iter("w:num")}
        self.find = lru_cache(maxsize=2000)(self._find)
        self.heading_of_style = lru_cache(maxsize=2000)(self._heading_of_style)
        self.level_of_style = lru_cache(maxsize=2000)(self._level_of_style)
        self.format = lru_cache(maxsize=2000)(self._format)
        self.counts_sections = lru_cache(maxsize=2000)(self._counts_sections)

    def heading(self, properties: Element | None) -> int:
        """The level of a heading, from 1; 0 for any other paragraph."""
        level = value(properties, "w:outlineLvl")
        if level.isdecimal() and len(level) == 1:
            return int(level) + 1 if level != "9" else 0
        return self.heading_of_style(self.style(properties))

    def style(self, properties: Element | None) -> str:
        return value(properties, "w:pStyle") or self.plain

    def place(self, properties: Element | None) -> Place | None:
        """The list that the paragraph is an item of, if any."""
        style = self.style(properties)
        own = below(properties, "w:numPr")
        inherited = self.find(style, "w:pPr/w:numPr")
        number = value(own, "w:numId") or value(inherited, "w:numId")
        if number not in self.numbers:
            return None
        level = value(own, "w:ilvl") or value(inherited, "w:ilvl") or self._level_of(number, style)
        at = int(level) if level.isdecimal() and len(level) == 1 else 0
        form = self.format(number, at)
        return Place(number, at or self.level_of_style(style), form) if form != "none" else None

    def run(self, tag: str, properties: Element | None, style: str) -> bool:
        """Whether something that is on or off, such as "w:b", is on for a run of a paragraph of this style."""
        if properties is not None:
            if (own := properties.find(tag)) is not None:
                return is_on(own)
            if (of_run := self.find(value(properties, "w:rStyle"), f"w:rPr/{tag}")) is not None:
                return is_on(of_run)
        return is_on(self.find(style, f"w:rPr/{tag}"))

    def _chain(self, style: str) -> Iterator[Element]:
        """The style and those it is based on."""
        for _ in range(MOST_STYLES_ABOVE):
            if style not in self.styles:
                return
            yield self.styles[style]
            style = value(self.styles[style], "w:basedOn")

    def _find(self, style: str, path: str) -> Element | None:
        return next((found for each in self._chain(style) if (found := below(each, path)) is not None), None)

    def _heading_of_style(self, style: str) -> int:
        for each in self._chain(style):
            if match := HEADING.fullmatch(value(each, "w:name").casefold()):
                return int(match[1])
            level = value(each, "w:pPr/w:outlineLvl")
            if level.isdecimal() and int(level) < 9:
                return int(level) + 1
        return 0

    def _level_of_style(self, style: str) -> int:
        names = (value(each, "w:name").casefold() for each in self._chain(style))
        return next((int(match[1]) - 1 for name in names if (match := LIST.fullmatch(name))), 0)

    def _levels(self, number: str) -> dict[str, Element]:
        """The levels of a list by their numbers: those of its kind, and over them its own."""
        given = self.numbers.get(number)
        kind = self.kinds.get(value(given, "w:abstractNumId"))
        if kind is not None and (linked := value(kind, "w:numStyleLink")):
            number_of_style = value(self.find(linked, "w:pPr/w:numPr"), "w:numId")
            kind = self.kinds.get(value(self.numbers.get(number_of_style), "w:abstractNumId"), kind)
        all_levels = [level for part in (kind, given) if part is not None for level in part.iter("w:lvl")]
        return {each.get("w:ilvl", ""): each for each in all_levels}

    def _level_of(self, number: str, style: str) -> str:
        """The level that a list keeps for paragraphs of this style."""
        return next((at for at, each in self._levels(number).items() if value(each, "w:pStyle") == style), "0")

    def _format(self, number: str, level: int) -> str:
        return value(self._levels(number).get(str(level)), "w:numFmt") or "decimal"

    def _counts_sections(self, number: str) -> bool:
        """Whether the list numbers the headings of sections, and so their paragraphs below."""
        first = self._levels(number).get("0")
        return self.heading_of_style(value(first, "w:pStyle")) == 1

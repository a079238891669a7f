"""Where each box and line of the organisation chart goes, in pixels. The template draws it; nothing runs in a browser.

The head of a family stands above the first board that reports to it, where a narrow screen begins; those
further down hang beneath each other, so that the chart grows in both directions and fits a sheet on its side.
"""

from dataclasses import dataclass, field
from textwrap import wrap

from partnership.boards.structure import Node

BOX, LINE, PAD = 212, 20, 11  # width of a box, height of a line of text, room around the text
GAP, INDENT, BETWEEN = 18, 26, 24
WIDE, NARROW = set("MWmw@%"), set("iljtfrI.,;:'’-()/ ")  # letters, by how much room they take
PLAIN, BOLD = 0.9, 1.0  # of the widths below, which are those of bold text
SHEET = 1.55  # width by height of what is left of a sheet of A4 on its side below the heading
MOST_IN_A_ROW = 5


@dataclass(frozen=True)
class Text:
    x: int
    y: int
    words: str
    is_name: bool


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int
    is_head: bool
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Line:
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass
class Block:
    """A family drawn: its boxes, the lines between them, and how much room it takes."""

    width: int
    height: int
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def draw(forest: list[Node]) -> Block:
    """The whole chart: the families side by side, in rows as wide as makes it most like a sheet of paper."""
    families = [_family(node, 0) for node in forest]
    if not families:
        return Block(0, 0)
    widest = max(family.width for family in families)
    tries = [_shelve(families, widest + step * (BOX + GAP)) for step in range(len(families) + 1)]
    return min(tries, key=lambda block: abs(block.width / block.height - SHEET))


def _shelve(families: list[Block], room: int) -> Block:
    sheet, x, y, row = Block(0, 0), 0, 0, 0
    for family in families:
        if x and x + family.width > room:
            x, y, row = 0, y + row + BETWEEN, 0
        _put(sheet, family, x, y)
        x, row = x + family.width + BETWEEN, max(row, family.height)
        sheet.width, sheet.height = max(sheet.width, x - BETWEEN), y + row
    return sheet


def _family(node: Node, depth: int) -> Block:
    below = [_family(child, depth + 1) for child in node.below]
    head = _box(node, bool(below) and depth == 0)
    if not below:
        return Block(BOX, head.height, [head])
    if depth == 0 and len(below) <= MOST_IN_A_ROW:
        return _in_a_row(head, below)
    return _hanging(head, below)


def _in_a_row(head: Box, below: list[Block]) -> Block:
    width = sum(block.width for block in below) + GAP * (len(below) - 1)
    family = Block(width, 0)
    middles, x, top = [], 0, head.height + BETWEEN
    for block in below:
        _put(family, block, x, top)
        middles.append(x + BOX // 2)
        x += block.width + GAP
    family.height = top + max(block.height for block in below)
    family.boxes.insert(0, head)
    bar = head.height + BETWEEN // 2
    family.lines += [Line(middles[0], head.height, middles[0], bar), Line(middles[0], bar, middles[-1], bar)]
    family.lines += [Line(middle, bar, middle, top) for middle in middles]
    return family


def _hanging(head: Box, below: list[Block]) -> Block:
    family = Block(INDENT + max(block.width for block in below), 0, [head])
    spine, y, last = INDENT // 2, head.height + GAP // 2, head.height
    for block in below:
        _put(family, block, INDENT, y)
        last = y + block.boxes[0].height // 2
        family.lines.append(Line(spine, last, INDENT, last))
        y += block.height + GAP // 2
    family.lines.append(Line(spine, head.height, spine, last))
    family.height = y - GAP // 2
    return family


def _box(node: Node, is_head: bool) -> Box:
    names = _lines(node.board.name, BOLD)
    rest = [*_lines(node.board.get_kind_display(), PLAIN), *_lines(node.chair, PLAIN)]
    texts = tuple(
        Text(PAD, PAD + LINE * number + 13, words, number < len(names)) for number, words in enumerate(names + rest)
    )
    return Box(0, 0, BOX, 2 * PAD + LINE * len(texts), is_head, texts)


def _lines(words: str, weight: float) -> list[str]:
    """The words in lines that fit a box; a word too long for one is broken."""
    room, lines = BOX - 2 * PAD, [""]
    for word in (part for long in words.split() for part in wrap(long, room // 16)):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer) * weight > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _width(words: str) -> float:
    """About how many pixels the words take in bold: a little more than in Arial, so that other faces fit as well."""
    return sum(15 if each in WIDE else 5.5 if each in NARROW else 12 if each.isupper() else 9.2 for each in words)


def _put(onto: Block, block: Block, x: int, y: int) -> None:
    onto.boxes += [_moved(box, x, y) for box in block.boxes]
    onto.lines += [Line(line.x1 + x, line.y1 + y, line.x2 + x, line.y2 + y) for line in block.lines]


def _moved(box: Box, x: int, y: int) -> Box:
    texts = tuple(Text(text.x + x, text.y + y, text.words, text.is_name) for text in box.texts)
    return Box(box.x + x, box.y + y, box.width, box.height, box.is_head, texts)

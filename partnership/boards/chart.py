"""Where each box and line of the organisation chart goes, in pixels. The template draws it; nothing runs in a browser.

The head of a family stands above the boards that report to it; those further down hang beneath each other, so that the
chart grows in both directions and fits a sheet of paper that lies on its side.
"""

from dataclasses import dataclass, field
from textwrap import wrap

from partnership.boards.structure import Node

BOX, LINE, PAD = 236, 20, 12  # width of a box, height of a line of text, room around the text
GAP, INDENT, BETWEEN = 20, 26, 28
LETTERS = 26  # of bold text in a line of a box
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
    head = _box(node, depth == 0)
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
    left = min((middles[0] + middles[-1]) // 2 - BOX // 2, width - BOX)
    family.height = top + max(block.height for block in below)
    family.boxes.insert(0, _moved(head, left, 0))
    bar = head.height + BETWEEN // 2
    family.lines += [Line(left + BOX // 2, head.height, left + BOX // 2, bar), Line(middles[0], bar, middles[-1], bar)]
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
    names = wrap(node.board.name, LETTERS)
    rest = [*wrap(node.board.get_kind_display(), LETTERS + 4), *wrap(node.chair, LETTERS + 4)]
    texts = tuple(
        Text(PAD, PAD + LINE * number + 13, words, number < len(names)) for number, words in enumerate(names + rest)
    )
    return Box(0, 0, BOX, 2 * PAD + LINE * len(texts), is_head, texts)


def _put(onto: Block, block: Block, x: int, y: int) -> None:
    onto.boxes += [_moved(box, x, y) for box in block.boxes]
    onto.lines += [Line(line.x1 + x, line.y1 + y, line.x2 + x, line.y2 + y) for line in block.lines]


def _moved(box: Box, x: int, y: int) -> Box:
    texts = tuple(Text(text.x + x, text.y + y, text.words, text.is_name) for text in box.texts)
    return Box(box.x + x, box.y + y, box.width, box.height, box.is_head, texts)

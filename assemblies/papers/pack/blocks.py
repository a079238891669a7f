"""Markdown of the portal's own set as blocks that a template prints, so that no word of it is ever read as markup.

Paragraphs, bold, italics, links, bulleted and numbered lists, headings, simple tables. Whatever else stands in a text, HTML
too, is printed as it was typed.
"""

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from partnership.text import legible

MARKDOWN = MarkdownIt("commonmark", {"breaks": True, "html": False}).enable("table")
DEEPEST_LIST = 4  # a list further in is printed at this depth
ADDRESSES = ("http://", "https://", "mailto:", "tel:")
LONGEST_ADDRESS = 2000
STYLES = {"strong": "bold", "em": "italic"}

Block = dict[str, Any]
Run = dict[str, Any]


def blocks(text: str) -> list[Block]:
    """Returns the text as blocks. Headings have levels from 1 without gaps, whatever the writer chose."""
    found = [
        block for block in _blocks(SyntaxTreeNode(MARKDOWN.parse(legible(text))), 0) if not _is_empty_heading(block)
    ]
    level = 0
    for block in found:
        if block["kind"] == "heading":
            level = block["level"] = min(block["level"], level + 1, 3)
    return found


def _is_empty_heading(block: Block) -> bool:
    return block["kind"] == "heading" and not _said(block["runs"]).strip()


def plain(text: str) -> str:
    """Returns the words of the text alone, for one line."""
    return " ".join(filter(None, (_words(block) for block in blocks(text))))


def _blocks(node: SyntaxTreeNode, depth: int) -> Iterator[Block]:
    for child in node.children:
        if child.type == "paragraph":
            yield {"kind": "paragraph", "runs": _runs(child)}
        elif child.type == "heading":
            yield _heading(child, depth)
        elif child.type in ("bullet_list", "ordered_list"):
            yield from _list(child, depth)
        elif child.type == "table":
            yield _table(child)
        elif child.type in ("fence", "code_block", "html_block"):
            lines = child.content.rstrip("\n").split("\n")
            yield {"kind": "paragraph", "runs": _joined([{"text": line} for line in lines])}
        elif child.children:  # a quotation
            yield from _blocks(child, depth)


def _heading(node: SyntaxTreeNode, depth: int) -> Block:
    """A heading; in a list, a line in bold."""
    runs = _runs(node)
    if depth:
        return {"kind": "paragraph", "runs": [run | {"bold": True} for run in runs]}
    return {"kind": "heading", "level": int(node.tag[1:]), "runs": runs}


def _list(node: SyntaxTreeNode, depth: int) -> Iterator[Block]:
    items = [list(_blocks(item, depth + 1)) for item in node.children]
    if depth >= DEEPEST_LIST:
        yield from (block for item in items for block in item)
        return
    ordered = node.type == "ordered_list"
    start = int(node.attrs.get("start", 1)) if ordered else 1
    yield {"kind": "list", "ordered": ordered, "start": start, "items": items}


def _table(node: SyntaxTreeNode) -> Block:
    rows = [[_runs(cell) for cell in row.children] for part in node.children for row in part.children]
    return {"kind": "table", "head": rows[0], "rows": rows[1:]}


def _runs(node: SyntaxTreeNode) -> list[Run]:
    inline = node.children[0] if node.children else None
    return list(_inline(inline, {})) if inline is not None else []


def _inline(node: SyntaxTreeNode, style: dict[str, Any]) -> Iterator[Run]:
    for child in node.children:
        if child.type in ("softbreak", "hardbreak"):
            yield {"break": True}
        elif child.type in STYLES:
            yield from _inline(child, style | {STYLES[child.type]: True})
        elif child.type == "link":
            yield from _inline(child, style | _address(str(child.attrs.get("href", ""))))
        elif child.type == "image" or child.content:  # the words that stand for it
            yield {"text": child.content} | style


def _address(address: str) -> dict[str, str]:
    if address.lower().startswith(ADDRESSES) and len(address) <= LONGEST_ADDRESS:
        return {"link": address}
    return {}


def _joined(lines: list[Run]) -> list[Run]:
    return [run for line in lines for run in ({"break": True}, line)][1:]


def _words(block: Block) -> str:
    if block["kind"] == "list":
        return " ".join(_words(inner) for item in block["items"] for inner in item)
    if block["kind"] == "table":
        return " ".join(_said(cell) for row in [block["head"], *block["rows"]] for cell in row)
    return _said(block["runs"])


def _said(runs: list[Run]) -> str:
    return "".join(run.get("text", " ") for run in runs)

"""What of a text is outside the portal's own set of Markdown, said to its writer."""

import re
from collections.abc import Iterator
from itertools import accumulate

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from assemblies.papers.blocks import LIST_LEVELS, address
from assemblies.papers.markdown import tokens_of

LISTS = ("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close")
BREAKS = re.compile(r"\r\n?|\n")  # as the parser counts lines
LONGEST_QUOTE = 80
CODE = re.compile(r"^\s*(```|~~~)", re.MULTILINE)


def beyond(text: str) -> list[str]:
    """What of a text is outside the set and would not come out as its writer meant it, each in words."""
    tokens = tokens_of(text)
    inner = [child for token in tokens for child in token.children or ()]
    found = []
    if max(accumulate(token.nesting for token in tokens if token.type in LISTS), default=0) > LIST_LEVELS:
        found.append("Use lists of two levels at most")
    found += [
        f"A numbered list begins at 1, and one here begins at {start}"
        for token in tokens
        if token.type == "ordered_list_open" and (start := token.attrGet("start")) is not None
    ]
    if any(child.type == "image" for child in inner):
        found.append("A picture cannot stand in the text: add it as an appendix")
    found += [
        f"A row of a table has more cells than its headings, and “{cells}” would be lost: give each column a heading"
        for cells in _beside_tables(text, tokens)
    ]
    if CODE.search(text):
        found.append("Code cannot be shown in a report: write it as plain text")
    found += [
        f"A link leads nowhere, “{link}”: begin it with https://, or write appendix-1 for the first appendix"
        for child in inner
        if child.type == "link_open" and not address(link := str(child.attrGet("href") or ""))
    ]
    return found


def _beside_tables(text: str, tokens: list[Token]) -> Iterator[str]:
    """The words of each row that stand in no column of its table: the parser drops them."""
    lines, columns = BREAKS.split(text), 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and token.map:
            cells = escapedSplit(lines[token.map[0]].strip().removeprefix("|"))
            if words := " ".join(cell for each in cells[columns:] if (cell := each.strip())):
                yield words[:LONGEST_QUOTE]

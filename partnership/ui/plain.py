"""Markdown set as text, for people who read their email without HTML."""

from collections.abc import Iterable
from html import unescape

from django.utils.html import strip_tags
from markdown_it import MarkdownIt
from markdown_it.token import Token

BULLET = "• "
INDENT = "  "


def as_text(markdown: MarkdownIt, text: str) -> str:  # noqa: C901 - a branch for each kind of token
    """Returns what the words say: no mark of Markdown, a list with bullets or numbers, a link with its address behind it."""
    lines: list[str] = []
    counters: list[int | None] = []  # of the lists we are in: the next number, or None for bullets
    lead = ""
    quoted = 0
    cells: list[str] | None = None
    for token in markdown.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            counters.append(int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            counters.pop()
            _gap(lines, counters)
        elif token.type == "list_item_open":
            number = counters[-1]
            lead = BULLET if number is None else f"{number}. "
            counters[-1] = None if number is None else number + 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.type == "blockquote_open" else -1
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            lines.append(" | ".join(cells or []))
            cells = None
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            said = _inline(token.children or []) if token.type == "inline" else _raw(token)
            if cells is not None:
                cells.append(" ".join(said.split()))
                continue
            deep = INDENT * (max(len(counters) - 1, 0) + quoted)
            behind = " " * len(lead)
            rows = said.split("\n")
            lines += [f"{deep}{lead if not place else behind}{row}".rstrip() for place, row in enumerate(rows)]
            lead = ""
        if token.type in ("paragraph_close", "heading_close", "fence", "code_block", "html_block", "table_close", "hr"):
            _gap(lines, counters)
    return "\n".join(lines).strip("\n")


def _gap(lines: list[str], counters: list[int | None]) -> None:
    if not counters and lines and lines[-1]:
        lines.append("")


def _raw(token: Token) -> str:
    return unescape(strip_tags(token.content)).strip() if token.type == "html_block" else token.content.rstrip()


def _inline(tokens: Iterable[Token]) -> str:
    parts: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(token.content)
        elif token.type == "link_open":
            links.append((str(token.attrGet("href") or ""), len(parts)))
        elif token.type == "link_close":
            address, start = links.pop()
            address = address.removeprefix("mailto:").removeprefix("tel:")
            if "".join(parts[start:]) != address:
                parts.append(f" ({address})")
    return "".join(parts)

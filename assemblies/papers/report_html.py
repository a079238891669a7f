"""A cover report as a page: its Markdown as HTML, sections and paragraphs numbered, links that lead into appendices.

The set: paragraphs, bold, italics, links, bulleted and numbered lists of two levels, headings below the report's, simple tables.
Whatever else somebody types stays as they typed it. A link to `appendix-1`, or `appendix-1-page-22`, opens that appendix, at
that page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assemblies.papers.report_text import FIELDS, ReportText

MARKDOWN = MarkdownIt("commonmark", {"breaks": True, "html": False}).enable("table")
MARKDOWN.disable(["code", "fence", "blockquote", "hr", "html_block", "html_inline", "image", "backticks", "autolink"])
TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "a",
    "h3",
    "h4",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "div",
}
ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "p": {"id", "class"},
    "ol": {"start"},
    "th": {"scope"},
    "div": {"class", "role", "aria-label", "tabindex"},
}
APPENDIX = re.compile(r"appendix-(\d+)(?:-page-(\d+))?")
LISTS = ("bullet_list_open", "ordered_list_open")
ON_THE_PAGE = ("groups_affected", "from_whom", "author")  # fields of one line, at the top


@dataclass(frozen=True)
class Shown:
    """A field, a section or a block: its heading, its words as HTML, and its anchor."""

    title: str
    html: SafeString
    anchor: str
    number: int | None = None


@dataclass(frozen=True)
class Page:
    """A report as its page shows it."""

    title: str
    lines: list[Shown]
    recommendations: list[SafeString]
    fields: list[Shown]
    sections: list[Shown]
    appendices: list[str]


def page_of(text: ReportText, files: Mapping[int, str]) -> Page:
    """The page of a text. `files`: the address of each appendix that can be opened, by its number."""
    shown = {name: Shown(label, html(text.fields.get(name, ""), files), name) for name, label in FIELDS.items()}
    return Page(
        title=text.title,
        lines=[shown[name] for name in ON_THE_PAGE],
        recommendations=[html(each, files) for each in text.recommendations],
        fields=[each for name, each in shown.items() if name not in ON_THE_PAGE],
        sections=[
            Shown(each.title, html(each.text, files, section=number), f"section-{number}", number)
            for number, each in enumerate(text.sections, start=1)
        ],
        appendices=[each.title for each in text.appendices],
    )


def html(text: str, files: Mapping[int, str] | None = None, section: int | None = None) -> SafeString:
    """Markdown as HTML. With `section` its paragraphs are numbered, 1.1, 1.2 …, and can be linked to."""
    tokens = MARKDOWN.parse(text)
    _lower_headings(tokens)
    _open_appendices(tokens, files or {})
    if section is not None:
        _number(tokens, section)
    rendered = MARKDOWN.renderer.render(list(_with_tables(tokens)), MARKDOWN.options, {})
    return mark_safe(  # nh3 has just removed all but the tags above
        nh3.clean(
            rendered,
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def _with_tables(tokens: Iterable[Token]) -> Iterator[Token]:
    """Tables in a frame of their own, which scrolls where there is little room, by keyboard too."""
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type == "table_open":
            yield _raw('<div class="report-table" role="group" aria-label="Table" tabindex="0">')
        yield token
        if token.type == "table_close":
            yield _raw("</div>")


def _raw(markup: str) -> Token:
    token = Token("html_block", "", 0)
    token.content = markup
    return token


def beyond(text: str) -> list[str]:
    """What of a text is outside the portal's set and would not be shown as its writer meant it, each in words."""
    tokens = MARKDOWN.parse(text)
    found = []
    if max(_depths(tokens), default=0) > 2:
        found.append("Use lists of two levels at most")
    if re.search(r"!\[[^\]]*\]\(", text):
        found.append("A picture cannot stand in the text: add it as an appendix")
    if re.search(r"^\s*(```|~~~)", text, re.MULTILINE):
        found.append("Code cannot be shown in a report: write it as plain text")
    return found


def appendix_links(text: ReportText) -> list[int]:
    """The numbers of the appendices that links in the text lead to."""
    parts = [*text.fields.values(), *text.recommendations, *(each.text for each in text.sections)]
    return [int(found[1]) for part in parts for href in _hrefs(MARKDOWN.parse(part)) if (found := _appendix(href))]


def _depths(tokens: Iterable[Token]) -> Iterator[int]:
    depth = 0
    for token in tokens:
        if token.type in LISTS:
            depth += 1
            yield depth
        elif token.type.endswith("_list_close"):
            depth -= 1


def _hrefs(tokens: Iterable[Token]) -> Iterator[str]:
    for link in _links(tokens):
        yield str(link.attrGet("href") or "")


def _links(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from (child for child in token.children or () if child.type == "link_open")


def _appendix(href: str) -> re.Match[str] | None:
    return APPENDIX.fullmatch(href.strip().lower())


def _open_appendices(tokens: list[Token], files: Mapping[int, str]) -> None:
    for link in _links(tokens):
        found = _appendix(str(link.attrGet("href") or ""))
        if found:
            address = files.get(int(found[1]), "#appendices")
            link.attrSet("href", f"{address}#page={found[2]}" if found[2] and "#" not in address else address)


def _lower_headings(tokens: list[Token]) -> None:
    """The first headings of a text are h3; what stands below one is h4. None is skipped."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    top = min(levels, default=1)
    open_tag, has_top = "h3", False
    for token in tokens:
        if token.type == "heading_open":
            open_tag = "h3" if int(token.tag[1]) == top or not has_top else "h4"
            has_top = has_top or open_tag == "h3"
        if token.type in ("heading_open", "heading_close"):
            token.tag = open_tag


def _number(tokens: list[Token], section: int) -> None:
    count = 0
    for token, content in pairwise(tokens):
        if token.type == "paragraph_open" and token.level == 0:
            count += 1
            anchor = f"paragraph-{section}-{count}"
            token.attrSet("id", anchor)
            token.attrSet("class", "report-paragraph")
            mark = Token("html_inline", "", 0)
            mark.content = format_html(
                '<a class="report-paragraph__number" href="#{}">{}.{}</a> ', anchor, section, count
            )
            content.children = [mark, *(content.children or [])]

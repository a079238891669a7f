"""A cover report as a page: its Markdown as HTML, sections and paragraphs numbered, links that lead into appendices.

A link to `appendix-1`, or `appendix-1-page-22`, opens that appendix, at that page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, groupby

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from assemblies.papers.blocks import SCHEMES, Heading, List, Paragraph, Run, Runs, Table, appendix, listed
from assemblies.papers.markdown import parse
from assemblies.papers.report_text import FIELDS, ReportText

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
    "a": {"href", "class"},
    "p": {"id", "class"},
    "th": {"scope"},
    "div": {"class", "role", "aria-label", "tabindex"},
}
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
    return mark_safe(  # nh3 has just removed all but the tags above
        nh3.clean(
            "\n".join(_blocks(text, files or {}, section)),
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=set(SCHEMES),
            link_rel="noopener noreferrer nofollow",
        )
    )


def _blocks(text: str, files: Mapping[int, str], section: int | None) -> Iterator[SafeString]:
    numbers = count(1)
    for block in listed(parse(text)):
        match block:
            case Heading():
                tag = f"h{block.level + 2}"  # below the title and the headings of sections
                yield format_html("<{0}>{1}</{0}>", tag, _said(block.runs, files))
            case List():
                yield _list(block, files)
            case Table():
                yield _table(block, files)
            case Paragraph() if section is not None:
                yield _numbered(section, next(numbers), _said(block.runs, files))
            case Paragraph():
                yield format_html("<p>{}</p>", _said(block.runs, files))


def _numbered(section: int, number: int, said: SafeString) -> SafeString:
    return format_html(
        '<p id="{0}" class="report-paragraph"><a class="report-paragraph__number" href="#{0}">{1}.{2}</a> {3}</p>',
        f"paragraph-{section}-{number}",
        section,
        number,
        said,
    )


def _list(block: List, files: Mapping[int, str]) -> SafeString:
    entries = (
        (_said(entry.runs, files), _joined(_list(inner, files) for inner in entry.lists)) for entry in block.entries
    )
    return format_html(
        "<{0}>{1}</{0}>", "ol" if block.ordered else "ul", format_html_join("", "<li>{}{}</li>", entries)
    )


def _table(table: Table, files: Mapping[int, str]) -> SafeString:
    """In a frame of its own, which scrolls where there is little room, by keyboard too."""
    head, *rows = ([(_said(cell, files),) for cell in row] for row in table.rows)
    return format_html(
        '<div class="report-table" role="group" aria-label="Table" tabindex="0">'
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        format_html_join("", '<th scope="col">{}</th>', head),
        format_html_join("", "<tr>{}</tr>", ((format_html_join("", "<td>{}</td>", row),) for row in rows)),
    )


def _said(runs: Runs, files: Mapping[int, str]) -> SafeString:
    return _joined(
        format_html('<a href="{}">{}</a>', _href(link, files), _bold(linked)) if link else _bold(linked)
        for link, linked in groupby(runs, key=lambda run: run.link)
    )


def _bold(runs: Iterable[Run]) -> SafeString:
    return _joined(
        format_html("<strong>{}</strong>", _italic(alike)) if bold else _italic(alike)
        for bold, alike in groupby(runs, key=lambda run: run.bold)
    )


def _italic(runs: Iterable[Run]) -> SafeString:
    return _joined(format_html("<em>{}</em>", _lines(run)) if run.italic else _lines(run) for run in runs)


def _lines(run: Run) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in run.text.split("\n")))


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _href(link: str, files: Mapping[int, str]) -> str:
    """The address that opens: that of the file where the link leads to an appendix."""
    to = appendix(link)
    if to is None:
        return link
    opens = files.get(to.number, "#appendices")
    return f"{opens}#page={to.page}" if to.page and "#" not in opens else opens

"""The portal's own set of Markdown, read into blocks and printed again. Pages, packs and Word all read it here.

What is not of the set (HTML, quotations, code, rules) is text like any other. Printing what was read, and reading what was
printed, change nothing in normal form. Knows no Django.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token

from assemblies.papers.blocks import (
    AppendixLink,
    Block,
    Blocks,
    Heading,
    Item,
    Paragraph,
    Run,
    Runs,
    Table,
    all_runs,
    appendix,
    clean,
    normal,
)
from assemblies.papers.report_text import FIELDS, Appendix, ReportText, Section

NOT_OURS = ["code", "fence", "blockquote", "hr", "reference", "lheading", "html_block", "backticks", "html_inline"]


class _Parser(MarkdownIt):
    """Leaves links as they are: `blocks.address` says which lead anywhere."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name is the parser's
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the same
        return True


DEEPEST = 100  # marks of lists in one another, as in a row of dashes with spaces; the parser drops the words of what is deeper
DEEPEST_BRACKETS = 5  # open in one another; for each the parser looks through the rest of the paragraph once more
PARSER = _Parser("commonmark", {"breaks": True, "html": False, "maxNesting": DEEPEST}).enable("table").disable(NOT_OURS)


def _shallow(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule of the parser; within many open brackets it gives up, as the parser itself does within `maxNesting`: those that
    are open are letters then, and what is deeper is read after them."""

    def asked(state: StateInline, silent: bool) -> bool:
        if silent and state.level >= DEEPEST_BRACKETS and state.src.startswith(("[", "!["), state.pos):
            state.pos = state.posMax
            return True
        return rule(state, silent)

    return asked


PARSER.inline.ruler.at("link", _shallow(link))
PARSER.inline.ruler.at("image", _shallow(image))

LEVEL_OF_HEADINGS = 2  # the first level is printed as ###, below the sections of the report
MARKS = re.compile(r"[\\`*\[\]<|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|!$")
AT_LINE_START = re.compile(r"[>=~]|#(?=[#\s]|$)|[-+](?=[\s:-]|$)|:(?=-)")
NUMBER_AT_LINE_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
CLOSING_MARKS = re.compile(r"(?<=\s)#(?=#*$)")  # of a heading
UNDERSCORE_AT_END, UNDERSCORE_AT_START = re.compile(r"(?<!\\)_\Z"), re.compile(r"\A_")
IN_DESTINATIONS = re.compile(r"[()]|&(?=#?\w+;)")


def parse(text: str) -> Blocks:
    """Returns what the Markdown says, in normal form."""
    return normal(_blocks(tokens_of(text)))


def to_markdown(blocks: Iterable[Block]) -> str:
    """Returns the blocks as Markdown, in one way only. They must be in normal form."""
    parts: list[str] = []
    for is_list, members in groupby(blocks, key=lambda block: isinstance(block, Item)):
        group = list(members)
        parts += [_list(group)] if is_list else [_block(each) for each in group]
    return "\n\n".join(parts)


def canonical(text: str) -> str:
    """Returns the Markdown as this module prints it: two texts that say the same are equal."""
    return to_markdown(parse(text))


def canonical_report(report: ReportText) -> ReportText:
    """Returns the report with every text canonical, titles in one line, and nothing empty in it."""
    fields = {name: canonical(report.fields.get(name, "")) for name in FIELDS}
    sections = (Section(one_line(section.title), canonical(section.text)) for section in report.sections)
    return ReportText(
        title=one_line(report.title),
        fields={name: text for name, text in fields.items() if text},
        recommendations=tuple(filter(None, map(canonical, report.recommendations))),
        sections=tuple(section for section in sections if section.title or section.text),
        appendices=tuple(Appendix(title) for each in report.appendices if (title := one_line(each.title))),
    )


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def appendix_links(report: ReportText) -> set[AppendixLink]:
    """Where the links in the report's texts lead that lead to an appendix, whether there is one or not."""
    texts = (*report.fields.values(), *report.recommendations, *(each.text for each in report.sections))
    linked = (text for text in texts if "](" in text)  # no other text of the set has a link to anything but the web
    return {to for text in linked for run in all_runs(parse(text)) if (to := appendix(run.link))}


def tokens_of(text: str) -> list[Token]:
    """What the one parser of the set makes of the text."""
    return PARSER.parse(text.replace("\0", ""))


def _blocks(tokens: list[Token]) -> Iterator[Block]:  # noqa: C901, PLR0912 - a branch for each kind of token
    lists: list[bool] = []  # whether each list we are in is numbered
    rows: list[list[Runs]] | None = None
    heading = 0
    item: Item | None = None  # the one that is being read
    begins = False
    for token in tokens:
        match token.type:
            case "heading_open":
                heading = 1 if int(token.tag[1]) <= LEVEL_OF_HEADINGS + 1 else 2
            case "heading_close":
                heading = 0
            case "bullet_list_open" | "ordered_list_open":
                lists.append(token.type == "ordered_list_open")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                begins = True
            case "table_open":
                rows = []
            case "tr_open" if rows is not None:
                rows.append([])
            case "table_close" if rows is not None:
                yield from filter(None, (item, Table(tuple(map(tuple, rows)))))
                rows = item = None
            case "inline":
                runs = tuple(_runs(token.children or []))
                if rows is not None:
                    rows[-1].append(runs)
                elif lists and begins:
                    yield from filter(None, (item,))
                    item, begins = Item(len(lists), lists[-1], runs), False
                elif lists and item and not heading:  # a second paragraph of the item
                    item = replace(item, runs=(*item.runs, Run("\n"), *runs))
                else:
                    yield from filter(None, (item, Heading(heading, runs) if heading else Paragraph(runs)))
                    item = None
    yield from filter(None, (item,))


def _runs(tokens: list[Token]) -> Iterator[Run]:
    bold = italic = 0
    links: list[str] = []
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                links.append(str(token.attrGet("href") or ""))
            case "link_close":
                links.pop()
            case "softbreak" | "hardbreak":
                yield Run("\n", bold > 0, italic > 0, "".join(links[-1:]))
            case "image":
                source = str(token.attrGet("src") or "")
                yield Run(token.content or source, bold > 0, italic > 0, "".join(links[-1:]) or source)
            case _:
                yield Run(token.content, bold > 0, italic > 0, "".join(links[-1:]))


@dataclass
class _Piece:
    """A piece of printed text, or a mark between two of them: ** or _ that opens or closes."""

    text: str
    mark: str = ""


def _block(block: Block) -> str:
    if isinstance(block, Table):
        head, *rows = (f"| {' | '.join(map(_inline, row))} |" for row in block.rows)
        return "\n".join((head, f"|{' --- |' * len(block.rows[0])}", *rows))
    if isinstance(block, Heading):
        return f"{'#' * (LEVEL_OF_HEADINGS + block.level)} {CLOSING_MARKS.sub(_escaped, _inline(block.runs))}"
    return _inline(block.runs)


def _list(items: Iterable[Block]) -> str:
    lines: list[str] = []
    kinds: dict[int, bool] = {}
    counts: dict[int, int] = {}
    indents = {1: "", 2: ""}
    for item in items:
        assert isinstance(item, Item), "they are grouped by what they are"
        level = item.level
        counts[level] = counts[level] + 1 if kinds.get(level) == item.ordered else 1
        kinds[level] = item.ordered
        marker = f"{counts[level]}. " if item.ordered else "- "
        if level == 1:
            kinds.pop(2, None)
            indents[2] = " " * len(marker)
        first, *rest = _inline(item.runs).split("\n")
        lines.append(f"{indents[level]}{marker}{first}")
        lines += [f"{indents[level]}{' ' * len(marker)}{line}" for line in rest]
    return "\n".join(lines)


def _inline(runs: Runs) -> str:
    pieces = list(_pieces(runs))
    marks = [number for number, piece in enumerate(pieces) if piece.mark]
    while sum(_made_room(pieces, number) for number in marks):  # what one needs may be too close for the next
        pass
    return "".join(piece.text for piece in pieces)


def _pieces(runs: Runs) -> Iterator[_Piece]:
    """The text of each run, marked where its style differs from that of the run before."""
    link, bold, italic = "", False, False
    line_starts = True
    for run in (*runs, Run("")):
        if italic and (run.style[:2] != (link, bold) or not run.italic):
            yield _Piece("_", "closes")
            italic = False
        if bold and (run.link != link or not run.bold):
            yield _Piece("**", "closes")
            bold = False
        if run.link != link:
            if link:
                yield _Piece(f"]({IN_DESTINATIONS.sub(_escaped, link)})")
            link = run.link
            if link:
                yield _Piece("[")
        if run.bold and not bold:
            yield _Piece("**", "opens")
            bold = True
        if run.italic and not italic:
            yield _Piece("_", "opens")
            italic = True
        if run.text:
            yield _Piece(_text(run.text, line_starts=line_starts))
            line_starts = run.text.endswith("\n")


def _text(text: str, *, line_starts: bool) -> str:
    lines = []
    for number, line in enumerate(text.split("\n")):
        printed = MARKS.sub(_escaped, line)
        if number or line_starts:
            if AT_LINE_START.match(printed):
                printed = f"\\{printed}"
            printed = NUMBER_AT_LINE_START.sub(r"\1\\\2", printed, count=1) if printed[:1].isdigit() else printed
        lines.append(printed)
    return "\n".join(lines)


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _made_room(pieces: list[_Piece], number: int) -> bool:
    """CommonMark sees a mark only where a word ends beside it: a letter too close is written as its number.

    Returns whether one was."""
    opens = pieces[number].mark == "opens"
    inside, outside = (number + 1, number - 1) if opens else (number - 1, number + 1)
    if not 0 <= outside < len(pieces):
        return False
    piece = pieces[outside]
    character = piece.text[-1] if opens else piece.text[0]
    within = pieces[inside].text[0] if opens else pieces[inside].text[-1]
    plain_enough = pieces[number].text == "**" and within.isalnum()
    if plain_enough or character.isspace() or unicodedata.category(character)[0] == "P" or character in "$+<=>^`|~":
        return False
    code = f"&#{ord(character)};"
    if opens:
        pieces[outside].text = UNDERSCORE_AT_END.sub(_escaped, piece.text[:-1]) + code
    else:
        pieces[outside].text = code + UNDERSCORE_AT_START.sub(_escaped, piece.text[1:])
    return True

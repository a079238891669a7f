"""What member organisations said of the purpose, in the minutes of the item that had it before the board."""

from collections.abc import Mapping, Sequence

from assemblies.papers.blocks import Block, Item, Paragraph, Run
from assemblies.papers.markdown import to_markdown
from assemblies.papers.models import AgendaItem
from assemblies.purpose.models import Round
from assemblies.purpose.results import quotes_of
from partnership import minutes_parts
from partnership.boards.models import Board

MOST = 15_000  # characters; of an item the minutes have 20,000, and somebody still has to write in them


@minutes_parts.part
def reaffirmed(items: Sequence[AgendaItem], board: Board) -> Mapping[int, str]:
    """Counts for each line, and words that may be quoted by name."""
    planned = {item.planned_id: item.pk for item in items if item.planned_id}
    rows = Round.objects.closed().with_facts().filter(planned__in=planned, board=board).order_by("pk")
    return {planned[row.planned_id]: in_words(row) for row in rows if row.planned_id}  # of two the last


def in_words(row: Round) -> str:
    """The result as Markdown, in which nothing that somebody else wrote is markup; without quotes where these are too long."""
    if not row.answered:
        return row.said
    said: list[Block] = [
        _paragraph(f"{row.said} Of the lines of the purpose, version {row.version.number}, they said:")
    ]
    counts = [_item(f"Line {each.line.position}, “{each.line}”: {each.counts}") for each in row.lines.all()]
    quotes = [
        [_item(f"{quote.who} on line {each.line.position}: “{quote.words}”") for quote in quotes_of(each)]
        for each in row.lines.all()
    ]
    text = to_markdown(
        [*said, *(block for count, theirs in zip(counts, quotes, strict=True) for block in (count, *theirs))]
    )
    if len(text) <= MOST:
        return text
    return to_markdown([*said, *counts, _paragraph("What they said in words stands with the purpose of the board.")])


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _item(text: str) -> Item:
    return Item(1, ordered=False, runs=(Run(" ".join(text.split())),))

"""What member organisations said of the purpose, in the minutes of the item that had it before the board."""

from collections.abc import Mapping, Sequence

from assemblies.papers.models import AgendaItem
from assemblies.purpose.models import Round
from assemblies.purpose.results import quotes_of
from partnership import minutes_parts
from partnership.boards.models import Board


@minutes_parts.part
def reaffirmed(items: Sequence[AgendaItem], board: Board) -> Mapping[int, str]:
    """Counts for each line, and words that may be quoted by name."""
    planned = {item.planned_id: item.pk for item in items if item.planned_id}
    rows = Round.objects.closed().with_facts().filter(planned__in=planned, board=board).order_by("pk")
    return {planned[row.planned_id]: in_words(row) for row in rows if row.planned_id}  # of two the last


def in_words(row: Round) -> str:
    """The result as text."""
    if not row.answered:
        return row.said
    said = [f"{row.said} Of the lines of the purpose, version {row.version.number}, they said:", ""]
    for each in row.lines.all():
        said.append(f"- Line {each.line.position}, “{each.line}”: {each.counts}")
        said += [f"- {quote.who} on line {each.line.position}: “{_one_line(quote.words)}”" for quote in quotes_of(each)]
    return "\n".join(said)


def _one_line(words: str) -> str:
    return " ".join(words.split())

"""Whether the chairs of the other boards of a meeting in common have read the draft that its host publishes."""

from typing import NamedTuple

from assemblies.papers.models import AgendaReading, AgendaVersion
from partnership.boards.models import Board


class Read(NamedTuple):
    """A board in common, with the last time its chair read the draft; None where nobody has."""

    board: Board
    reading: AgendaReading | None


def of(draft: AgendaVersion, boards: list[Board]) -> list[Read]:
    """Each board beside the host, in their order."""
    found = {each.board_id: each for each in draft.readings.select_related("read_by")}
    return [Read(each, found.get(each.pk)) for each in boards[1:]]

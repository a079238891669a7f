"""Which board reports to which, on a day: a forest of boards, drawn as nested lists by static/css/boards.css."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from partnership.boards.models import Board

MOST_IN_A_ROW = 5
# From how many boards on the letters on paper become smaller, so that the chart stays on one sheet.
PRINT_SIZES = [(33, "smallest"), (17, "small"), (9, "medium"), (0, "large")]


@dataclass
class Node:
    """A board, who chairs it in words, and the boards that report to it."""

    board: Board
    chair: str
    below: list["Node"] = field(default_factory=list)

    @property
    def shape(self) -> str:
        """How the boards below the head of a family stand: in a row, or in columns where they are too many for one."""
        return "row" if len(self.below) <= MOST_IN_A_ROW else "columns"


def on_day(day: date) -> list[Node]:
    """The boards in being on the day that report to no other then, the largest families first. Three queries."""
    return forest(Board.objects.public().known_on(day).with_chairs(day))


def forest(boards: Iterable[Board]) -> list[Node]:
    """Each board once, under the one it reports to; on its own where that one is not among them, or where they form a
    loop."""
    nodes = {board.pk: Node(board, _chair(board)) for board in boards}
    below = defaultdict(list)
    for node in nodes.values():
        parent = node.board.reports_to_id
        below[parent if parent in nodes else None].append(node)
    seen: set[int] = set()

    def grow(node: Node) -> Node:
        seen.add(node.board.pk)
        node.below = [grow(child) for child in below[node.board.pk] if child.board.pk not in seen]
        return node

    roots = [grow(node) for node in below[None]]
    roots += [grow(node) for node in nodes.values() if node.board.pk not in seen]
    return sorted(roots, key=lambda node: (-count(node), node.board.name))


def count(node: Node) -> int:
    """How many boards there are in the family, its head included."""
    return 1 + sum(count(child) for child in node.below)


def print_size(boards: int) -> str:
    """The size of letters with which so many boards fit a sheet of A4 on its side."""
    return next(size for least, size in PRINT_SIZES if boards >= least)


def _chair(board: Board) -> str:
    if not board.chair_seats:
        return "no chair’s seat"
    holders = board.chair_seats[0].holders
    return f"chaired by {holders[0].holder}" if holders else "chair’s seat vacant"

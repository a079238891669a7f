"""Which board reports to which, on a day: a forest of boards, the same for the drawing and for the list beside it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from partnership.boards.models import Board


@dataclass
class Node:
    """A board, who chairs it in words, and the boards that report to it."""

    board: Board
    chair: str
    below: list["Node"] = field(default_factory=list)


def on_day(day: date) -> list[Node]:
    """The boards in being on the day that report to no other then, the largest families first. Three queries."""
    return forest(Board.objects.public().in_being(day).with_chairs(day))


def forest(boards: Iterable[Board]) -> list[Node]:
    """Each board once, under the one it reports to; on its own where that one is not among them, or in a ring."""
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


def _chair(board: Board) -> str:
    if not board.chair_seats:
        return "no chair’s seat"
    holders = board.chair_seats[0].holders
    return f"chaired by {holders[0].holder}" if holders else "chair’s seat vacant"

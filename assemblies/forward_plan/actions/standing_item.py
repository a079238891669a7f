"""The items that each agenda of a board has, edited all at once."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import StandingItem
from assemblies.meetings.purposes import Purpose, refuse_decision
from partnership import audit
from partnership.boards.models import Board
from partnership.refusals import Refusal


class Row(NamedTuple):
    """A standing item as somebody wrote it; `pk` None for a new one."""

    pk: int | None
    title: str
    purpose: str
    comes_last: bool


USUAL = (
    Row(None, "Welcome and apologies", Purpose.INFORMATION, comes_last=False),
    Row(None, "Declarations of interest", Purpose.INFORMATION, comes_last=False),
    Row(None, "Minutes of the last meeting", Purpose.INFORMATION, comes_last=False),
    Row(None, "Actions from the last meeting", Purpose.ASSURANCE, comes_last=False),
    Row(None, "Any other business", Purpose.DISCUSSION, comes_last=True),
)


def rows_of(board: Board) -> list[Row]:
    """The standing items of the board, in their order."""
    return [Row(item.pk, item.title, item.purpose, item.comes_last) for item in board.standing_items.all()]


def fingerprint(board: Board) -> str:
    """Stands for the items as they are, so that nobody saves over what somebody else has just changed."""
    return hashlib.sha256(repr(rows_of(board)).encode()).hexdigest()[:16]


@transaction.atomic
def write(*, board: Board, by, rows: Sequence[Row], seen: str | None = None) -> list[StandingItem]:
    """Makes these the standing items of the board, in this order; returns them. Agendas that exist keep theirs.

    Raises Refusal where somebody changed them since `seen`, for a title that stands twice, and for a decision at a board
    that only advises.
    """
    topics.lock_plan(board)
    if [row._replace(purpose=str(row.purpose)) for row in rows] == rows_of(board):
        return list(board.standing_items.all())
    if seen is not None and seen != fingerprint(board):
        raise Refusal(
            "Someone changed these items after you opened the page. Check yours against them, then save again."
        )
    titles = [row.title.casefold() for row in rows]
    if len(set(titles)) < len(titles):
        raise Refusal("An item stands here twice. Delete one of them.")
    for row in rows:
        refuse_decision(board, row.purpose)
    own = {item.pk: item for item in board.standing_items.all()}
    written = []
    for position, row in enumerate(rows, start=1):
        item = own.pop(row.pk, None) or StandingItem(board=board)
        item.title, item.purpose, item.comes_last, item.position = row.title, row.purpose, row.comes_last, position
        item.save()
        written.append(item)
    removed = [item.title for item in own.values()]
    StandingItem.objects.filter(pk__in=own).delete()
    audit.record(by=by, verb="standing_items.written", subject=board, rows=len(written), removed=removed)
    return list(board.standing_items.all())

"""Boards are added and changed here."""

from django.db import transaction
from django.utils.text import slugify

from partnership import audit
from partnership.boards.models import Board


@transaction.atomic
def add(*, by, **facts) -> Board:
    """Adds a board under an address made from its name."""
    board = Board.objects.create(slug=_free_slug(facts["name"]), **facts)
    audit.record(by=by, verb="board.added", subject=board, clear_days=board.clear_days, day_kind=board.day_kind)
    return board


@transaction.atomic
def change(*, board: Board, by, **facts) -> Board:
    """Changes a board; the audit keeps its publication rule before and after."""
    before = Board.objects.get(pk=board.pk)
    for name, value in facts.items():
        setattr(board, name, value)
    board.save()
    audit.record(
        by=by,
        verb="board.changed",
        subject=board,
        rule_before=f"{before.clear_days} {before.day_kind}",
        rule_after=f"{board.clear_days} {board.day_kind}",
    )
    return board


def _free_slug(name: str) -> str:
    stem = slugify(name)[:180]
    taken = set(Board.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)

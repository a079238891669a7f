"""Boards are added and changed here."""

from django.db import transaction
from django.utils.text import slugify

from partnership import audit
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.boards.models import Board
from partnership.dates import clock
from partnership.refusals import Refusal


@transaction.atomic
def add(*, by, **facts) -> Board:
    """Adds a board under an address made from its name."""
    board = Board.objects.create(slug=_free_slug(facts["name"]), **facts)
    audit.record(by=by, verb="board.added", subject=board, clear_days=board.clear_days, day_kind=board.day_kind)
    return board


@transaction.atomic
def change(*, board: Board, by, revision: int | None = None, **facts) -> Board:
    """Changes a board and returns it; the audit log keeps what changed, and its publication rule before and after.

    Where nothing changes there is no new revision. Raises Stale when somebody else changed it since `revision`, and
    Refusal where it
    would report, however far up, to itself.
    """
    _refuse_loop(board, facts.get("reports_to"))
    locked = Board.objects.select_for_update().get(pk=board.pk)
    changed = sorted(name for name, value in facts.items() if getattr(locked, name) != value)
    if not changed:
        return locked
    refuse_if_stale(locked, revision, facts)
    rule_before = _rule(locked)
    for name, value in facts.items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.save()
    audit.record(
        by=by,
        verb="board.changed",
        subject=locked,
        revision=locked.revision,
        fields=changed,
        rule_before=rule_before,
        rule_after=_rule(locked),
    )
    return locked


def _rule(board: Board) -> str:
    return f"{board.clear_days} {board.day_kind}, by {clock(board.publish_by)}"


def _refuse_loop(board: Board, parent: Board | None) -> None:
    """Locks every board, so that two changes at the same time cannot make a loop."""
    if parent is None:
        return
    rows = Board.objects.select_for_update().order_by("pk").values_list("pk", "reports_to_id", "name")
    above, names = {}, {}
    for pk, reports_to, name in rows:
        above[pk], names[pk] = reports_to, name
    chain: list[int] = []
    here = parent.pk
    while here is not None and here not in chain:
        if here == board.pk:
            raise Refusal(_ring(board, [names[each] for each in chain]), "reports_to")
        chain.append(here)
        here = above[here]


def _ring(board: Board, names: list[str]) -> str:
    if not names:
        return "A board cannot report to itself: choose another"
    by_way = f" through {', '.join(names[1:])}" if names[1:] else ""
    return f"{names[0]} reports to this board{by_way}: choose a board that does not"


def _free_slug(name: str) -> str:
    stem = slugify(name)[:180]
    taken = set(Board.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)

"""The chain by which a board's reports are signed off, and the checks it asks of them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from assemblies.papers.models import BoardCheck, BoardStep
from partnership import audit, positions
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.boards.models import Board
from partnership.refusals import Refusal

MOST_STEPS = 10


@transaction.atomic
def write_step(*, board: Board, by, step: BoardStep | None, revision: int | None = None, **facts) -> BoardStep:
    """Changes a step of a board's chain, or adds one at its end (`step` None); returns it. Reports that are on their way keep
    the chain they began with. Raises Stale when somebody else changed the step since `revision`."""
    locked = _lock(board)
    rows = locked.report_chain
    if rows.exclude(pk=step.pk if step else None).filter(name__iexact=facts["name"]).exists():
        raise Refusal("The chain has a step of this name: give it another", "name")
    if step is None:
        if rows.count() >= MOST_STEPS:
            raise Refusal(f"A chain has at most {MOST_STEPS} steps.")
        last = rows.aggregate(last=Max("position"))["last"] or 0
        row, changed = BoardStep(board=locked, position=last + 1), []
    else:
        row = rows.get(pk=step.pk)
        changed = [name for name, value in facts.items() if getattr(row, name) != value]
        if not changed:
            return row
        refuse_if_stale(row, revision, facts)
        row.revision += 1
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    audit.record(by=by, verb="board.chain_step_written", subject=row, revision=row.revision, fields=changed)
    return row


@transaction.atomic
def remove_step(*, step: BoardStep, by) -> None:
    """Takes a step from the chain; those after it move up."""
    board = _lock(step.board)
    gone, _ = board.report_chain.filter(pk=step.pk).delete()
    if not gone:
        return
    for position, row in enumerate(board.report_chain.all(), start=1):
        BoardStep.objects.filter(pk=row.pk).update(position=position)
    audit.record(by=by, verb="board.chain_step_removed", subject=board, removed=step.name)


@transaction.atomic
def shift_step(*, step: BoardStep, by, up: bool) -> None:
    """Moves a step one place; at the end of the chain nothing happens."""
    board = _lock(step.board)
    if positions.shift(board.report_chain.all(), step.pk, up=up):
        audit.record(by=by, verb="board.chain_step_moved", subject=board, stage=step.name)


@transaction.atomic
def set_checks(*, board: Board, by, keys: Iterable[str]) -> None:
    """Says which checks the board asks of each report, besides those that are asked of every one."""
    locked = _lock(board)
    before, wanted = set(locked.report_checks.values_list("key", flat=True)), set(keys)
    if before == wanted:
        return
    locked.report_checks.exclude(key__in=wanted).delete()
    BoardCheck.objects.bulk_create(BoardCheck(board=locked, key=key) for key in sorted(wanted - before))
    audit.record(by=by, verb="board.report_checks_chosen", subject=locked, before=sorted(before), new=sorted(wanted))


def _lock(board: Board) -> Board:
    return Board.objects.select_for_update(no_key=True).get(pk=board.pk)

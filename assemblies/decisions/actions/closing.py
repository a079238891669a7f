"""A decision is closed to the public, on the ground of a board. It is opened again by releasing what closes it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.closures.actions.closure import Said
from assemblies.closures.models import Closure
from assemblies.decisions.actions.results import say_result
from assemblies.decisions.models import Decision
from partnership import audit
from partnership.boards.models import Board
from partnership.refusals import Refusal


@transaction.atomic
def close(*, decision: Decision, by) -> Decision:
    """Closes it to the public at once, before anybody says on which ground: what must not be read cannot wait. Returns it.

    The caller has checked that `by` may. Raises Refusal for one that was closed before and released since: it stays open.
    """
    row = _lock(decision)
    if row.closure and row.closure.in_force:
        return row
    if row.closure:
        raise Refusal("It was closed before, and made public since. That cannot be taken back.")
    row.closure = closures.begin(by=by)
    row.save(update_fields=["closure"])
    audit.record(by=by, verb="decision.closed", subject=row)
    say_result(row, by=by, now=timezone.now())
    return row


@transaction.atomic
def give_ground(*, decision: Decision, by, said: Said, board: Board, now: datetime | None = None) -> Closure:
    """Says on which ground of the board it is closed; returns what closes it, which is a fact of record from then on.

    The caller has checked that `by` may. Raises Refusal for a ground that the board does not have, for what is missing, and
    where a ground was given already.
    """
    row = _lock(decision)
    if row.closure is None or not row.closure.in_force or row.closure.recorded_at:
        raise Refusal("Its ground was given already, or it is open.")
    closure = closures.write(closure=row.closure, by=by, said=said, boards=[board])
    closures.record([closure.pk], now or timezone.now())
    audit.record(
        by=by, verb="closure.written", subject=closure, review_on=closure.review_on,
        grounds=[ground.get_ground_display() for ground in closure.grounds.all()],
    )  # fmt: skip
    return closure


def _lock(decision: Decision) -> Decision:
    """The decision, locked. Its closure is read afterwards: a row that was waited for keeps the join of before."""
    return Decision.objects.select_for_update().get(pk=decision.pk)

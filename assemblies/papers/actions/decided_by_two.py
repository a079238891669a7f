"""What is alike wherever a paper is withdrawn at once and decided by two: what is asked, and what is refused.

Each is called in the transaction of the withdrawal, with its paper locked.
"""

from datetime import datetime

from assemblies.papers.models.decided_by_two import DecidedByTwo, DecidedByTwoQuerySet
from partnership import states
from partnership.refusals import Refusal

State = DecidedByTwo.State


def refuse_empty(because: str) -> None:
    """Raises Refusal where nobody could read why it went."""
    if not because:
        raise Refusal("Say why it is withdrawn: people will see this in place of the paper.", "because")


def refuse_again(before: DecidedByTwoQuerySet, by) -> None:
    """Raises Refusal where the same member of staff took it out of view before, and it is back."""
    if before.filter(asked_by=by, state=State.BACK).exists():
        raise Refusal(
            "You took this paper out of view before, and it is back. Ask the chair, or somebody else, to look at it."
        )


def ask(made: DecidedByTwo, *, by, because: str, by_chair: bool, chair, now: datetime) -> None:
    """Sets who takes it out of view and why, unsaved; by the chair, or who acts for the `chair`, it is withdrawn with that."""
    made.because, made.asked_by, made.asked_at, made.by_chair = because, by, now, by_chair
    if by_chair:
        made.acted_for_chair = chair != by
        made.decided_by, made.decided_at = by, now
        states.enter(made, State.WITHDRAWN)


def refuse_decision(row: DecidedByTwo, *, decides: bool, own: bool) -> None:
    """Raises Refusal for who may not decide, and for who wants back what is withdrawn for good. `own`: they take back what
    they asked for."""
    if row.is_held and not own and not decides:
        raise Refusal("You took this paper out of view yourself. The chair, or another member of staff, decides.")
    if own and row.is_final:
        raise Refusal("This paper is withdrawn for good. A corrected one comes out as a new paper.")


def settle(row: DecidedByTwo, *, by, now: datetime) -> None:
    """A second person confirms."""
    states.move(row, State.WITHDRAWN, decided_by=by, decided_at=now)


def put_back(row: DecidedByTwo, *, by, because: str, now: datetime) -> None:
    """It is back. Raises Refusal where somebody else than who asked does not say why."""
    if row.asked_by_id != by.pk and not because:
        raise Refusal("Say why the paper can be read again: who took it out of view reads this.", "because")
    states.move(row, State.BACK, decided_by=by, decided_at=now, back_because=because)

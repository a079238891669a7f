"""What may follow what in an election and for a nomination. Actions ask `check` before they write."""

from partnership.boards.models import Election, Nomination
from partnership.ui.refusals import Refusal

E, N = Election.State, Nomination.State

TRANSITIONS = {
    Election: {
        E.DRAFT: {E.ANNOUNCED, E.CANCELLED},
        E.ANNOUNCED: {E.NOMINATIONS, E.CANCELLED},
        E.NOMINATIONS: {E.UNCONTESTED, E.VOTING, E.CANCELLED},
        E.UNCONTESTED: {E.PUBLISHED, E.CANCELLED},
        E.VOTING: {E.COUNTED, E.CANCELLED},
        E.COUNTED: {E.PUBLISHED, E.CANCELLED},
        E.PUBLISHED: set(),
        E.CANCELLED: set(),
    },
    Nomination: {
        N.PROPOSED: {N.STANDING, N.DECLINED, N.WITHDRAWN},
        N.STANDING: {N.WITHDRAWN},
        N.DECLINED: set(),
        N.WITHDRAWN: set(),
    },
}


def allowed(thing, to) -> bool:
    """Whether the thing may go from the state it is in to the state `to`."""
    return to in TRANSITIONS[type(thing)][type(thing).State(thing.state)]


def check(thing, to) -> None:
    """Raises Refusal, in words for the person, when the thing may not go to the state `to`."""
    if not allowed(thing, to):
        now = type(thing).State(thing.state).label
        raise Refusal(f"This is already {now}, so it cannot become {type(thing).State(to).label}.")

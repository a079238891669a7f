"""What may follow what, for each thing in a meeting that has states. Actions ask `check` before they write."""

from assemblies.models import InvitationList, Meeting, Registration
from partnership.ui.refusals import Refusal

M, R = Meeting.State, Registration.State

TRANSITIONS = {
    Meeting: {
        M.DRAFT: {M.PUBLISHED},
        M.PUBLISHED: {M.HELD, M.CANCELLED},
        M.HELD: {M.CLOSED},
        M.CLOSED: set(),
        M.CANCELLED: set(),
    },
    InvitationList: {
        InvitationList.State.OPEN: {InvitationList.State.SIGNED_OFF},
        InvitationList.State.SIGNED_OFF: {InvitationList.State.OPEN},
    },
    Registration: {
        R.HELD: {R.REGISTERED, R.CANCELLED},
        R.REGISTERED: {R.CANCELLED, R.ATTENDED, R.ABSENT},
        R.WAITING: {R.OFFERED, R.REGISTERED, R.CANCELLED, R.ATTENDED},
        R.OFFERED: {R.REGISTERED, R.CANCELLED, R.ATTENDED},
        R.CANCELLED: {R.HELD, R.REGISTERED, R.WAITING, R.ATTENDED},
        R.ATTENDED: {R.REGISTERED, R.ABSENT},
        R.ABSENT: {R.ATTENDED},
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

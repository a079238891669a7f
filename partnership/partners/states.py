"""The states of a membership, and who may leave each."""

from partnership.partners.models import Membership

State = Membership.State

TRANSITIONS = {
    State.WAITING: {State.ACCEPTED, State.REFUSED, State.ENDED},
    State.ACCEPTED: {State.ENDED},
    State.REFUSED: set(),
    State.ENDED: set(),
}

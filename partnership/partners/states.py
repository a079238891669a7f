"""The states of a membership and of a partner, and which may follow each."""

from partnership.partners.models import Membership, Partner
from partnership.refusals import Refusal

State = Membership.State

TRANSITIONS = {
    State.WAITING: {State.ACCEPTED, State.REFUSED, State.ENDED},
    State.ACCEPTED: {State.ENDED},
    State.REFUSED: set(),
    State.ENDED: set(),
}
# Merging has rules of its own (actions/merge.py): from every other state, and back to the state before.
PARTNER_TRANSITIONS = {
    Partner.State.PROPOSED: {Partner.State.LISTED, Partner.State.MERGED},
    Partner.State.LISTED: {Partner.State.CLOSED, Partner.State.MERGED},
    Partner.State.CLOSED: {Partner.State.LISTED, Partner.State.MERGED},
    Partner.State.MERGED: {Partner.State.PROPOSED, Partner.State.LISTED, Partner.State.CLOSED},
}


def check_partner(partner: Partner, state: str) -> None:
    """Raises Refusal where the partner cannot go to the state from where it is."""
    if state not in PARTNER_TRANSITIONS[Partner.State(partner.state)]:
        raise Refusal(f"{partner} is {Partner.State(partner.state).label}: this cannot be done now.")

"""What may follow what, and who moves it on: a blocker."""

from assemblies.blockers.models import Blocker
from partnership.states import Owner

S = Blocker.State

TRANSITIONS = {
    Blocker: {
        S.RAISED: {S.OWNED, S.ESCALATED, S.WITHDRAWN},
        S.OWNED: {S.RAISED, S.ESCALATED, S.RESOLVED, S.WITHDRAWN},
        S.ESCALATED: {S.OWNED, S.RESOLVED, S.WITHDRAWN},
        S.RESOLVED: {S.RAISED, S.OWNED},
        S.WITHDRAWN: {S.RAISED, S.OWNED},
    }
}
STARTS = {Blocker: {S.RAISED}}
OWNERS = {
    Blocker: {
        S.RAISED: Owner.STAFF,
        S.OWNED: Owner.PERSON,
        S.ESCALATED: Owner.CHAIR,
        S.RESOLVED: Owner.PERSON,
        S.WITHDRAWN: Owner.PERSON,
    }
}

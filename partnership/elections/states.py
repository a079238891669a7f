"""What may follow what, and who moves it on: elections and nominations."""

from partnership.elections.models import Election, Nomination
from partnership.states import Owner

E, N = Election.State, Nomination.State

TRANSITIONS = {
    Election: {
        E.DRAFT: {E.ANNOUNCED, E.CANCELLED},
        E.ANNOUNCED: {E.NOMINATIONS, E.CANCELLED},
        E.NOMINATIONS: {E.UNCONTESTED, E.VOTING, E.CANCELLED},
        E.UNCONTESTED: {E.PUBLISHED, E.CANCELLED},
        E.VOTING: {E.COUNTED, E.UNCONTESTED, E.CANCELLED},
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
STARTS = {
    Election: {E.DRAFT},
    Nomination: {N.PROPOSED},
}
OWNERS = {
    Election: {
        E.DRAFT: Owner.STAFF,
        E.ANNOUNCED: Owner.CLOCK,
        E.NOMINATIONS: Owner.CLOCK,
        E.UNCONTESTED: Owner.STAFF,
        E.VOTING: Owner.CLOCK,
        E.COUNTED: Owner.STAFF,
        E.PUBLISHED: Owner.NOBODY,
        E.CANCELLED: Owner.NOBODY,
    },
    Nomination: {
        N.PROPOSED: Owner.PERSON,
        N.STANDING: Owner.PERSON,
        N.DECLINED: Owner.NOBODY,
        N.WITHDRAWN: Owner.NOBODY,
    },
}

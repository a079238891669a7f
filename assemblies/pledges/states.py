"""What may follow what, and who moves it on: a pledge, and an ask."""

from assemblies.pledges.models import Ask, Pledge
from partnership.states import Owner

P, A = Pledge.State, Ask.State

TRANSITIONS = {
    Pledge: {
        P.PROMISED: {P.UNDER_WAY, P.KEPT, P.GIVEN_UP},
        P.UNDER_WAY: {P.UNDER_WAY, P.KEPT, P.GIVEN_UP},
        P.KEPT: {P.UNDER_WAY},
        P.GIVEN_UP: {P.UNDER_WAY},
    },
    Ask: {
        A.UNSENT: {A.ASKED, A.CLOSED},
        A.ASKED: {A.ACCEPTED, A.ANSWERED, A.DECLINED, A.CLOSED},
        A.ACCEPTED: {A.COMPLETED, A.ANSWERED, A.DECLINED, A.CLOSED},
        A.ANSWERED: {A.ACCEPTED},
        A.DECLINED: {A.ACCEPTED, A.ANSWERED},
        A.COMPLETED: set(),
        A.CLOSED: set(),
    },
}
STARTS = {Pledge: {P.PROMISED}, Ask: {A.UNSENT, A.ASKED}}
OWNERS = {
    Pledge: {P.PROMISED: Owner.PERSON, P.UNDER_WAY: Owner.PERSON, P.KEPT: Owner.PERSON, P.GIVEN_UP: Owner.PERSON},
    Ask: {
        A.UNSENT: Owner.STAFF, A.ASKED: Owner.PARTNER, A.ACCEPTED: Owner.PARTNER, A.ANSWERED: Owner.PARTNER,
        A.DECLINED: Owner.PARTNER, A.COMPLETED: Owner.NOBODY, A.CLOSED: Owner.NOBODY,
    },
}  # fmt: skip

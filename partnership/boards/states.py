"""What may follow what, and who moves it on: elections, nominations, posts and applications."""

from partnership.boards.models import Application, Election, Nomination, Post
from partnership.states import Owner

E, N, P, A = Election.State, Nomination.State, Post.State, Application.State

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
    Post: {
        P.DRAFT: {P.ADVERTISED},
        P.ADVERTISED: {P.SHORTLISTING, P.ENDED},
        P.SHORTLISTING: {P.INTERVIEWS, P.ENDED},
        P.INTERVIEWS: {P.APPOINTED, P.ENDED},
        P.APPOINTED: set(),
        P.ENDED: set(),
    },
    Application: {
        A.RECEIVED: {A.SHORTLISTED, A.NOT_SHORTLISTED, A.NOT_APPOINTED, A.WITHDRAWN},
        A.SHORTLISTED: {A.RECEIVED, A.NOT_SHORTLISTED, A.APPOINTED, A.NOT_APPOINTED, A.WITHDRAWN},
        A.NOT_SHORTLISTED: {A.RECEIVED, A.SHORTLISTED},
        A.APPOINTED: set(),
        A.NOT_APPOINTED: set(),
        A.WITHDRAWN: set(),
    },
}
STARTS = {Election: {E.DRAFT}, Nomination: {N.PROPOSED}, Post: {P.DRAFT}, Application: {A.RECEIVED}}
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
    Post: {
        P.DRAFT: Owner.STAFF,
        P.ADVERTISED: Owner.STAFF,
        P.SHORTLISTING: Owner.STAFF,
        P.INTERVIEWS: Owner.STAFF,
        P.APPOINTED: Owner.NOBODY,
        P.ENDED: Owner.NOBODY,
    },
    Application: {
        A.RECEIVED: Owner.STAFF,
        A.SHORTLISTED: Owner.STAFF,
        A.NOT_SHORTLISTED: Owner.STAFF,
        A.APPOINTED: Owner.NOBODY,
        A.NOT_APPOINTED: Owner.NOBODY,
        A.WITHDRAWN: Owner.NOBODY,
    },
}

"""What may follow what: elections, nominations, posts and applications. Actions ask `check` before they write."""

from partnership.boards.models import Application, Election, Nomination, Post
from partnership.refusals import Refusal

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


def allowed(thing, to) -> bool:
    """Whether the thing may go from the state it is in to the state `to`."""
    return to in TRANSITIONS[type(thing)][type(thing).State(thing.state)]


def check(thing, to) -> None:
    """Raises Refusal, in words for the person, when the thing may not go to the state `to`."""
    if not allowed(thing, to):
        now = type(thing).State(thing.state).label
        raise Refusal(f"This is already {now}, so it cannot become {type(thing).State(to).label}.")

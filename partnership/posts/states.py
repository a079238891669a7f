"""What may follow what, and who moves it on: posts and applications."""

from partnership.posts.models import Application, Post
from partnership.states import Owner

P, A = Post.State, Application.State

TRANSITIONS = {
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
STARTS = {
    Post: {P.DRAFT},
    Application: {A.RECEIVED},
}
OWNERS = {
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

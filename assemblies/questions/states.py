"""What may follow what, and who moves it on: a question from the public."""

from assemblies.questions.models import Question
from partnership.states import Owner

Q = Question.State

TRANSITIONS = {
    Question: {
        Q.UNCONFIRMED: {Q.RECEIVED},
        Q.RECEIVED: {Q.ACCEPTED, Q.REJECTED, Q.WITHDRAWN},
        Q.ACCEPTED: {Q.REJECTED, Q.ASKED, Q.ANSWERED, Q.WITHDRAWN},
        Q.REJECTED: set(),
        Q.ASKED: {Q.ANSWERED},
        Q.ANSWERED: set(),
        Q.WITHDRAWN: set(),
    },
}
STARTS = {Question: {Q.UNCONFIRMED}}
OWNERS = {
    Question: {
        Q.UNCONFIRMED: Owner.PERSON,
        Q.RECEIVED: Owner.CHAIR,
        Q.ACCEPTED: Owner.CHAIR,
        Q.REJECTED: Owner.NOBODY,
        Q.ASKED: Owner.CHAIR,
        Q.ANSWERED: Owner.NOBODY,
        Q.WITHDRAWN: Owner.NOBODY,
    },
}

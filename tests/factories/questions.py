from datetime import timedelta

import factory
from django.utils import timezone

from assemblies.questions.models import Question, QuestionRules, Reply
from partnership.keys import new_key
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.meetings import MeetingFactory


class QuestionRulesFactory(CountingFactory):
    """A board that takes questions, by the usual rules: `QuestionRulesFactory(board=board)`."""

    class Meta:
        model = QuestionRules

    board = factory.SubFactory(BoardFactory)
    takes_questions = True


class QuestionFactory(CountingFactory):
    """A question that was received, and waits for the chair: `QuestionFactory(meeting=meeting)`."""

    class Meta:
        model = Question

    meeting = factory.SubFactory(MeetingFactory)
    board = factory.SelfAttribute("meeting.board")
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    name = factory.Sequence(lambda n: f"Resident {n}")
    email = factory.Sequence(lambda n: f"resident-{n}@example.org")
    text = factory.Sequence(lambda n: f"What is done about waiting list {n}?")
    state = Question.State.RECEIVED
    key = factory.LazyFunction(new_key)
    asked_at = factory.LazyFunction(timezone.now)
    received_at = factory.SelfAttribute("asked_at")


class UnconfirmedQuestionFactory(QuestionFactory):
    """A question whose address nobody has confirmed."""

    state = Question.State.UNCONFIRMED
    number = None
    received_at = None


class AcceptedQuestionFactory(QuestionFactory):
    """A question that the meeting takes."""

    state = Question.State.ACCEPTED
    decided_at = factory.LazyAttribute(lambda question: question.asked_at + timedelta(hours=1))
    decided_by = factory.SubFactory(StaffFactory)


class RejectedQuestionFactory(AcceptedQuestionFactory):
    state = Question.State.REJECTED
    rejected_because = "It is about one person’s care, which the board does not decide on."


class AnsweredQuestionFactory(AcceptedQuestionFactory):
    """A question with a written reply."""

    class Meta:
        skip_postgeneration_save = True

    state = Question.State.ANSWERED
    reply = factory.RelatedFactory("tests.factories.questions.ReplyFactory", factory_related_name="question")


class ReplyFactory(CountingFactory):
    class Meta:
        model = Reply

    question = factory.SubFactory(AcceptedQuestionFactory)
    text = "Two more clinics open in October."
    by_name = "The chair"
    made_by = factory.SubFactory(UserFactory)
    made_at = factory.LazyFunction(timezone.now)

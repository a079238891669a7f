"""Two who decide on one question at the same moment, and several who ask the last one: it happens once."""

import pytest

from assemblies.questions.actions import question as questions
from assemblies.questions.models import Question
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def said(act):
    """What an act returned, or the words with which it was refused."""
    try:
        return act()
    except Refusal as refusal:
        return refusal.message


def test_accepted_and_rejected_at_once_is_one_of_them():
    question, first, second = make.QuestionFactory(), make.StaffFactory(), make.StaffFactory()
    acts = [
        lambda: questions.accept(question=question, by=first),
        lambda: questions.reject(question=question, by=second, reason="It is about one person."),
    ]
    answers = at_once(lambda: said(acts.pop()), 2)
    (refused,) = (each for each in answers if isinstance(each, str))
    assert refused.startswith(f"{Question.objects.get().decided_by} has ")
    assert Message.objects.count() == 1


def test_last_question_goes_to_one_of_those_who_ask_at_once():
    board = make.QuestionRulesFactory(most_at_meeting=1).board
    meeting = make.MeetingFactory(board=board)
    people = make.UserFactory.create_batch(3)

    def ask():
        person = people.pop()
        facts = {"name": "Sam", "email": person.email, "text": f"Why {person.pk}?"}
        return said(lambda: questions.ask(meeting=meeting, board=board, by=person, **facts))

    at_once(ask, 3)
    assert list(Question.objects.values_list("number", flat=True)) == [1]

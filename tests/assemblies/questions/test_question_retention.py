"""What is forgotten of those who put questions, and what stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.questions.models import Question
from assemblies.questions.retention import askers, unconfirmed_questions
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_who_asked_is_forgotten_unless_they_agreed_to_be_named():
    meeting = make.MeetingFactory()
    named = make.AnsweredQuestionFactory(meeting=meeting, may_name=True, name="Ann Ames", organisation="Armley")
    unnamed = make.AcceptedQuestionFactory(meeting=meeting, name="Bea Best", organisation="Leeds")
    rejected = make.RejectedQuestionFactory(meeting=meeting, may_name=True, name="Cy Cole")
    make.QuestionFactory(meeting=meeting, state=Question.State.WITHDRAWN)
    assert askers(meeting) == {"askers": 3, "questions": 1}
    for each in (named, unnamed, rejected):
        each.refresh_from_db()
        assert (each.email, each.key) == ("", None)
    assert (named.asker, bool(named.text)) == ("Ann Ames, Armley", True)
    assert (unnamed.asker_in_full, bool(unnamed.text)) == ("A member of the public", True)
    assert (rejected.name, rejected.text, bool(rejected.rejected_because)) == ("", "", True)


def test_question_nobody_confirmed_is_deleted_once_its_meeting_began():
    now = timezone.now()
    make.UnconfirmedQuestionFactory(asked_at=now - 2 * DAY)
    make.UnconfirmedQuestionFactory(asked_at=now - 2 * DAY, meeting__starts_at=now - DAY, meeting__ends_at=now + DAY)
    assert unconfirmed_questions(now) == {"unconfirmed_questions": 1}
    assert Question.objects.count() == 1

"""What waits for somebody on their home page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.dates import short_day
from partnership.todo import now_for
from tests.factories import (
    ExitQuestionFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MembershipFactory().user


def titles(user) -> list[str]:
    return [each.title for each in now_for(user)]


def test_invitation_waits_until_it_is_answered(member):
    invitation = InvitationFactory(email=member.email)
    assert titles(member) == [
        f"Answer your invitation to {invitation.meeting}, {short_day(invitation.meeting.starts_at)}"
    ]
    invitation.declined_at = timezone.now()
    invitation.save()
    assert titles(member) == []


@pytest.mark.parametrize("state", ["cancelled", "held", "draft"])
def test_invitation_to_a_meeting_that_is_off_or_over_does_not_wait(member, state):
    InvitationFactory(email=member.email, meeting__state=state)
    assert titles(member) == []


def test_exit_questions_wait_for_those_who_were_there_until_answered(member):
    ended = timezone.now() - timedelta(hours=1)
    meeting = MeetingFactory(starts_at=ended - timedelta(hours=3), ends_at=ended)
    question = ExitQuestionFactory(meeting=meeting)
    person = RegistrationFactory(meeting=meeting, email=member.email, state="attended")
    assert titles(member) == [f"Two questions about {meeting}, {short_day(meeting.starts_at)}"]
    question.answers.create(registration=person, text="Open our hall")
    assert titles(member) == []

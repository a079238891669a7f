"""Corrections to circulated minutes."""

import pytest
from django.db import IntegrityError, transaction

from assemblies.minutes.actions import correction as corrections
from assemblies.minutes.actions import minutes as actions
from assemblies.minutes.models import Correction
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.minutes.held import ended

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return ended()


@pytest.fixture
def minutes(held):
    made = actions.draft(meeting=held.meeting, board=held.board, by=held.chair)
    actions.circulate(minutes=made, by=held.chair)
    return made


@pytest.fixture
def correction(minutes, held):
    return corrections.propose(
        minutes=minutes, by=held.members[0], text="I was late.", item=minutes.newest.items.first()
    )


def test_correction_sent_twice_is_one(minutes, held, correction):
    again = corrections.propose(minutes=minutes, by=held.members[0], text=" I was late. ", item=correction.item)
    assert again == correction


def test_corrections_are_for_those_who_were_there(minutes):
    with pytest.raises(Refusal, match="who were at the meeting"):
        corrections.propose(minutes=minutes, by=make.StaffFactory(), text="Something else.")


def test_correction_after_agreement_is_refused(minutes, held):
    actions.agree(minutes=minutes, by=held.chair)
    with pytest.raises(Refusal, match="The chair agreed these minutes on"):
        corrections.propose(minutes=minutes, by=held.members[0], text="I was late.")


def test_draft_takes_no_corrections(held):
    other = ended()
    minutes = actions.draft(meeting=other.meeting, board=other.board, by=other.chair)
    with pytest.raises(Refusal, match="being written"):
        corrections.propose(minutes=minutes, by=other.members[0], text="I was late.")


def test_correction_says_something(minutes, held):
    with pytest.raises(Refusal, match="Say what should be corrected"):
        corrections.propose(minutes=minutes, by=held.members[0], text="  ")


def test_declining_needs_a_reason(correction, held):
    with pytest.raises(Refusal, match="why you do not make it"):
        corrections.answer(correction=correction, by=held.chair, accepted=False, words="No")


def test_answer_is_given_once_and_told_without_words(correction, held):
    corrections.answer(correction=correction, by=held.chair, accepted=False, words="The record says otherwise.")
    corrections.answer(correction=correction, by=held.chair, accepted=False, words="The record says otherwise.")
    with pytest.raises(Refusal, match=f"{held.chair} has answered"):
        corrections.answer(correction=correction, by=make.StaffFactory(), accepted=True)
    mail = Message.objects.get(key__contains="answered")
    assert mail.to_email == held.members[0].email
    assert "late" not in mail.text
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(answer="Something else")


def test_correction_of_an_older_version_is_not_answered(minutes, held, correction):
    corrections.answer(correction=correction, by=held.chair, accepted=True)
    actions.agree(minutes=minutes, by=held.chair)
    actions.reopen(minutes=minutes, by=held.chair, because="A name was left out.")
    actions.circulate(minutes=minutes, by=held.chair)
    with pytest.raises(Refusal, match="older version"):
        corrections.propose(minutes=minutes, by=held.members[0], text="Again.", item=correction.item)

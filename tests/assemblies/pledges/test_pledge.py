"""The owner of a pledge says how it goes, and is asked on its days."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from assemblies.pledges import asked
from assemblies.pledges.actions import pledge as pledges
from assemblies.pledges.actions import reminder
from assemblies.pledges.models import Pledge, PledgeStep
from assemblies.pledges.retention import addresses
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make

MET = date(2026, 9, 17)
REVIEW = date(2027, 3, 16)


@pytest.mark.parametrize(
    ("today", "occasion"),
    [
        (date(2026, 10, 16), ""),
        (date(2026, 10, 17), "30-days"),
        (date(2026, 11, 6), "30-days"),
        (date(2026, 11, 7), ""),  # three weeks later it waits for the next occasion
        (date(2026, 12, 16), "90-days"),
        (date(2027, 3, 16), "review-2027-03-16"),
        (date(2027, 4, 6), ""),
    ],
)
def test_owner_is_asked_after_30_and_90_days_and_at_review(today, occasion):
    pledge = make.PledgeFactory.build(review_on=REVIEW)
    pledge.answer.question.meeting.ends_at = timezone.make_aware(timezone.datetime(2026, 9, 17, 12, 30))
    assert asked.occasion_of(pledge, today) == occasion


@pytest.mark.django_db
class TestSaying:
    @pytest.mark.parametrize("state", ["kept", "given_up"])
    def test_end_needs_words(self, state):
        with pytest.raises(Refusal, match="Say in a sentence"):
            pledges.say(pledge=make.PledgeFactory(), state=state, words="no")

    def test_what_is_said_is_kept_step_by_step(self):
        pledge = make.PledgeFactory()
        pledges.say(pledge=pledge, state="under_way")
        pledges.say(pledge=pledge, state="under_way")
        pledges.say(pledge=pledge, state="kept", words="The hall opens each Monday")
        assert [step.said for step in pledge.steps.all()] == ["under_way", "kept"]
        assert Pledge.objects.get().state == "kept"

    def test_step_is_never_changed(self):
        step = make.PledgeStepFactory()
        for act in (lambda: PledgeStep.objects.update(words="x"), step.delete):
            with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
                act()

    def test_review_day_is_still_to_come(self):
        pledge = make.PledgeFactory()
        with pytest.raises(Refusal, match="still to come"):
            pledges.say(pledge=pledge, state="under_way", review_on=timezone.localdate())
        later = timezone.localdate() + timedelta(days=9)
        assert pledges.say(pledge=pledge, state="under_way", review_on=later).review_on == later


def due(**facts) -> Pledge:
    """A pledge of a meeting that ended 31 days ago."""
    now = timezone.now()
    meeting = make.MeetingFactory(starts_at=now - timedelta(days=31, hours=2), ends_at=now - timedelta(days=31))
    return make.PledgeFactory(answer__question__meeting=meeting, **facts)


@pytest.mark.django_db
class TestAsking:
    def test_owner_is_asked_once_with_a_link_that_needs_no_password(self):
        pledge = due()
        assert reminder.ask_owners() == 1
        assert reminder.ask_owners() == 0
        message = Message.objects.get()
        assert message.to_email == pledge.email
        assert pledge.own_url in message.text

    def test_missed_run_is_caught_up_and_not_doubled(self):
        due()
        assert reminder.ask_owners(timezone.now() + timedelta(days=10)) == 1
        assert reminder.ask_owners(timezone.now() + timedelta(days=58)) == 0
        assert reminder.ask_owners(timezone.now() + timedelta(days=59)) == 1  # the 90 days

    @pytest.mark.parametrize("facts", [{"state": "kept"}, {"state": "given_up"}, {"email": ""}])
    def test_nobody_is_asked_about_what_is_over(self, facts):
        due(**facts)
        assert reminder.ask_owners() == 0

    def test_new_review_day_is_asked_about_again(self):
        pledge = due(asked="30-days", review_on=timezone.localdate())
        assert reminder.ask_owners() == 1
        pledge.refresh_from_db()
        assert pledge.asked == f"review-{timezone.localdate()}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "later", "is_kept"),
    [
        ({}, 29, True),
        ({"state": "kept"}, 29, True),
        ({"state": "kept"}, 31, False),
        ({"review_on": timezone.localdate() + timedelta(days=1)}, 60, True),
        ({"review_on": timezone.localdate() + timedelta(days=1)}, 63, False),
    ],
)
def test_address_is_deleted_when_nothing_is_left_to_ask(facts, later, is_kept):
    pledge = make.PledgeFactory(said_at=timezone.now(), **facts)
    addresses(timezone.now() + timedelta(days=later))
    pledge.refresh_from_db()
    assert bool(pledge.email) is is_kept
    assert (Pledge.objects.holding_key(pledge.key) is not None) is is_kept

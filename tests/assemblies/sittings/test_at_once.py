"""Several people record one meeting at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.decisions.models import Decision
from assemblies.organising.actions import meeting as meetings
from assemblies.sittings.actions import sitting as sittings
from assemblies.sittings.models import Sitting
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.at_once import at_once, holds_while_it_waits

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_two_who_record_one_outcome_at_once_enter_one(record):
    record.all_here()
    colleague = make.StaffFactory()
    turns = iter(({}, {"by": colleague, "outcome": "noted"}))

    def agree():
        try:
            return record.agree(**next(turns))
        except Refusal as refusal:
            return refusal

    answers = at_once(agree, times=2)
    refused = [each for each in answers if isinstance(each, Refusal)]
    assert len(refused) == 1
    assert "already" in str(refused[0])
    assert record.sitting.entries.filter(kind="outcome").count() == 1


@pytest.mark.django_db(transaction=True)
def test_outcome_waits_while_the_meeting_is_cancelled(record):
    record.all_here()
    meeting, staff = record.sitting.meeting, make.StaffFactory()

    def agree():
        with pytest.raises(Refusal, match="This meeting was cancelled"):
            record.agree()

    holds_while_it_waits(agree, record.seats[0], lock=lambda: meetings.cancel(meeting=meeting, by=staff, reason="Snow"))
    assert not record.sitting.entries.filter(kind="outcome").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_say_at_once_that_an_item_is_done_enter_it_once(record):
    how = iter(({"how": "taken", "because": ""}, {"how": "put_off", "because": "There was no time for it today"}))

    def done():
        try:
            return record.enter("done", 2, **next(how))
        except Refusal as refusal:
            return refusal

    answers = at_once(done, times=2)
    assert sorted(isinstance(each, Refusal) for each in answers) == [False, True]
    assert record.sitting.entries.filter(kind="done").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_end_a_meeting_at_once_record_each_decision_once(record, chair):
    record.all_here()
    record.agree()
    record.enter("done", 2, how="taken", because="")
    due = timezone.localdate().isoformat()
    record.enter("action", 1, text="Write to the trust", owner=chair.pk, name=str(chair), due_on=due)
    people = iter((record.by, make.StaffFactory()))
    at_once(lambda: sittings.end(sitting=record.sitting, by=next(people)), times=2)
    assert Decision.objects.count() == 1
    assert Message.objects.filter(to_email=chair.email, subject__icontains="action").count() == 1
    assert Sitting.objects.get().state == "ended"

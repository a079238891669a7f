"""What partners answer to a call: one answer for each, changed by colleagues until it closes, never by others."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.organising.actions import personal_data
from assemblies.voice.actions import partner_answer
from assemblies.voice.actions.partner_answer import View
from assemblies.voice.models import PartnerAnswer, TopicView
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.voice.voice import give, over, sector

pytestmark = pytest.mark.django_db


def test_answer_says_who_gave_it_and_who_changed_it():
    here = sector("Aid")
    call = here.ask()
    here.answer(call, 0, "support", words="Yes please.")
    colleague = make.MembershipFactory(partner=here.partners[0]).user
    views = {topic: View("concerns", " Too late in the day. ") for topic in call.topics.all()}
    changed = give(call, here.partners[0], colleague, views, named=True, seen=1)
    assert (changed.given_by, changed.changed_by, changed.named) == (here.members[0], colleague, True)
    said = set(changed.views.values_list("stance", "words"))
    assert said == {("concerns", "Too late in the day.")}
    assert PartnerAnswer.objects.count() == 1


def test_answer_submitted_twice_is_the_same_answer():
    here = sector("Aid")
    call = here.ask()
    first, again = here.answer(call, 0, "support"), here.answer(call, 0, "support")
    assert first == again
    assert (again.revision, TopicView.objects.count()) == (1, 2)


def test_colleague_who_wrote_is_not_overwritten():
    here = sector("Aid")
    call = here.ask()
    here.answer(call, 0, "support")
    with pytest.raises(Refusal, match="colleague"):
        here.answer(call, 0, "concerns")
    assert set(TopicView.objects.values_list("stance", flat=True)) == {"support"}


@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=1)])
def test_answer_comes_before_the_close(after):
    here = sector("Aid")
    call = here.ask()
    views = {topic: View("none") for topic in call.topics.all()}
    given = {
        "call": call,
        "partner": here.partners[0],
        "by": here.members[0],
        "views": views,
        "named": False,
        "seen": 0,
    }
    with pytest.raises(Refusal, match="closed"):
        partner_answer.give(**given, now=call.closes_at + after)
    assert partner_answer.give(**given, now=call.closes_at - timedelta(seconds=1))


def test_partner_that_was_not_asked_does_not_answer():
    here = sector("Aid")
    call = here.ask()
    here.partners.append(make.PartnerFactory(kind="nhs_trust"))
    here.members.append(make.UserFactory())
    with pytest.raises(Refusal, match="was not asked"):
        here.answer(call, 1, "support")


def test_database_holds_one_answer_a_partner_and_one_view_a_topic():
    here = sector("Aid")
    call = here.ask()
    answer = here.answer(call, 0, "support")
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerAnswer.objects.create(call=call, partner=here.partners[0], given_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicView.objects.create(answer=answer, topic=call.topics.first(), stance="none")


def test_record_names_nobody_who_answered():
    here = sector("Aid")
    here.answer(here.ask(), 0, "support")
    entry = Entry.objects.get(verb="call.answered")
    assert (entry.actor, entry.actor_label) == (None, "")
    assert "Aid" not in f"{entry.subject_label}{entry.details}"


def test_names_of_answerers_are_deleted_and_the_words_stay(settings):
    here = sector("Aid")
    here.answer(here.ask(), 0, "concerns", words="The last bus goes at five.")
    ends = over(here.meeting).ends_at
    kept = timedelta(days=settings.ATTENDEES_KEPT_DAYS)
    personal_data.delete_due(ends + kept)
    assert PartnerAnswer.objects.get().given_by == here.members[0]
    personal_data.delete_due(ends + kept + timedelta(minutes=1))
    answer = PartnerAnswer.objects.get()
    assert (answer.given_by, answer.changed_by, answer.views.count()) == (None, None, 2)

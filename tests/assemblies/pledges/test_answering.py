"""Exit answers become pledges and asks, with as much about who answered as they agreed to show."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.pledges.actions import answering
from assemblies.pledges.actions import ask as asks
from assemblies.pledges.actions import pledge as pledges
from assemblies.pledges.actions.answering import Given
from assemblies.pledges.models import Ask, Pledge
from assemblies.registrations.models import ExitAnswer
from partnership.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def over():
    """An assembly that ended an hour ago, its two questions, and somebody of a listed organisation who was there."""
    ended = timezone.now() - timedelta(hours=1)
    meeting = make.MeetingFactory(starts_at=ended - timedelta(hours=3), ends_at=ended)
    will = make.ExitQuestionFactory(meeting=meeting)
    need = make.ExitQuestionFactory(meeting=meeting, kind="need", position=1)
    person = make.RegistrationFactory(
        meeting=meeting, name="Ann Lee", partner=make.PartnerFactory(name="Halton Carers"), place=make.PlaceFactory()
    )
    return person, will, need


def answer(person, *given, shown_as="neither"):
    return answering.answer(registration=person, given=[Given(*each) for each in given], shown_as=shown_as)


def test_answers_become_a_pledge_and_an_ask(over):
    person, will, need = over
    trust = make.PartnerFactory(name="The Trust")
    assert answer(person, (will, "Open our hall"), (need, "A van", trust)) == 2
    pledge, ask = Pledge.objects.get(), Ask.objects.get()
    assert (pledge.text, pledge.place, pledge.state) == ("Open our hall", person.place, "promised")
    assert (ask.text, ask.partner, ask.state) == ("A van", trust, "asked")
    assert (pledge.review_on - timezone.localdate(person.meeting.ends_at)).days == 180


@pytest.mark.parametrize(
    ("shown_as", "author"),
    [
        ("name", "Ann Lee, Halton Carers"),
        ("organisation", "Halton Carers"),
        ("neither", "Somebody at the meeting"),
    ],
)
def test_what_nobody_agreed_to_show_is_not_kept(over, shown_as, author):
    person, will, need = over
    answer(person, (will, "Open our hall"), (need, "A van"), shown_as=shown_as)
    for row in (Pledge.objects.get(), Ask.objects.get()):
        assert row.author == author
        assert (row.of_partner is None) == (shown_as == "neither")


@pytest.mark.parametrize(
    "wrong", [{"shown_as": "organisation", "name": "Ann"}, {"shown_as": "neither", "organisation": "X"}]
)
def test_database_keeps_no_name_its_owner_did_not_agree_to(wrong):
    for factory in (make.PledgeFactory, make.AskFactory):
        with pytest.raises(IntegrityError), transaction.atomic():
            factory(**wrong)


def test_name_outlives_the_attendee_list(over):
    person, will, _ = over
    answer(person, (will, "Open our hall"), shown_as="name")
    person.delete()
    assert Pledge.objects.get().author == "Ann Lee, Halton Carers"


def test_changed_answer_changes_its_pledge_and_ask(over):
    person, will, need = over
    answer(person, (will, "Open our hall"), (need, "A van"), shown_as="name")
    council = make.PartnerFactory()
    answer(person, (will, "Open our garden"), (need, "A bus", council))
    pledge, ask = Pledge.objects.get(), Ask.objects.get()
    assert (pledge.text, pledge.name) == ("Open our garden", "")
    assert (ask.text, ask.partner, ask.state) == ("A bus", council, "asked")


def test_emptied_answer_takes_its_pledge_along(over):
    person, will, need = over
    answer(person, (will, "Open our hall"), (need, "A van"))
    answer(person, (will, " "), (need, "A van"))
    assert not Pledge.objects.exists()
    assert Ask.objects.count() == 1


def test_pledge_that_goes_on_is_not_taken_away(over):
    person, will, _ = over
    answer(person, (will, "Open our hall"))
    pledges.say(pledge=Pledge.objects.get(), state="under_way")
    with pytest.raises(Refusal, match="it stays"):
        answer(person, (will, ""))
    answer(person, (will, "Open our hall twice"))
    assert Pledge.objects.get().state == "under_way"


@pytest.mark.parametrize("change", ["text", "partner", "gone"])
def test_ask_that_was_answered_does_not_change(over, change):
    person, _, need = over
    trust = make.PartnerFactory()
    answer(person, (need, "A van", trust))
    asks.respond(ask=Ask.objects.get(), to="accepted", by=make.UserFactory())
    given = {"text": (need, "Two vans", trust), "partner": (need, "A van"), "gone": (need, "", trust)}[change]
    with pytest.raises(Refusal, match="answered this already"):
        answer(person, given)
    assert ExitAnswer.objects.get().text == "A van"
    answer(person, (need, "A van", trust), shown_as="name")
    assert Ask.objects.get().name == "Ann Lee"


def test_ask_that_staff_sent_to_others_stays_with_them(over):
    person, _, need = over
    answer(person, (need, "A van"))
    for partner in (make.PartnerFactory(), make.PartnerFactory()):
        asks.send(ask=Ask.objects.first(), partner=partner, by=make.StaffFactory())
    answer(person, (need, "A van"))
    assert Ask.objects.filter(partner__isnull=False).count() == 2


def test_ask_to_a_partner_that_left_is_refused(over):
    person, _, need = over
    gone = make.PartnerFactory(state="closed", closed_on=timezone.localdate())
    with pytest.raises(Refusal, match="no longer part of the partnership"):
        answer(person, (need, "A van", gone))
    assert not ExitAnswer.objects.exists()

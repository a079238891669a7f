"""A partner answers what it is asked; staff find the partner where nobody was named."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from assemblies.pledges.actions import ask as asks
from assemblies.pledges.actions import reminder
from assemblies.pledges.models import Ask, AskStep
from assemblies.pledges.retention import addresses
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["accepted", "completed"], "completed"),
        (["answered"], "answered"),
        (["accepted", "answered"], "answered"),
        (["accepted", "declined"], "declined"),
        (["declined", "accepted"], "accepted"),
        (["closed"], "closed"),
    ],
)
def test_partner_answers_step_by_step(steps, state):
    ask, by = make.AskFactory(), make.UserFactory()
    for to in steps:
        asks.respond(ask=ask, to=to, by=by, words="As we said at the meeting")
    ask.refresh_from_db()
    assert ask.state == state
    assert [step.said for step in ask.steps.all()] == steps


@pytest.mark.parametrize(("state", "to"), [("asked", "completed"), ("completed", "accepted"), ("closed", "answered")])
def test_step_that_does_not_follow_is_refused(state, to):
    with pytest.raises(Refusal, match="cannot become"):
        asks.respond(ask=make.AskFactory(state=state), to=to, by=make.UserFactory(), words="As we said before")


@pytest.mark.parametrize("to", ["declined", "answered", "closed"])
def test_answer_needs_words(to):
    with pytest.raises(Refusal) as refused:
        asks.respond(ask=make.AskFactory(), to=to, by=make.UserFactory(), words="no")
    assert refused.value.field == "words"


def test_same_said_twice_is_said_once_and_who_asked_is_told():
    ask, by = make.AskFactory(), make.UserFactory()
    for _ in range(2):
        asks.respond(ask=ask, to="declined", by=by, words="We have no van ourselves")
    assert AskStep.objects.count() == 1
    message = Message.objects.get()
    assert message.to_email == ask.email
    assert "We have no van ourselves" in message.text


def test_who_closes_their_own_ask_is_not_written_to():
    asks.respond(ask=make.AskFactory(), to="closed", by=None, words="We found a van elsewhere")
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_accept_at_once_and_it_is_accepted_once():
    ask, by = make.AskFactory(), make.UserFactory()
    at_once(lambda: asks.respond(ask=ask, to="accepted", by=by))
    assert AskStep.objects.count() == 1


def test_staff_send_an_ask_to_a_partner():
    ask, partner = make.UnsentAskFactory(), make.PartnerFactory()
    asks.send(ask=ask, partner=partner, by=make.StaffFactory())
    ask.refresh_from_db()
    assert (ask.partner, ask.state) == (partner, "asked")


def test_second_partner_has_an_ask_of_its_own():
    ask, other = make.AskFactory(name="Ann", shown_as="name"), make.PartnerFactory()
    sent = asks.send(ask=ask, partner=other, by=make.StaffFactory())
    ask.refresh_from_db()
    assert (sent.partner, sent.text, sent.name, sent.state) == (other, ask.text, "Ann", "asked")
    assert (ask.partner != other, ask.state) == (True, "asked")
    with pytest.raises(Refusal, match="asked this already"):
        asks.send(ask=ask, partner=other, by=make.StaffFactory())


def test_partner_that_left_is_replaced_and_the_first_ask_closed():
    ask, other = make.AskFactory(), make.PartnerFactory()
    ask.partner.state, ask.partner.closed_on = "closed", timezone.localdate()
    ask.partner.save()
    assert list(Ask.objects.to_send()) == [ask]
    asks.send(ask=ask, partner=other, by=make.StaffFactory())
    ask.refresh_from_db()
    assert ask.state == "closed"
    assert "asked instead" in ask.steps.get().words
    assert not Ask.objects.to_send().exists()
    with pytest.raises(Refusal, match="no longer part"):
        asks.send(ask=make.UnsentAskFactory(), partner=ask.partner, by=make.StaffFactory())


def test_database_holds_one_partner_for_one_ask():
    ask = make.AskFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.AskFactory(answer=ask.answer, partner=ask.partner)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.AskFactory(partner=None, sent_at=None)


def test_step_is_never_changed():
    step = make.AskStepFactory()
    for act in (lambda: AskStep.objects.update(words="x"), step.delete):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            act()


def test_members_are_told_in_one_email_once_it_has_settled():
    partner = make.PartnerFactory()
    member, other = make.MembershipFactory(partner=partner).user, make.MembershipFactory(partner=partner).user
    make.MembershipFactory(partner=partner, state="requested")
    rows = [make.AskFactory(partner=partner) for _ in range(2)]
    assert reminder.tell_partners() == 0
    later = timezone.now() + timedelta(minutes=16)
    assert reminder.tell_partners(later) == 2
    assert reminder.tell_partners(later) == 0
    assert set(Message.objects.values_list("to_email", flat=True)) == {member.email, other.email}
    assert all(row.text in Message.objects.first().text for row in rows)


@pytest.mark.parametrize(
    ("state", "later", "is_kept"),
    [("asked", 364, True), ("asked", 366, False), ("answered", 29, True), ("answered", 31, False)],
)
def test_address_is_deleted_when_nothing_is_left_to_tell(state, later, is_kept):
    ask = make.AskFactory(state=state, said_at=timezone.now())
    addresses(timezone.now() + timedelta(days=later))
    ask.refresh_from_db()
    assert bool(ask.email) is is_kept

"""A nomination counts once the candidate has accepted it and somebody of another organisation has seconded it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.elections.actions import nomination as actions
from partnership.elections.models import Election, Nomination
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return election_of()


def nominate(world, *, by=0, candidate=0, seconder=1, partner=None):
    """Numbers are places on the roll; a person may be given instead."""
    people = [person if hasattr(person, "pk") else world.people[person] for person in (by, candidate, seconder)]
    return actions.nominate(
        election=world.election,
        by=people[0],
        candidate=people[1],
        partner=partner or world.voters[candidate].partner,
        seconder=people[2],
        statement="I will listen.",
    )


def test_third_party_nomination_is_accepted_and_seconded(world):
    made = nominate(world, by=2)
    assert made.state == "proposed"
    assert set(Message.objects.values_list("to_email", flat=True)) == {world.people[0].email, world.people[1].email}
    actions.accept(nomination=made, by=world.people[0], statement="I will listen and report back.")
    made.refresh_from_db()
    assert made.state == "proposed"
    assert actions.second(nomination=made, by=world.people[1]).state == "standing"
    assert "report back" in Nomination.objects.get().statement


def test_who_stands_asks_only_the_seconder(world):
    made = nominate(world)
    assert made.accepted_at
    assert Message.objects.get().to_email == world.people[1].email
    assert actions.second(nomination=made, by=world.people[1]).state == "standing"


def test_who_seconds_is_of_another_organisation_on_the_roll(world):
    colleague = make.MembershipFactory(partner=world.voters[0].partner).user
    for somebody in (colleague, world.people[0], make.MembershipFactory().user):
        with pytest.raises(Refusal, match="another organisation on the roll"):
            nominate(world, seconder=somebody)


def test_candidate_and_proposer_are_of_organisations_on_the_roll(world):
    outsider = make.MembershipFactory()
    with pytest.raises(Refusal, match="Only people of an organisation on the roll"):
        nominate(world, by=outsider.user)
    with pytest.raises(Refusal, match="candidate must be"):
        nominate(world, candidate=outsider.user, partner=outsider.partner)


def test_person_is_nominated_once_at_a_time(world):
    made = nominate(world)
    with pytest.raises(Refusal, match="already been nominated for this election"):
        nominate(world, seconder=2)
    actions.withdraw(nomination=made, by=world.people[0])
    assert nominate(world, seconder=2).pk != made.pk


def test_declining_ends_it_and_takes_the_other_mail_back(world):
    made = nominate(world, by=2)
    assert actions.decline(nomination=made, by=world.people[0]).state == "declined"
    assert not Message.objects.filter(state="queued").exists()
    with pytest.raises(Refusal, match="was declined"):
        actions.second(nomination=made, by=world.people[1])


def test_nobody_answers_for_someone_else(world):
    made = nominate(world, by=2)
    with pytest.raises(Refusal, match="Only the candidate"):
        actions.accept(nomination=made, by=world.people[1], statement="x")
    with pytest.raises(Refusal, match="Only the person named"):
        actions.second(nomination=made, by=world.people[0])


def test_nominations_keep_to_their_time(world):
    made = nominate(world, by=2)
    Election.objects.update(nominations_close_at=timezone.now() - timedelta(minutes=1))
    for act in (
        lambda: nominate(world, candidate=2, by=2),
        lambda: actions.second(nomination=made, by=world.people[1]),
    ):
        with pytest.raises(Refusal, match="Nominations closed on"):
            act()
    with pytest.raises(Refusal, match="Nominations open on"):
        nominate(election_of(state="announced"))

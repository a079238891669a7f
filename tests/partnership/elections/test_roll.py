"""The roll: organisations chosen from the directory, frozen at its date, each with the person who votes for it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership.elections.actions import roll
from partnership.elections.merging import both_vote
from partnership.elections.models import Election
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db


def put_on(election, *partners):
    return roll.put_on(election=election, partners=partners, by=make.StaffFactory())


def test_officer_votes_by_default_else_the_only_member_else_nobody():
    election = election_of(organisations=0, state="draft").election
    with_officer, with_one, with_two, empty = make.PartnerFactory.create_batch(4)
    make.MembershipFactory(partner=with_officer)
    officer = make.MembershipFactory(partner=with_officer, part="officer").user
    only = make.MembershipFactory(partner=with_one).user
    make.MembershipFactory(partner=with_one, state="waiting", decided_at=None)
    make.MembershipFactory.create_batch(2, partner=with_two)
    assert put_on(election, with_officer, with_one, with_two, empty) == 4
    people = {voter.partner: voter.person for voter in election.roll.all()}
    assert people == {with_officer: officer, with_one: only, with_two: None, empty: None}
    assert put_on(election, with_officer, empty) == 0


def test_frozen_roll_takes_nobody_on_or_off():
    world = election_of(state="announced")
    Election.objects.update(roll_freezes_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refusal, match="The roll was frozen on"):
        put_on(world.election, make.PartnerFactory())
    with pytest.raises(Refusal, match="The roll was frozen on"):
        roll.take_off(voter=world.voters[0], by=None)
    assert world.election.roll.count() == 3


def test_organisation_is_on_the_roll_once():
    world = election_of()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.VoterFactory(election=world.election, partner=world.voters[0].partner)


def test_voter_is_a_member_there_and_stays_after_the_vote():
    world = election_of(candidates=2, state="voting")
    voter = world.voters[0]
    with pytest.raises(Refusal, match="accepted member of"):
        roll.name_voter(voter=voter, person=make.UserFactory(), by=None)
    colleague = make.MembershipFactory(partner=voter.partner).user
    roll.name_voter(voter=voter, person=colleague, by=None)
    assert Message.objects.filter(to_email=colleague.email, subject__startswith="Voting is open").count() == 0
    world.cast(1, 1)
    with pytest.raises(Refusal, match="has already voted"):
        roll.name_voter(voter=world.voters[1], person=colleague, by=None)


def test_members_without_a_voter_are_asked_once_a_day():
    election = election_of(organisations=0, state="draft").election
    partner = make.PartnerFactory()
    make.MembershipFactory.create_batch(2, partner=partner)
    put_on(election, partner)
    staff = make.StaffFactory()
    assert roll.chase(election=election, by=staff) == 2
    assert roll.chase(election=election, by=staff) == 0
    assert f"Who casts the vote of {partner}?" in Message.objects.first().subject


def test_voters_are_filled_in_once_people_have_joined():
    election = election_of(organisations=0, state="draft").election
    partner = make.PartnerFactory()
    put_on(election, partner)
    joined = make.MembershipFactory(partner=partner).user
    assert roll.fill_in_people(election=election, by=None) == 1
    assert election.roll.get().person == joined


def test_person_who_leaves_is_a_voter_to_be_found_again():
    world = election_of(candidates=2, state="voting")
    world.people[0].memberships.update(state="ended")
    assert list(world.election.roll.without_person()) == [world.voters[0]]
    assert roll.fill_in_people(election=world.election, by=None) == 0
    stays = make.MembershipFactory(partner=world.voters[0].partner).user
    assert roll.fill_in_people(election=world.election, by=None) == 1
    assert world.election.roll.get(pk=world.voters[0].pk).person == stays


def test_two_that_both_vote_cannot_be_made_one_until_it_is_over():
    world = election_of(candidates=2, state="voting")
    one, other = world.voters[0].partner, world.voters[1].partner
    assert "Both vote in" in both_vote(one, other)
    assert both_vote(one, make.PartnerFactory()) == ""
    Election.objects.update(state="published")
    assert both_vote(one, other) == ""

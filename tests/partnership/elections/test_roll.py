"""The roll: organisations chosen from the directory, frozen at its date, each with the person who votes for it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from partnership.elections.actions import ballot, candidate, clock, roll
from partnership.elections.actions import election as elections
from partnership.elections.merging import both_vote, one_votes
from partnership.elections.models import Election, Voter, VoterChange
from partnership.outbox.models import Message
from partnership.partners.actions.officer import set_part
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=400)


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
    officer = make.MembershipFactory(partner=voter.partner, part="officer", decided_at=LONG_AGO).user
    with pytest.raises(Refusal, match="accepted member of"):
        roll.name_voter(voter=voter, person=make.UserFactory(), by=officer)
    colleague = make.MembershipFactory(partner=voter.partner).user
    assert roll.name_voter(voter=voter, person=colleague, by=officer) is None
    assert Voter.objects.get(pk=voter.pk).person == colleague
    told = Message.objects.filter(subject=f"{colleague} now casts the vote of {voter.partner}")
    assert {message.to_email for message in told} == {colleague.email, world.people[0].email}
    ballot.cast(voter=voter, by=colleague, ranking=[1])
    with pytest.raises(Refusal, match="has already voted"):
        roll.name_voter(voter=voter, person=officer, by=officer)


def test_nobody_but_an_officer_names_themselves():
    world = election_of(state="draft")
    voter = world.voters[0]
    member = make.MembershipFactory(partner=voter.partner).user
    officer = make.MembershipFactory(partner=voter.partner, part="officer").user
    with pytest.raises(Refusal, match="You cannot name yourself"):
        roll.name_voter(voter=voter, person=member, by=member)
    roll.name_voter(voter=voter, person=officer, by=officer)
    assert Voter.objects.get(pk=voter.pk).person == officer


def test_staff_who_ask_for_the_roll_become_no_voter_by_it():
    election = election_of(organisations=0, state="draft").election
    staff = make.StaffFactory()
    alone = make.MembershipFactory(user=staff).partner
    roll.put_on(election=election, partners=[alone], by=staff)
    assert roll.fill_in_people(election=election, by=staff) == 0
    assert election.roll.get().person is None
    assert roll.fill_in_people(election=election, by=make.StaffFactory()) == 1


def test_change_on_a_frozen_roll_waits_for_a_second_member_of_staff():
    world = election_of(candidates=2, state="voting")
    voter, before = world.voters[0], world.people[0]
    officer = make.MembershipFactory(partner=voter.partner, part="officer").user
    staff, second = make.StaffFactory.create_batch(2)
    to_be = make.MembershipFactory(partner=voter.partner).user
    change = roll.name_voter(voter=voter, person=to_be, by=staff)
    assert Voter.objects.get(pk=voter.pk).person == before
    asked = Message.objects.filter(subject=f"Somebody asks to change who votes for {voter.partner}")
    assert {message.to_email for message in asked} == {before.email, officer.email}
    with pytest.raises(Refusal, match="You asked for this change"):
        roll.confirm_change(change=change, by=staff)
    roll.confirm_change(change=change, by=second)
    assert Voter.objects.get(pk=voter.pk).person == to_be
    told = Message.objects.filter(subject=f"{to_be} now casts the vote of {voter.partner}")
    assert {message.to_email for message in told} == {to_be.email, before.email, officer.email, staff.email}
    with pytest.raises(Refusal, match="already"):
        roll.confirm_change(change=change, by=second)


def test_change_asked_for_later_is_not_the_one_that_is_confirmed():
    world = election_of(candidates=2, state="voting")
    voter = world.voters[0]
    staff, second = make.StaffFactory.create_batch(2)
    seen, friend = (each.user for each in make.MembershipFactory.create_batch(2, partner=voter.partner))
    shown = roll.name_voter(voter=voter, person=seen, by=staff)
    roll.name_voter(voter=voter, person=friend, by=staff)
    with pytest.raises(Refusal, match="asked for another"):
        roll.confirm_change(change=shown, by=second)
    assert Voter.objects.get(pk=voter.pk).person == world.people[0]
    assert VoterChange.objects.get().person == friend


def test_change_about_oneself_is_confirmed_by_somebody_else():
    world = election_of(candidates=2, state="voting")
    voter = world.voters[0]
    staff, second = make.StaffFactory.create_batch(2)
    make.MembershipFactory(partner=voter.partner, user=second)
    change = roll.name_voter(voter=voter, person=second, by=staff)
    with pytest.raises(Refusal, match="about you"):
        roll.confirm_change(change=change, by=second)
    assert not VoterChange.objects.to_confirm(staff).exists()
    assert not VoterChange.objects.to_confirm(second).exists()
    assert VoterChange.objects.to_confirm(make.StaffFactory()).get() == change
    type(change.voter).objects.update(voted=True)
    assert not VoterChange.objects.to_confirm(make.StaffFactory()).exists()


def test_declined_change_leaves_the_vote_where_it_was():
    world = election_of(candidates=2, state="voting")
    voter = world.voters[0]
    staff, second = make.StaffFactory.create_batch(2)
    change = roll.name_voter(voter=voter, person=make.MembershipFactory(partner=voter.partner).user, by=staff)
    roll.decline_change(change=change, by=second)
    assert Voter.objects.get(pk=voter.pk).person == world.people[0]
    assert not VoterChange.objects.exists()
    told = Message.objects.filter(subject=f"{voter.partner}: its voter stays the same")
    assert {message.to_email for message in told} == {world.people[0].email, staff.email}


def test_officer_made_after_the_freeze_changes_no_vote_alone():
    """Otherwise one member of staff makes a friend the officer, and the friend takes the vote."""
    world = election_of(candidates=2, state="voting")
    voter = world.voters[0]
    friend = make.MembershipFactory(partner=voter.partner, decided_at=LONG_AGO)
    set_part(membership=friend, by=make.StaffFactory(), part="officer")
    with pytest.raises(Refusal, match="You cannot name yourself"):
        roll.name_voter(voter=voter, person=friend.user, by=friend.user)
    other = make.MembershipFactory(partner=voter.partner).user
    assert roll.name_voter(voter=voter, person=other, by=friend.user) == VoterChange.objects.get()


def test_candidate_takes_no_step_as_staff():
    world = election_of(candidates=2, state="voting")
    staff = make.StaffFactory()
    world.election.nominations.filter(number=1).update(candidate=staff)
    colleague = make.MembershipFactory(partner=world.voters[0].partner).user
    later = world.election.voting_closes_at + timedelta(days=1)
    for step in (
        lambda: roll.name_voter(voter=world.voters[0], person=colleague, by=staff),
        lambda: elections.cancel(election=world.election, by=staff, because="I lose."),
        lambda: elections.extend(election=world.election, by=staff, voting_closes_at=later, because="I lose."),
        lambda: candidate.take_out(nomination=world.candidates[1], by=staff, because="I lose."),
        lambda: elections.publish(election=world.close_voting(), by=staff),
    ):
        with pytest.raises(Refusal, match="You stand in this election"):
            step()


def test_uncontested_election_asks_for_no_voter():
    world = election_of(candidates=1)
    voter, member = world.voters[0], world.people[0]
    Voter.objects.filter(pk=voter.pk).update(person=None)
    client = Client()
    client.force_login(member)
    assert f"Name who votes for {voter.partner}" in client.get("/home/").text
    Election.objects.update(nominations_close_at=timezone.now() - timedelta(minutes=1))
    clock.tick()
    assert Election.objects.get().state == "uncontested"
    for address in ("/home/", world.election.get_absolute_url()):
        assert f"Name who votes for {voter.partner}" not in client.get(address).text
    staff = make.StaffFactory()
    with pytest.raises(Refusal, match="no vote to come"):
        roll.chase(election=world.election, by=staff)
    with pytest.raises(Refusal, match="no vote to come"):
        roll.name_voter(voter=voter, person=member, by=staff)
    assert not Message.objects.filter(subject__startswith="Who casts the vote").exists()


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
    make.MembershipFactory(partner=world.voters[0].partner)
    assert roll.fill_in_people(election=world.election, by=None) == 0  # who joined after the roll was frozen
    stays = make.MembershipFactory(partner=world.voters[0].partner, part="officer", decided_at=LONG_AGO).user
    assert roll.fill_in_people(election=world.election, by=None) == 1
    assert world.election.roll.get(pk=world.voters[0].pk).person == stays


def test_two_that_both_vote_cannot_be_made_one_until_it_is_over():
    world = election_of(candidates=2, state="voting")
    one, other = world.voters[0].partner, world.voters[1].partner
    assert "Both vote in" in both_vote(one, other)
    assert both_vote(one, make.PartnerFactory()) == ""
    Election.objects.update(state="published")
    assert both_vote(one, other) == one_votes(one, other) == ""


def test_one_that_votes_is_merged_before_the_roll_is_frozen_only():
    """Members and officers of the other one would become members of the one that votes."""
    world = election_of(state="announced")
    votes, other = world.voters[0].partner, make.MembershipFactory().partner
    assert one_votes(votes, other) == ""
    Election.objects.update(roll_freezes_at=timezone.now() - timedelta(minutes=1))
    assert f"people of {other} would join it" in one_votes(votes, other)
    assert f"people of {other} would join it" in one_votes(other, votes)
    assert one_votes(votes, make.PartnerFactory()) == ""

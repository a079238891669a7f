"""A vote: once, by the organisation's voter, while voting is open, for what is on the paper; and never shown again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from partnership.accounts.models import User
from partnership.audit.models import Entry
from partnership.elections import receipts
from partnership.elections.actions import ballot, clock
from partnership.elections.models import Ballot, BallotBox, Election, Voter
from partnership.outbox.models import Message
from partnership.partners.models import Membership
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db


def test_vote_is_taken_and_counted():
    world = election_of(candidates=2, state="voting")
    receipts = {world.cast(0, 1, 2), world.cast(1, 1), world.cast(2, 2)}
    assert len(receipts) == 3
    assert not Ballot.objects.exists()
    election = world.close_voting()
    assert election.state == "counted"
    assert set(election.ballots.values_list("receipt", flat=True)) == receipts
    assert election.result["elected"] == [1]
    assert (election.result["voted"], election.result["roll"]) == (3, 3)
    assert not BallotBox.objects.exists()


def test_organisation_votes_once():
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    with pytest.raises(Refusal, match="has already voted"):
        world.cast(0, 2)
    assert sorted(Ballot.ranking for Ballot in world.close_voting().ballots.all()) == [[1]]


def test_vote_after_the_close_is_refused_before_the_clock_runs():
    world = election_of(candidates=2, state="voting")
    Election.objects.update(voting_closes_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refusal, match="Voting closed on"):
        world.cast(0, 1)
    world.close_voting()
    with pytest.raises(Refusal, match="Voting closed on"):
        world.cast(0, 1)


def test_vote_before_the_opening_is_refused():
    world = election_of(candidates=2)
    with pytest.raises(Refusal, match="has not opened yet"):
        world.cast(0, 1)


def test_vote_in_a_cancelled_election_is_refused():
    world = election_of(candidates=2, state="voting")
    Election.objects.update(state="cancelled")
    with pytest.raises(Refusal, match="cancelled"):
        world.cast(0, 1)


def test_only_the_named_person_votes_and_only_while_they_belong_there():
    world = election_of(candidates=2, state="voting")
    colleague = make.MembershipFactory(partner=world.voters[0].partner).user
    for somebody in (make.UserFactory(), colleague, world.people[1]):
        with pytest.raises(Refusal, match="You are not the person who votes"):
            ballot.cast(voter=world.voters[0], by=somebody, ranking=[1])
    Membership.objects.filter(user=world.people[0]).update(state="ended")
    with pytest.raises(Refusal, match="You are not the person who votes"):
        world.cast(0, 1)


@pytest.mark.parametrize(("ranking", "words"), [((3,), "on this ballot paper"), ((1, 1), "once only")])
def test_what_is_not_on_the_paper_is_refused(ranking, words):
    world = election_of(candidates=2, state="voting")
    with pytest.raises(Refusal, match=words):
        world.cast(0, *ranking)
    assert not Voter.objects.filter(voted=True).exists()


def test_first_past_the_post_takes_one_name():
    world = election_of(candidates=2, state="voting", method="fptp")
    with pytest.raises(Refusal, match="Choose one candidate"):
        world.cast(0, 1, 2)
    world.cast(0)
    world.cast(1, 2)
    result = world.close_voting().result
    assert (result["elected"], result["abstentions"]) == ([2], 1)


def test_audit_log_says_nothing_of_single_votes():
    """Neither how nor in which order organisations voted; how many did stands in the entry of the count."""
    world = election_of(candidates=2, state="voting")
    before = Entry.objects.count()
    world.cast(0, 2, 1)
    assert Entry.objects.count() == before
    world.close_voting()
    assert Entry.objects.get(verb="election.counted").details == {"votes": 1, "voted": 1}


def test_vote_sent_again_with_its_receipt_shows_it_again():
    world = election_of(candidates=2, state="voting")
    voter = world.voters[0]
    carried = receipts.carried(voter)
    first = ballot.cast(voter=voter, by=voter.person, ranking=[2, 1], carried=carried)
    again = ballot.cast(voter=voter, by=voter.person, ranking=[2, 1], carried=carried)
    assert first == again == receipts.read(carried, voter)
    with pytest.raises(Refusal, match="has already voted"):
        ballot.cast(voter=voter, by=voter.person, ranking=[1], carried=carried)
    with pytest.raises(Refusal, match="has already voted"):
        ballot.cast(voter=voter, by=voter.person, ranking=[2, 1], carried=receipts.carried(voter))
    election = world.close_voting()
    assert ballot.cast(voter=voter, by=voter.person, ranking=[2, 1], carried=carried) == first
    assert election.ballots.count() == 1


@pytest.mark.parametrize("make_up", ["made up", "another voter's"])
def test_receipt_that_was_not_made_for_the_voter_is_refused(make_up):
    world = election_of(candidates=2, state="voting")
    carried = "AAAA-AAAA-AAAA:x" if make_up == "made up" else receipts.carried(world.voters[1])
    with pytest.raises(Refusal, match="was not taken"):
        ballot.cast(voter=world.voters[0], by=world.people[0], ranking=[1], carried=carried)
    assert not Voter.objects.filter(voted=True).exists()


def test_missing_key_takes_no_vote_and_stops_voting_until_it_is_back():
    make.StaffFactory()
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    path = settings.BALLOT_KEYS_DIR / BallotBox.objects.get().key_name
    away = path.rename(path.with_suffix(".away"))
    with pytest.raises(Refusal, match="cannot be opened right now"):
        world.cast(1, 1)
    assert not Voter.objects.get(pk=world.voters[1].pk).voted
    assert world.close_voting().cannot_be_counted
    clock.tick()
    with pytest.raises(Refusal, match="cannot be opened, so votes are no longer taken"):
        world.cast(1, 1)
    staff = Message.objects.filter(subject__startswith="The votes cannot be counted")
    assert staff.count() == User.objects.staff().count() == 1
    away.rename(path)
    clock.tick()
    world.election.refresh_from_db()
    assert (world.election.state, world.election.cannot_count_since) == ("counted", None)
    assert world.election.ballots.count() == 1


@pytest.mark.django_db(transaction=True)
def test_submitted_twenty_times_at_once_it_is_one_vote():
    world = election_of(candidates=2, state="voting")

    def submit(_):
        try:
            return world.cast(0, 1)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(submit, range(20)))
    assert len([each for each in answers if isinstance(each, str)]) == 1
    assert world.close_voting().ballots.count() == 1


@pytest.mark.django_db(transaction=True)
def test_same_form_cast_eight_times_at_once_shows_one_receipt():
    world = election_of(candidates=2, state="voting")
    voter = world.voters[0]
    carried = receipts.carried(voter)

    def submit(_):
        try:
            return ballot.cast(voter=voter, by=voter.person, ranking=[1], carried=carried)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(submit, range(8))) == {receipts.read(carried, voter)}
    assert world.close_voting().ballots.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_organisations_at_once_are_twenty_votes():
    world = election_of(organisations=20, candidates=2, state="voting")

    def submit(number):
        try:
            return world.cast(number, 1 + number % 2)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        receipts = set(pool.map(submit, range(20)))
    election = world.close_voting()
    assert set(election.ballots.values_list("receipt", flat=True)) == receipts
    assert election.result["rounds"][0]["votes"] == {"1": "10", "2": "10"}

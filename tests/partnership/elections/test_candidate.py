"""Staff take a candidate out: before there are ballot papers, while people vote, and once the votes are counted."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from partnership.audit.models import Entry
from partnership.boards.models import Appointment
from partnership.elections.actions import candidate as actions
from partnership.elections.actions import clock
from partnership.elections.actions import election as elections
from partnership.elections.models import Ballot, BallotBox, Election, Nomination
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db
WHY = "Has left the organisation."


def take_out(world, number=1, because=WHY):
    """The candidate of that number, counted from one."""
    follows = actions.take_out(nomination=world.candidates[number - 1], by=make.StaffFactory(), because=because)
    world.election.refresh_from_db()
    return follows


def told():
    return Message.objects.filter(subject__startswith="No longer a candidate")


def close_nominations(world):
    Election.objects.filter(pk=world.election.pk).update(nominations_close_at=timezone.now() - timedelta(minutes=1))
    world.election.refresh_from_db()


# --- before there are ballot papers -----------------------------------------------------------------------------------


def test_ballot_paper_is_printed_without_who_was_taken_out():
    world = election_of(candidates=3)
    close_nominations(world)
    assert take_out(world) == "paper"
    clock.tick(world.election.voting_opens_at)
    names = [str(each.candidate) for each in world.election.nominations.standing()]
    assert names == ["Candidate 2", "Candidate 3"]
    assert [each.number for each in world.election.nominations.standing()] == [1, 2]
    assert not told().exists()


def test_election_that_is_uncontested_by_it_ends_so_at_once():
    staff = make.StaffFactory()
    world = election_of(candidates=2)
    close_nominations(world)
    assert take_out(world) == "no_vote"
    assert world.election.state == "uncontested"
    assert Message.objects.filter(to_email=staff.email, subject__contains="There is no vote").exists()
    elections.publish(election=world.election, by=staff)
    assert Appointment.objects.get().holder == world.candidates[1].candidate


def test_while_nominations_are_open_others_may_still_be_nominated():
    world = election_of(candidates=2)
    assert take_out(world) == "paper"
    assert world.election.state == "nominations"


def test_uncontested_election_may_lose_its_only_candidate():
    world = election_of(candidates=1)
    clock.tick(world.election.nominations_close_at)
    take_out(world)
    assert world.election.state == "uncontested"
    elections.publish(election=world.election, by=make.StaffFactory())
    assert not Appointment.objects.exists()


# --- while people vote ------------------------------------------------------------------------------------------------


def test_votes_already_cast_pass_over_who_is_gone():
    world = election_of(organisations=5, candidates=3, state="voting")
    for number, ranking in enumerate([(1, 2), (1, 2), (1, 3)]):
        world.cast(number, *ranking)
    assert take_out(world) == "passed_over"
    world.cast(3, 3)
    with pytest.raises(Refusal, match="Choose among the candidates"):
        world.cast(4, 1, 3)
    election = world.close_voting()
    assert election.result["rounds"][0]["votes"] == {"2": "2", "3": "2"}
    assert (election.result["ballots"], election.result["abstentions"], election.result["quota"]) == (4, 0, 3)


def test_vote_that_names_nobody_else_counts_as_none_of_them():
    world = election_of(organisations=4, candidates=3, state="voting")
    world.cast(0, 1)
    world.cast(1, 1, 3)
    take_out(world)
    world.cast(2)
    result = world.close_voting().result
    assert (result["ballots"], result["abstentions"], result["valid"]) == (3, 2, 1)
    assert result["elected"] == [3]


def test_no_vote_tells_that_it_was_cast_before_someone_went():
    """A name that only early papers can hold would tell who voted early from who voted late."""
    world = election_of(organisations=4, candidates=3, state="voting")
    receipt = world.cast(0, 2, 1, 3)
    sealed = bytes(BallotBox.objects.get().sealed)
    take_out(world)
    assert bytes(BallotBox.objects.get().sealed) == sealed
    world.cast(1, 2, 3)
    world.close_voting()
    assert list(Ballot.objects.values_list("ranking", flat=True)) == [[2, 3], [2, 3]]
    assert receipt in Ballot.objects.values_list("receipt", flat=True)
    entry = Entry.objects.get(verb="candidate.taken_out")
    assert entry.details == {"stage": "voting", "follows": "passed_over"}
    assert "Candidate" not in str(vars(entry))


@pytest.mark.django_db(transaction=True)
def test_votes_during_a_removal_are_taken_whole_or_refused():
    world = election_of(organisations=10, candidates=3, state="voting")

    def submit(number):
        try:
            return take_out(world) if number == 10 else world.cast(number, 1, 2)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(11) as pool:
        answers = list(pool.map(submit, [*range(5), 10, *range(5, 10)]))
    taken = {each for each in answers if isinstance(each, str) and "-" in each}
    assert {str(each) for each in answers if isinstance(each, Refusal)} <= {
        "Choose among the candidates on this ballot paper."
    }
    election = world.close_voting()
    assert set(election.ballots.values_list("receipt", flat=True)) == taken
    assert election.roll.filter(voted=True).count() == len(taken)
    assert all(ranking == [2] for ranking in election.ballots.values_list("ranking", flat=True))


def test_voters_and_other_candidates_are_told_once_in_the_same_words():
    world = election_of(candidates=3, state="voting")
    world.cast(0, 1, 2)
    gone = world.candidates[0].candidate
    take_out(world)
    hear = [*world.people, world.candidates[1].candidate, world.candidates[2].candidate]
    assert sorted(told().values_list("to_email", flat=True)) == sorted(person.email for person in hear)
    assert not told().filter(to_email=gone.email).exists()
    texts = {
        mail.text.replace(person.name, "NAME")
        for person in world.people
        for mail in told().filter(to_email=person.email)
    }
    assert len(texts) == 1
    text = texts.pop()
    assert WHY in text
    assert "Votes already cast still count" in text


def test_vote_ends_where_no_more_candidates_than_seats_are_left():
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    assert take_out(world) == "no_vote"
    assert world.election.state == "uncontested"
    assert not BallotBox.objects.closed().exists()
    clock.tick()
    assert not BallotBox.objects.exists()
    assert not Message.objects.filter(key__contains=":open:", state="queued").exists()
    assert "there will be no vote" in told().first().text
    with pytest.raises(Refusal, match="There is no longer a vote"):
        world.cast(1, 2)
    elections.publish(election=world.election, by=make.StaffFactory())
    assert Appointment.objects.get().holder == world.candidates[1].candidate
    assert not Ballot.objects.exists()


def test_first_past_the_post_is_held_again_once_someone_has_voted():
    world = election_of(candidates=3, state="voting", method="fptp")
    world.cast(0, 2)
    with pytest.raises(Refusal, match="hold it again"):
        take_out(world)
    assert world.election.state == "voting"
    assert not told().exists()
    elections.cancel(election=world.election, by=make.StaffFactory(), because="A candidate died.")
    world.election.refresh_from_db()
    assert world.election.state == "cancelled"


def test_first_past_the_post_goes_on_while_nobody_has_voted():
    world = election_of(candidates=3, state="voting", method="fptp")
    assert take_out(world) == "passed_over"
    assert "Nobody has voted yet" in told().first().text
    world.cast(0, 2)
    assert world.close_voting().result["elected"] == [2]


# --- once the votes are counted ---------------------------------------------------------------------------------------


def test_counted_votes_are_counted_again():
    world = election_of(organisations=5, candidates=3, state="voting")
    for number, ranking in enumerate([(1, 3), (1, 3), (1, 3), (2,), (2,)]):
        world.cast(number, *ranking)
    assert world.close_voting().result["elected"] == [1]
    assert take_out(world) == "counted_again"
    assert world.election.result["elected"] == [3]
    assert world.election.result["rounds"][0]["votes"] == {"2": "2", "3": "3"}
    assert (world.election.result["roll"], world.election.result["voted"]) == (5, 5)
    assert "The votes are counted again" in told().first().text
    elections.publish(election=world.election, by=make.StaffFactory())
    assert Appointment.objects.get().holder == world.candidates[2].candidate


def test_first_past_the_post_is_not_counted_again():
    world = election_of(candidates=3, state="voting", method="fptp")
    world.cast(0, 2)
    world.close_voting()
    with pytest.raises(Refusal, match="hold it again"):
        take_out(world, 2)


# --- what cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["announced", "published", "cancelled"])
def test_nobody_is_taken_out_too_early_or_when_it_is_over(state):
    world = election_of(candidates=2, state=state)
    with pytest.raises(Refusal, match="until the result is published"):
        take_out(world)


def test_nobody_is_taken_out_twice():
    world = election_of(candidates=3, state="voting")
    take_out(world)
    with pytest.raises(Refusal, match="Only a candidate who stands"):
        take_out(world, because="Again.")
    assert Nomination.objects.get(pk=world.candidates[0].pk).withdrawn_because == WHY
    assert told().count() == 5


@pytest.mark.parametrize("facts", [{"withdrawn_at": timezone.now()}, {"withdrawn_because": "x"}])
def test_database_holds_nobody_taken_out_without_a_time_and_a_reason(facts):
    world = election_of(candidates=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.update(**facts)
    assert world.election.nominations.taken_out().count() == 0


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def staff(client):
    user = make.StaffFactory()
    client.force_login(user)
    return user


def page_of(world, number=1):
    return f"{world.election.get_absolute_url()}manage/nominations/{world.candidates[number - 1].pk}/take-out/"


def test_page_says_what_follows_and_to_how_many_and_asks_why(client, staff):
    world = election_of(candidates=3, state="voting")
    manage = f"{world.election.get_absolute_url()}manage/"
    assert page_of(world) in client.get(manage).text
    page = client.get(page_of(world)).text
    assert "2 candidates are left. Voting continues." in page
    assert "We email your reason to 5 people" in page
    assert "Enter why they are no longer a candidate" in client.post(page_of(world), {"because": ""}).text
    long = client.post(page_of(world), {"because": "x" * 501}).text
    assert "x" * 501 in long
    assert not told().exists()
    done = client.post(page_of(world), {"because": WHY}, follow=True).text
    assert "Candidate 1 is no longer a candidate" in done
    assert WHY in done
    assert page_of(world) not in client.get(manage).text
    assert "Only a candidate who stands" in client.post(page_of(world), {"because": "Again."}, follow=True).text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"candidates": 2}, "1 candidate is left. The election’s page says why. Nobody is emailed."),
        ({"candidates": 2, "state": "voting"}, "so there is no longer a vote. Votes cast so far (0) are destroyed"),
        ({"candidates": 3, "state": "voting", "method": "fptp"}, "Nobody has voted yet"),
    ],
)
def test_page_says_what_follows_at_each_stage(client, staff, facts, words):
    assert words in client.get(page_of(election_of(**facts))).text


def test_first_past_the_post_leads_to_cancelling(client, staff):
    world = election_of(candidates=3, state="voting", method="fptp")
    world.cast(0, 2)
    assert "Cancel the election, say why, and hold it again" in client.get(page_of(world), follow=True).text


def test_public_page_names_who_is_no_longer_a_candidate_and_why(client):
    world = election_of(candidates=3, state="voting")
    take_out(world)
    page = client.get(world.election.get_absolute_url()).text
    candidates, gone = page.split("No longer candidates")
    assert "I will listen, says candidate 1" not in page
    assert "Candidate 2" in candidates
    assert WHY in gone
    assert "Every vote is counted as if Candidate 1 had not stood" in gone


def test_voter_finds_a_paper_without_them_and_is_told_why(client):
    world = election_of(candidates=3, state="voting")
    client.force_login(world.people[0])
    address = f"{world.election.get_absolute_url()}vote/{world.voters[0].partner.slug}/"
    assert "place_1" in client.get(address).text
    take_out(world)
    page = client.get(address).text
    assert "Candidate 1 is no longer a candidate. Reason: Has left the organisation." in page
    assert "place_1" not in page
    opened_before = {"place_1": "1", "place_2": "2", "place_3": ""}
    for more in ({}, {"cast": "1"}):
        again = client.post(address, opened_before | more).text
        assert "Candidate 1 is no longer a candidate: rank the others again" in again
        assert "Your vote is cast" not in again
    assert "Your vote is cast" in client.post(address, {"place_2": "1", "place_3": "2", "cast": "1"}).text


def test_published_count_and_votes_say_that_they_are_passed_over(client):
    world = election_of(candidates=3, state="voting")
    receipt = world.cast(0, 1, 3)
    world.cast(1, 1)
    take_out(world)
    election = world.close_voting()
    elections.publish(election=election, by=make.StaffFactory())
    address = election.get_absolute_url()
    page = client.get(address).text
    assert page.count("Every vote is counted as if Candidate 1 had not stood") == 1
    assert "1 vote is for none of them" in page
    listed = client.post(f"{address}votes/", {"receipt": receipt}).text
    assert "Candidate 1 was withdrawn from the election" in listed
    assert f"The vote {receipt} is in the list" in listed
    assert "1. Candidate 3" in listed
    rows = list(csv.reader(io.StringIO(client.get(f"{address}votes.csv").text)))
    assert sorted(row[1:] for row in rows[1:]) == [[], ["Candidate 3"]]


def test_votes_counted_again_are_listed_without_them(client):
    world = election_of(candidates=3, state="voting")
    world.cast(0, 1, 3)
    world.close_voting()
    take_out(world)
    elections.publish(election=world.election, by=make.StaffFactory())
    listed = client.get(f"{world.election.get_absolute_url()}votes/").text
    assert "1. Candidate 3" in listed
    assert ["Candidate 3"] in [
        row[1:] for row in csv.reader(io.StringIO(client.get(f"{world.election.get_absolute_url()}votes.csv").text))
    ]


def test_public_page_says_why_a_vote_ended_without_a_count(client):
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    take_out(world)
    elections.publish(election=world.election, by=make.StaffFactory())
    page = client.get(world.election.get_absolute_url()).text
    assert "Votes already cast were destroyed without being read" in page
    assert "Every vote is counted" not in page


@pytest.mark.parametrize("number", [0, 1])
def test_link_to_vote_leads_to_a_page_that_says_there_is_no_vote(client, number):
    """For who has voted and for who has not; a paper that was opened before does not go through either."""
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    take_out(world)
    client.force_login(world.people[number])
    address = f"{world.election.get_absolute_url()}vote/{world.voters[number].partner.slug}/"
    for answer in (client.get(address), client.post(address, {"place_2": "1", "cast": "1"})):
        assert "There is no vote</h1>" in answer.text
        assert "Votes already cast were destroyed without being read." in answer.text
    elections.publish(election=world.election, by=make.StaffFactory())
    assert "There is no vote</h1>" in client.get(address).text


def test_candidate_is_told_who_to_ask_once_nominations_have_closed(client):
    world = election_of(candidates=3, state="voting")
    client.force_login(world.candidates[0].candidate)
    address = f"{world.election.get_absolute_url()}nominations/{world.candidates[0].pk}/"
    assert "If you can no longer stand" in client.get(address).text
    take_out(world)
    page = client.get(address).text
    assert WHY in page
    assert "If you can no longer stand" not in page

"""The pages of elections, as people of each kind see them."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from partnership.elections.actions import election as actions
from partnership.elections.models import Election, Voter, VoterChange
from partnership.outbox.models import Message
from tests import factories as make
from tests.partnership.elections.election_world import election_of, stand
from tests.questions import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return election_of(candidates=3, state="voting")


@pytest.fixture
def staff(client):
    user = make.StaffFactory()
    client.force_login(user)
    return user


def paper(world, number=0) -> str:
    return f"{world.election.get_absolute_url()}vote/{world.voters[number].partner.slug}/"


def places(*given, **more):
    return {f"place_{number}": str(place) for number, place in enumerate(given, 1)} | more


def sign_in(client, world, number=0):
    client.force_login(world.people[number])


# --- voting -----------------------------------------------------------------------------------------------------------


def test_vote_is_checked_then_cast_and_its_receipt_shown_once(client, world):
    sign_in(client, world)
    check = client.post(paper(world), places(2, 1, ""))
    assert "Check your vote" in check.text
    assert check.text.index("Candidate 2") < check.text.index("Candidate 1")
    assert not Voter.objects.filter(voted=True).exists()
    done = client.post(paper(world), places(2, 1, "", cast="1"))
    assert "Your vote is cast" in done.text
    assert "no-store" in done["Cache-Control"]
    election = world.close_voting()
    ballot = election.ballots.get()
    assert ballot.receipt in done.text
    assert ballot.ranking == [2, 1]
    assert ballot.receipt not in client.get(paper(world)).text


def carried(page) -> str:
    """The receipt that a page's form carries, signed."""
    return re.search(r'name="receipt" value="([^"]+)"', page.text)[1]


def test_same_vote_sent_again_shows_its_receipt_again(client, world):
    """A line was lost: the reader reloads the answer, or goes one page back and on again."""
    sign_in(client, world)
    filled = places(2, 1, "", receipt=carried(client.get(paper(world))))
    check = client.post(paper(world), filled)
    assert carried(check) == filled["receipt"]
    done = client.post(paper(world), filled | {"cast": "1"})
    receipt = filled["receipt"].partition(":")[0]
    for again in (filled | {"cast": "1"}, filled):
        answer = client.post(paper(world), again)
        assert "Your vote is cast" in answer.text
        assert receipt in done.text
        assert receipt in answer.text
    other = client.post(paper(world), places(1, "", "", cast="1", receipt=filled["receipt"]))
    assert "has voted" in other.text
    assert receipt not in other.text
    assert world.close_voting().ballots.get().ranking == [2, 1]


def test_receipt_that_somebody_chose_is_not_taken(client, world):
    sign_in(client, world)
    check = client.post(paper(world), places(1, "", "", receipt="AAAA-AAAA-AAAA:mine"))
    assert not carried(check).startswith("AAAA")
    client.post(paper(world), places(1, "", "", cast="1", receipt="AAAA-AAAA-AAAA:mine"))
    assert world.close_voting().ballots.get().receipt != "AAAA-AAAA-AAAA"


def test_ballot_speaks_of_choices_and_keeps_hashes_closed(client, world):
    sign_in(client, world)
    page = client.get(paper(world)).text
    for words in ("No preference", "1st choice", "2nd choice", "3rd choice"):
        assert words in page
    about = client.get(world.election.get_absolute_url()).text
    before, _, details = about.partition("How lots are drawn")
    assert world.election.seed not in before
    assert "<details" in before[-200:]
    assert world.election.seed in details


def test_receipt_page_is_printed_copied_and_leads_on(client, world):
    sign_in(client, world)
    done = client.post(paper(world), places(1, "", "", cast="1")).text
    for part in ("data-print hidden", "data-copy=", "/home/", world.election.get_absolute_url()):
        assert part in done


def test_receipt_is_in_no_address(client, world):
    receipt = world.cast(0, 3, 1)
    address = f"{published(world).get_absolute_url()}votes/"
    page = client.get(address)
    assert 'method="post"' in page.text[page.text.index("Find a vote by its receipt") :]
    assert f"The vote {receipt} is in the list" not in client.get(address, {"receipt": receipt}).text
    assert f"The vote {receipt} is in the list" in client.post(address, {"receipt": receipt}).text


def test_second_member_of_staff_decides_who_votes(client, world, staff):
    colleague = make.MembershipFactory(partner=world.voters[0].partner).user
    name = f"{world.election.get_absolute_url()}voter/{world.voters[0].partner.slug}/"
    said = client.post(name, {"person": colleague.pk}, follow=True).text
    assert "a member of staff who did not ask confirms this first" in said
    decide = f"{world.election.get_absolute_url()}manage/roll/{world.voters[0].pk}/voter/"
    assert decide not in said
    assert decide not in client.get("/home/").text
    confirmed = {"decision": "confirm", "change": VoterChange.objects.get().pk}
    assert "You asked for this change" in client.post(decide, confirmed, follow=True).text
    client.force_login(make.StaffFactory())
    assert decide in client.get("/home/").text
    assert "Select whether you confirm the change" in client.post(decide, {}).text
    client.post(decide, confirmed)
    assert Voter.objects.get(pk=world.voters[0].pk).person == colleague


def test_naming_a_voter_always_says_what_it_did(client, world):
    voter, officer = world.voters[0], make.MembershipFactory(partner=world.voters[0].partner, part="officer").user
    type(officer.memberships.get()).objects.update(decided_at=timezone.now() - timedelta(days=400))
    colleague = make.MembershipFactory(partner=voter.partner).user
    client.force_login(officer)
    name = f"{world.election.get_absolute_url()}voter/{voter.partner.slug}/"
    said = client.post(name, {"person": voter.person.pk}, follow=True).text
    assert f"{voter.person} already votes for {voter.partner}, so nothing has changed." in said
    said = client.post(name, {"person": colleague.pk}, follow=True).text
    assert f"{colleague} now votes for {voter.partner}." in said
    assert Voter.objects.get(pk=voter.pk).person == colleague


def test_page_about_a_change_decides_about_no_later_one(client, world, staff):
    voter = world.voters[0]
    name = f"{world.election.get_absolute_url()}voter/{voter.partner.slug}/"
    decide = f"{world.election.get_absolute_url()}manage/roll/{voter.pk}/voter/"
    client.post(name, {"person": make.MembershipFactory(partner=voter.partner).user.pk})
    seen = VoterChange.objects.get().pk
    later = make.MembershipFactory(partner=voter.partner).user
    client.post(name, {"person": later.pk})
    client.force_login(make.StaffFactory())
    answer = client.post(decide, {"decision": "confirm", "change": seen}, follow=True).text
    assert "another one since you opened this page" in answer
    assert f"Should {later} vote" in answer
    assert f'name="change" value="{VoterChange.objects.get().pk}"' in answer
    assert Voter.objects.get(pk=voter.pk).person == world.people[0]


def test_who_asked_for_a_change_is_not_asked_to_decide_it(client, world, staff):
    voter = world.voters[0]
    to_be = make.MembershipFactory(partner=voter.partner).user
    client.post(f"{world.election.get_absolute_url()}voter/{voter.partner.slug}/", {"person": to_be.pk})
    roll = f"{world.election.get_absolute_url()}manage/roll/"
    decide = f"{roll}{voter.pk}/voter/"
    assert "This waits for a second member of staff." in client.get(roll).text
    assert decide not in client.get(roll).text
    page = client.get(decide, follow=True).text
    assert "You asked for this change. Ask another member of staff to confirm it." in page
    assert 'name="decision"' not in page
    client.force_login(make.StaffFactory())
    assert decide in client.get(roll).text
    said = client.post(decide, {"decision": "confirm", "change": VoterChange.objects.get().pk}, follow=True).text
    assert f"{to_be} now votes for {voter.partner}." in said
    said = client.get(decide, follow=True).text
    assert "No change of who votes" in said


def test_roll_shows_changes_that_wait_before_all_others(client, world, staff):
    last = max(world.voters, key=lambda voter: voter.partner.name)
    name = f"{world.election.get_absolute_url()}voter/{last.partner.slug}/"
    client.post(name, {"person": make.MembershipFactory(partner=last.partner).user.pk})
    page = client.get(f"{world.election.get_absolute_url()}manage/roll/").text.partition("<main")[2]
    others = [voter.partner.name for voter in world.voters if voter != last]
    assert page.index(last.partner.name) < min(map(page.index, others))


def test_receipt_stays_in_no_session_message_or_mail(client, world, caplog):
    sign_in(client, world)
    client.post(paper(world), places(1, "", "", cast="1"))
    receipt = world.close_voting().ballots.get().receipt
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    kept += [f"{mail.text} {mail.html} {mail.subject}" for mail in Message.objects.all()]
    assert not [text for text in [*kept, caplog.text, str(client.cookies)] if receipt in text]


def test_vote_can_be_changed_before_it_is_cast_with_answers_kept(client, world):
    sign_in(client, world)
    page = client.post(paper(world), places(2, 1, "", change="1")).text
    assert "Continue" in page
    assert page.count("selected") == 3


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (places(1, 1, ""), "You made Candidate 2 your 1st choice too: give each candidate a different choice"),
        (places(1, 3, ""), "You have a 3rd choice but no 2nd choice: leave none out"),
        (places(2, "", ""), "You have a 2nd choice but no 1st choice"),
        (places("", "", ""), "Make one candidate your 1st choice, or tick that you want none of them"),
        (places(9, "", ""), "Select from 1st choice to 3rd choice, or no preference"),
        (places("x", "", ""), "Select from 1st choice to 3rd choice, or no preference"),
        (places(1, "", "", none="on"), "You ranked candidates and also ticked that you want none of them"),
    ],
)
def test_invalid_ranking_is_explained_and_keeps_the_answers(client, world, answers, words):
    sign_in(client, world)
    for more in ({}, {"cast": "1"}):
        page = client.post(paper(world), answers | more).text
        assert words in page
        assert "Your vote is cast" not in page
    assert not Voter.objects.filter(voted=True).exists()


def test_unknown_candidate_is_no_question_of_this_paper(client, world):
    sign_in(client, world)
    page = client.post(paper(world), {"place_99": "1", "cast": "1"}).text
    assert "Make one candidate your 1st choice" in page


def test_none_of_them_is_a_vote(client, world):
    sign_in(client, world)
    assert "None of the candidates" in client.post(paper(world), places("", "", "", none="on", cast="1")).text
    assert world.close_voting().ballots.get().ranking == []


def test_first_past_the_post_asks_for_one_name(client):
    world = election_of(candidates=2, state="voting", method="fptp")
    sign_in(client, world)
    assert "Choose a candidate, or none of them" in client.post(paper(world), {}).text
    assert "Choose who do you vote for from the list" in client.post(paper(world), {"choice": "7"}).text
    assert "Your vote is cast" in client.post(paper(world), {"choice": "2", "cast": "1"}).text
    assert world.close_voting().ballots.get().ranking == [2]


def test_second_vote_gets_a_page_that_says_so(client, world):
    sign_in(client, world)
    client.post(paper(world), places(1, "", "", cast="1"))
    again = client.post(paper(world), places("", 1, "", cast="1")).text
    assert "has voted" in again
    assert "Your vote is cast" not in again
    assert world.close_voting().ballots.get().ranking == [1]


def test_forwarded_link_opens_no_paper_for_someone_else(client, world):
    link = Message.objects.get(to_email=world.people[0].email, key__contains=":open:").text
    assert paper(world) in link
    assert client.get(paper(world)).status_code == 302
    for somebody in (world.people[1], make.UserFactory(), make.StaffFactory()):
        client.force_login(somebody)
        for answer in (client.get(paper(world)), client.post(paper(world), places(1, "", "", cast="1"))):
            assert answer.status_code == 403
            assert "This ballot paper is not yours" in answer.text
    assert not Voter.objects.filter(voted=True).exists()


def test_person_of_an_organisation_not_on_the_roll_is_told_so(client, world):
    client.force_login(make.MembershipFactory().user)
    page = client.get(f"{world.election.get_absolute_url()}vote/")
    assert page.status_code == 403
    assert "You do not belong to an organisation on the roll" in page.text


def test_colleague_is_told_who_votes(client, world):
    client.force_login(make.MembershipFactory(partner=world.voters[0].partner).user)
    assert f"{world.people[0]} casts its vote" in client.get(paper(world)).text


@pytest.mark.parametrize(("state", "words"), [("nominations", "not opened yet"), ("voting", "Voting is closed")])
def test_paper_is_open_only_while_voting_is(client, state, words):
    world = election_of(candidates=2, state=state)
    Election.objects.filter(state="voting").update(voting_closes_at=timezone.now() - timedelta(seconds=1))
    sign_in(client, world)
    for answer in (client.get(paper(world)), client.post(paper(world), places(1, "", cast="1"))):
        assert words in answer.text
    assert not Voter.objects.filter(voted=True).exists()


def test_home_of_a_voter_says_how_many_days_are_left(client, world):
    sign_in(client, world)
    days = (timezone.localdate(world.election.voting_closes_at) - timezone.localdate()).days
    assert f"Vote in {world.election}: {days} days left" in client.get("/home/").text
    world.cast(0, 1)
    assert "Vote in" not in client.get("/home/").text


def test_voter_sees_the_vote_first_at_home_and_on_the_board(client, world):
    sign_in(client, world)
    nearer = election_of()
    stand(nearer, 0, candidate=world.people[0], state="proposed", accepted_at=None)
    Election.objects.filter(pk=world.election.pk).update(voting_closes_at=timezone.now() + timedelta(days=60))
    home = client.get("/home/").text
    assert home.index(f"Vote in {world.election}") < home.index("Say whether you will stand")
    pages = ["/elections/", world.election.board.get_absolute_url()]
    for address in pages:
        page = client.get(address).text
        assert f"You can vote in {world.election}" in page
        assert paper(world) in page
    assert "You can vote" not in client.get(nearer.election.board.get_absolute_url()).text
    world.cast(0, 1)
    assert not [address for address in pages if "You can vote" in client.get(address).text]
    client.logout()
    assert not [address for address in pages if "You can vote" in client.get(address).text]


# --- nominations ------------------------------------------------------------------------------------------------------


def test_member_stands_and_the_seconder_seconds(client):
    world = election_of()
    address = world.election.get_absolute_url()
    sign_in(client, world)
    answers = {
        "candidate": world.people[0].email.upper(),
        "partner": world.voters[0].partner.pk,
        "statement": "I will listen.",
        "seconder": world.people[1].email,
    }
    wrong = client.post(f"{address}nominate/", answers | {"seconder": "nobody@example.org"}).text
    assert "Nobody has an account with that address" in wrong
    assert "I will listen." in wrong
    page = client.post(f"{address}nominate/", answers, follow=True)
    assert "counts once" in page.text
    nomination = page.redirect_chain[-1][0]
    sign_in(client, world, 2)
    assert client.get(nomination).status_code == 404
    sign_in(client, world, 1)
    assert "is a candidate" in client.post(nomination, {"answer": "second"}, follow=True).text
    assert "I will listen." in client.get(address).text


def test_candidate_accepts_with_their_own_words(client):
    world = election_of()
    made = stand(world, 0, candidate=world.people[0], state="proposed", accepted_at=None, nominated_by=world.people[2])
    address = f"{world.election.get_absolute_url()}nominations/{made.pk}/"
    sign_in(client, world)
    assert "Say whether you will stand" in client.get("/home/").text
    assert "Enter the statement" in client.post(address, {"answer": "accept", "statement": ""}).text
    client.post(address, {"answer": "accept", "statement": "My own words."})
    made.refresh_from_db()
    assert (made.state, made.statement) == ("standing", "My own words.")


# --- result -----------------------------------------------------------------------------------------------------------


def published(world):
    election = world.close_voting()
    actions.publish(election=election, by=make.StaffFactory())
    return election


def test_result_is_public_round_by_round_and_not_before(client, world):
    receipts = [world.cast(0, 1), world.cast(1, 1, 2), world.cast(2, 3)]
    election = world.close_voting()
    address = election.get_absolute_url()
    assert client.get(f"{address}votes/").status_code == 404
    assert client.get(f"{address}votes.csv").status_code == 404
    assert "Round 1" not in client.get(address).text
    actions.publish(election=election, by=make.StaffFactory())
    page = client.get(address).text
    assert "Candidate 1" in page
    assert "3 organisations of 3 voted" in page
    assert "reaches the quota of 2 and is elected" in page
    listed = client.get(f"{address}votes/").text
    assert all(receipt in listed for receipt in receipts)
    assert sorted(receipts) == sorted(receipts, key=listed.index)


def test_receipt_is_found_however_it_is_typed(client, world):
    receipt = world.cast(0, 3, 1)
    address = f"{published(world).get_absolute_url()}votes/"
    for typed in (receipt, receipt.lower(), receipt.replace("-", ""), f" {receipt.replace('-', ' ')} "):
        assert f"The vote {receipt} is in the list" in client.post(address, {"receipt": typed}).text
    assert "There is no vote with the receipt AAAA" in client.post(address, {"receipt": "aaaa"}).text
    assert "Enter your receipt" in client.post(address, {"receipt": ""}).text


def test_list_of_votes_can_be_counted_again_from_its_file(client, world):
    world.candidates[0].candidate.name = "=HYPERLINK(1)"
    world.candidates[0].candidate.save()
    receipts = {world.cast(0, 1, 3), world.cast(1)}
    file = client.get(f"{published(world).get_absolute_url()}votes.csv")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows[0] == ["Receipt", "Preference 1", "Preference 2", "Preference 3"]
    assert {row[0] for row in rows[1:]} == receipts
    assert ["'=HYPERLINK(1)", "Candidate 3"] in [row[1:] for row in rows]


def test_tie_names_the_seed_that_decided(client):
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1), world.cast(1, 2)
    page = client.get(published(world).get_absolute_url()).text
    assert "A lot, drawn from the seed below" in page
    assert world.election.seed in page


# --- staff ------------------------------------------------------------------------------------------------------------


def test_staff_write_an_election_fill_its_roll_and_announce_it(client, staff):
    board = make.BoardFactory(slug="alliance")
    seat = board.seats.create(title="Lead")
    partners = make.PartnerFactory.create_batch(3)
    assert "Choose a board" in client.get("/elections/new/").text
    answers = {"title": "Lead of Fylde Coast", "seats": [seat.pk], "method": "stv", "electorate": "Members"}
    for days, name in enumerate(
        ["roll_freezes_at", "nominations_open_at", "nominations_close_at", "voting_opens_at", "voting_closes_at"], 2
    ):
        answers |= {f"{name}_day": (timezone.localdate() + timedelta(days=days)).isoformat(), f"{name}_clock": "9am"}
    answers |= {"term_starts_on": "1 April 2030", "term_ends_on": "31 March 2033"}
    wrong = client.post("/elections/new/?board=alliance", answers | {"term_ends_on": "1 January 2030"})
    assert "The last day is before the first" in wrong.text
    page = client.post("/elections/new/?board=alliance", answers, follow=True)
    assert "is a draft" in page.text
    address = "/elections/lead-of-fylde-coast/manage/"
    assert "Select at least one" in client.post(f"{address}roll/add/").text
    assert "Select at least one" in client.post(f"{address}roll/add/", {"partner": ["²", "9" * 30, "-1", "a\x00"]}).text
    client.post(f"{address}roll/add/?sector=vcfse", {"all": "1"})
    assert Voter.objects.count() == len(partners)
    assert "no voter" in client.get(f"{address}roll/").text.lower()
    assert "Everyone can see it" in client.get(f"{address}announce/").text
    assert "has been announced" in client.post(f"{address}announce/", follow=True).text
    client.logout()
    assert "Lead of Fylde Coast" in client.get("/elections/").text


def test_roll_can_be_those_the_seat_speaks_for(client, staff):
    world = election_of(organisations=0, state="draft")
    seat, halton = world.seats[0], make.PlaceFactory(name="Halton")
    seat.sector = "vcfse"
    seat.save()
    halton.seats.add(seat)
    there, elsewhere = make.PartnerFactory(), make.PartnerFactory()
    halton.partners.add(there, make.PartnerFactory(kind="council"))
    address = f"{world.election.get_absolute_url()}manage/roll/add/?spoken_for=on"
    page = client.get(address).text
    assert there.name in page
    assert elsewhere.name not in page
    client.post(address, {"all": "1"})
    assert [voter.partner for voter in world.election.roll.all()] == [there]


def test_roll_is_found_by_sector_kind_place_and_name(client, staff):
    world = election_of(organisations=0, state="draft")
    wanted = make.PartnerFactory(name="Halton Carers", kind="healthwatch")
    make.PlaceFactory(slug="halton").partners.add(wanted)
    others = [make.PartnerFactory(name="Elsewhere"), make.PartnerFactory(name="Wirral Council", kind="council")]
    for asked in ("sector=other", "kind=healthwatch", "place=halton", "words=carers"):
        page = client.get(f"{world.election.get_absolute_url()}manage/roll/add/?{asked}").text
        assert wanted.name in page
        assert not [other for other in others if f"{other.name} (" in page]


def test_times_out_of_order_are_refused_beside_the_later_one(client, staff):
    world = election_of(state="draft")
    address = f"{world.election.get_absolute_url()}manage/edit/"
    page = client.get(address)
    assert page.status_code == 200
    form = page.context["form"]
    answers = {"title": "x y", "seats": [world.seats[0].pk], "method": "stv", "electorate": "Members"}
    for name in ("roll_freezes_at", "nominations_open_at", "nominations_close_at", "voting_opens_at"):
        at = timezone.localtime(form.initial[name])
        answers |= {f"{name}_day": at.date().isoformat(), f"{name}_clock": at.strftime("%H:%M")}
    answers |= {"voting_closes_at_day": "1 January 2020", "voting_closes_at_clock": "9am"}
    answers |= {"term_starts_on": "1 April 2030", "term_ends_on": "31 March 2033"}
    assert "This is before voting opens: enter a later time" in client.post(address, answers).text


def test_result_is_published_after_a_page_that_says_what_follows(client, staff, world):
    address = f"{world.election.get_absolute_url()}manage/"
    assert "There is no result to publish now" in client.get(f"{address}publish/", follow=True).text
    world.cast(0, 2)
    world.close_voting()
    assert "Publish the result of" in client.get("/home/").text
    assert "Candidate 2 will hold the seat" in client.get(f"{address}publish/").text
    assert "The result is published" in client.post(f"{address}publish/", follow=True).text
    assert "There is no result to publish now" in client.post(f"{address}publish/", follow=True).text
    assert world.seats[0].appointments.get().holder.name == "Candidate 2"


def test_draft_is_not_there_for_others(client):
    world = election_of(state="draft")
    assert client.get(world.election.get_absolute_url()).status_code == 404
    assert world.election.title not in client.get("/elections/").text


def test_roll_does_not_say_who_has_voted(client, staff, world):
    address = f"{world.election.get_absolute_url()}manage/roll/"
    before = client.get(address).text
    world.cast(0, 1)
    assert client.get(address).text.split("<main")[1] == before.split("<main")[1]


def test_cancelling_says_to_how_many_and_asks_why(client, staff, world):
    world.cast(0, 1)
    address = f"{world.election.get_absolute_url()}manage/cancel/"
    page = client.get(address).text
    assert "We email your reason to the voters of 3 organisations" in page
    assert "Votes cast so far (1) are destroyed" in page
    assert "Enter why it is cancelled" in client.post(address, {}).text
    assert "is cancelled" in client.post(address, {"because": "A mistake."}, follow=True).text


def test_staff_are_warned_where_marks_and_votes_differ(client, staff, world):
    world.cast(0, 1)
    Voter.objects.filter(pk=world.voters[1].pk).update(voted=True)
    world.close_voting()
    assert "Do not publish" in client.get(f"{world.election.get_absolute_url()}manage/").text


def test_board_names_its_elections_and_lets_staff_hold_one(client, staff, world):
    draft = election_of(board=world.election.board, state="draft")
    board = world.election.board.get_absolute_url()
    page = client.get(board).text
    assert f"/elections/new/?board={world.election.board.slug}" in page
    assert draft.election.title in page
    client.logout()
    page = client.get(board).text
    assert world.election.title in page
    assert draft.election.title not in page


# --- as many queries for many rows as for one -----------------------------------------------------------------------


def test_lists_ask_the_database_as_often_for_many_rows_as_for_one(client, staff):
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    one = published(world)
    addresses = [f"{one.get_absolute_url()}{end}" for end in ("votes/", "manage/roll/", "")] + ["/elections/"]
    few = [queries(client, address) for address in addresses]
    for number in range(49):
        member = make.MembershipFactory()
        make.VoterFactory(election=one, partner=member.partner, person=member.user)
        one.ballots.create(receipt=f"2222-2222-{number:04d}", ranking=[1])
    for _ in range(10):
        election_of(organisations=0, state="published", published_at=timezone.now())
    assert [queries(client, address) for address in addresses] == few

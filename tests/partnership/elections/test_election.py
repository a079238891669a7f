"""An election from its draft to the winner's appointment: moved by the clock, published by staff."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import states
from partnership.audit.models import Entry
from partnership.boards.models import Appointment
from partnership.elections.actions import clock
from partnership.elections.actions import election as actions
from partnership.elections.models import BallotBox, Election
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of, stand

pytestmark = pytest.mark.django_db
State = Election.State


def at(moment):
    """The clock comes by at that time."""
    clock.tick(moment)


def mails(template_key: str) -> int:
    return Message.objects.filter(key__contains=f":{template_key}:").count()


def test_clock_moves_an_election_at_its_times():
    world = election_of(state="announced")
    election = world.election
    at(election.nominations_open_at - timedelta(minutes=1))
    election.refresh_from_db()
    assert election.state == State.ANNOUNCED
    at(election.nominations_open_at)
    election.refresh_from_db()
    assert election.state == State.NOMINATIONS
    stand(world, 0), stand(world, 1)
    at(election.nominations_close_at)
    election.refresh_from_db()
    assert election.state == State.NOMINATIONS
    assert not election.seed
    at(election.voting_opens_at)
    election.refresh_from_db()
    assert election.state == State.VOTING
    assert len(election.seed) == 32
    assert list(election.nominations.standing().values_list("number", flat=True)) == [1, 2]
    at(election.voting_closes_at)
    election.refresh_from_db()
    assert election.state == State.COUNTED


def test_missed_runs_are_caught_up_in_one():
    world = election_of(state="announced")
    stand(world, 0), stand(world, 1)
    at(world.election.voting_opens_at + timedelta(days=1))
    world.election.refresh_from_db()
    assert world.election.state == State.VOTING


def test_missed_voting_opens_nothing_and_staff_may_extend_it():
    world = election_of(candidates=2)
    closes = world.election.voting_closes_at
    at(closes + timedelta(days=1))
    world.election.refresh_from_db()
    assert world.election.state == State.NOMINATIONS
    later = closes + timedelta(days=9)
    actions.extend(election=world.election, by=make.StaffFactory(), voting_closes_at=later, because="It was missed.")
    at(closes + timedelta(days=1))
    world.election.refresh_from_db()
    assert world.election.state == State.VOTING
    with pytest.raises(Refusal, match="enter a later time"):
        actions.extend(election=world.election, by=None, voting_closes_at=closes, because="Earlier.")


def test_clock_that_comes_twice_does_nothing_twice():
    world = election_of(candidates=2)
    for _ in range(2):
        at(world.election.voting_opens_at)
    assert mails("open") == 3
    assert Entry.objects.filter(verb="election.voting").count() == 1


def test_winner_is_appointed_for_the_term():
    world = election_of(candidates=2, state="voting")
    world.cast(0, 2)
    election = world.close_voting()
    assert not Appointment.objects.exists()
    actions.publish(election=election, by=make.StaffFactory())
    made = Appointment.objects.get()
    assert (made.seat, made.holder) == (world.seats[0], world.candidates[1].candidate)
    assert (made.route, made.starts_on, made.ends_on) == ("elected", date(2030, 1, 1), date(2032, 12, 31))
    assert made.partner == world.candidates[1].partner
    assert mails("result") == 5


def test_several_seats_go_to_the_winners_in_order():
    world = election_of(organisations=5, seats=2, candidates=3, state="voting")
    for number, first in enumerate([1, 1, 1, 3, 2]):
        world.cast(number, *dict.fromkeys((first, 3)))
    actions.publish(election=world.close_voting(), by=make.StaffFactory())
    held = [seat.appointments.get().holder.name for seat in world.seats]
    assert held == ["Candidate 1", "Candidate 3"]


@pytest.mark.parametrize("candidates", [0, 1])
def test_no_more_candidates_than_seats_is_uncontested(candidates):
    staff = make.StaffFactory()
    world = election_of(candidates=candidates)
    at(world.election.nominations_close_at)
    world.election.refresh_from_db()
    assert world.election.state == State.UNCONTESTED
    told = Message.objects.get(to_email=staff.email)
    assert ("Nobody stands" in told.subject) is (candidates == 0)
    actions.publish(election=world.election, by=staff)
    assert Appointment.objects.count() == candidates


def test_result_is_not_half_published_where_the_seat_is_held():
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    make.ChairFactory(seat=world.seats[0], starts_on=date(2020, 1, 1))
    election = world.close_voting()
    with pytest.raises(Refusal, match="Someone holds the seat"):
        actions.publish(election=election, by=None)
    election.refresh_from_db()
    assert election.state == State.COUNTED
    assert Appointment.objects.count() == 1


def test_cancelling_destroys_the_votes_and_tells_everyone_why():
    world = election_of(candidates=2, state="voting")
    world.cast(0, 1)
    actions.cancel(election=world.election, by=make.StaffFactory(), because="A candidate died.")
    world.election.refresh_from_db()
    assert world.election.state == State.CANCELLED
    assert not BallotBox.objects.closed().exists()
    clock.tick()
    assert not BallotBox.objects.exists()
    told = Message.objects.filter(subject__startswith="Cancelled")
    assert told.count() == 5
    assert "A candidate died." in told.first().text
    assert not Message.objects.filter(key__contains=":open:", state="queued").exists()


def test_announcing_needs_a_roll_and_a_time_still_to_come():
    lonely = election_of(organisations=1, state="draft")
    with pytest.raises(Refusal, match="at least two organisations"):
        actions.announce(election=lonely.election, by=None)
    late = election_of(state="draft")
    Election.objects.update(
        **{name: timezone.now() - timedelta(days=1) for name in ("roll_freezes_at", "nominations_open_at")}
    )
    with pytest.raises(Refusal, match="change the timetable first"):
        actions.announce(election=late.election, by=None)


def test_first_past_the_post_fills_one_seat():
    world = election_of(seats=2, state="draft")
    with pytest.raises(Refusal, match="fills one seat"):
        actions.change(election=world.election, by=None, seats=world.seats, board=world.election.board, method="fptp")


def test_nothing_changes_once_nominations_are_open():
    world = election_of()
    with pytest.raises(Refusal, match="can no longer be changed"):
        actions.change(election=world.election, by=None, seats=world.seats, board=world.election.board, method="stv")


def test_published_election_cannot_be_cancelled():
    with pytest.raises(Refusal, match="already published"):
        states.check(Election(state=State.PUBLISHED), State.CANCELLED)


@pytest.mark.parametrize(
    "facts",
    [
        {"roll_freezes_at": timezone.now() + timedelta(days=99)},
        {"voting_closes_at": timezone.now() - timedelta(days=99)},
        {"term_ends_on": date(2029, 1, 1)},
        {"state": "voting", "seed": ""},
        {"announced_at": None},
    ],
)
def test_database_holds_what_an_election_must_be(facts):
    election = election_of().election
    with pytest.raises(IntegrityError), transaction.atomic():
        Election.objects.filter(pk=election.pk).update(**facts)


# --- reminders --------------------------------------------------------------------------------------------------------


def test_reminders_go_twice_and_only_to_those_who_have_not_voted():
    world = election_of(candidates=2, state="voting")
    election = world.election
    world.cast(0, 1)
    half = election.voting_opens_at + (election.voting_closes_at - election.voting_opens_at) / 2
    at(half - timedelta(minutes=1))
    assert mails("half") == 0
    for _ in range(2):
        at(half)
    assert mails("half") == 2
    reminded = Message.objects.filter(key__contains=":half:").values_list("to_email", flat=True)
    assert world.people[0].email not in reminded
    world.cast(1, 1)
    at(election.voting_closes_at - timedelta(hours=20))
    assert mails("last") == 1


def test_vote_withdraws_a_reminder_that_has_not_left():
    world = election_of(candidates=2, state="voting")
    at(world.election.voting_closes_at - timedelta(hours=1))
    assert mails("last") == 3
    world.cast(0, 1)
    left = Message.objects.filter(state="queued", key__contains=":last:")
    assert left.count() == 2


def test_reminders_stop_at_the_close():
    world = election_of(candidates=2, state="voting")
    Election.objects.update(voting_closes_at=timezone.now() - timedelta(minutes=1), state="voting")
    world.election.refresh_from_db()
    at(timezone.now())
    assert mails("half") == mails("last") == 0


def test_mails_say_nothing_of_other_organisations_or_votes():
    world = election_of(candidates=2, state="voting")
    receipt = world.cast(0, 1)
    at(world.election.voting_closes_at - timedelta(hours=1))
    others = [str(voter.partner) for voter in world.voters]
    for message in Message.objects.filter(key__contains=":last:"):
        named = [other for other in others if f"{other} " in message.text]
        assert len(named) == 1
    assert not Message.objects.filter(text__contains=receipt).exists()

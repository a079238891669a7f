"""Decisions on record: what is refused, what is added, and that nothing is changed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.decisions.actions import closing
from assemblies.decisions.actions import decision as decisions
from assemblies.decisions.models import Decision, DecisionInterest, DecisionVote
from assemblies.papers.models import AgendaItem
from partnership.audit.models import Entry
from partnership.boards.models import Board
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
Outcome, Vote = Decision.Outcome, DecisionVote.Vote


@pytest.fixture
def staff():
    return make.StaffFactory()


@pytest.fixture
def meeting():
    return make.MeetingFactory(starts_at=make.in_days(-1))


@pytest.fixture
def item(meeting):
    return make.AgendaItemFactory(version__meeting=meeting, purpose=AgendaItem.Purpose.DECISION)


@pytest.fixture
def record(staff, meeting, item):
    """`record(outcome=…)` records what the host board decided on the item."""

    def do(**facts):
        usual = {
            "by": staff, "board": meeting.board, "meeting": meeting, "item": item, "outcome": Outcome.AGREED,
            "text": "The plan is agreed.", "title": "The plan",
        }  # fmt: skip
        return decisions.record(**usual | facts)

    return do


def seats_of(board, count):
    return [make.SeatFactory(board=board) for _ in range(count)]


def cast(seats, *votes):
    return [(seat, f"Holder of {seat.title}", vote, False) for seat, vote in zip(seats, votes, strict=True)]


# --- a board ------------------------------------------------------------------------------------------------------


def test_decision_is_out_at_once_with_the_places_of_its_board(record, meeting, staff):
    place = make.PlaceFactory()
    meeting.board.places.add(place)
    made = record()
    assert made in Decision.objects.public()
    assert made.decided_on == timezone.localdate(meeting.starts_at)
    assert list(made.places.all()) == [place]
    assert Entry.objects.about(made).get().verb == "decision.recorded"


def test_decision_recorded_twice_under_a_key_is_one(record):
    key = uuid4()
    assert record(key=key) == record(key=key, text="Another text")
    assert Decision.objects.count() == 1


def test_recommendation_is_decided_once_at_an_item(record):
    first = record(recommendation_number=1)
    record(recommendation_number=2)
    with pytest.raises(Refusal, match=f"recorded already, as {first}"):
        record(recommendation_number=1)


def test_boards_in_common_each_decide_for_themselves(record, meeting):
    other = make.MeetingBoardFactory(meeting=meeting).board
    assert record().board == meeting.board
    assert record(board=other, outcome=Outcome.NOT_AGREED).board == other


@pytest.mark.parametrize("outcome", Decision.DECIDES)
def test_consultative_forum_is_refused_a_decision(record, meeting, outcome):
    Board.objects.filter(pk=meeting.board_id).update(kind=Board.Kind.FORUM)
    meeting.board.refresh_from_db()
    with pytest.raises(Refusal, match="takes no decisions"):
        record(outcome=outcome)
    assert record(outcome=Outcome.RECOMMENDED).outcome == Outcome.RECOMMENDED


def test_amended_decision_needs_its_text(record):
    with pytest.raises(Refusal, match="with its amendments"):
        record(outcome=Outcome.AMENDED, text=" ", recommendation="Agree the plan.")


def test_agreed_decision_without_text_is_what_was_recommended(record):
    assert record(text="", recommendation="Agree the plan.").decided == "Agree the plan."
    with pytest.raises(Refusal, match="Enter what was decided"):
        record(text="", recommendation_number=2)


def test_decision_at_a_meeting_that_has_not_started_is_refused(record, meeting):
    with pytest.raises(Refusal, match="has not started"):
        record(now=meeting.starts_at - timedelta(minutes=1))


def test_decision_of_a_board_that_does_not_meet_there_is_refused(record):
    with pytest.raises(Refusal, match="does not meet there"):
        record(board=make.BoardFactory())


def test_decision_on_an_item_of_another_meeting_is_refused(record):
    with pytest.raises(Refusal, match="item is of another meeting"):
        record(item=make.AgendaItemFactory())


def test_decision_of_a_cancelled_meeting_is_refused(record, meeting):
    type(meeting).objects.filter(pk=meeting.pk).update(state="cancelled")
    with pytest.raises(Refusal, match="was cancelled"):
        record()


def test_decision_of_a_draft_meeting_is_refused(record, meeting):
    type(meeting).objects.filter(pk=meeting.pk).update(state="draft")
    with pytest.raises(Refusal, match="was not published"):
        record()


# --- votes and interests ------------------------------------------------------------------------------------------


def test_votes_stay_with_the_decision_by_seat(record, meeting):
    made = record(votes=cast(seats_of(meeting.board, 3), Vote.FOR, Vote.FOR, Vote.ABSTAINED))
    assert [each.vote for each in made.votes.all()].count("for") == 2


def test_vote_in_a_seat_of_another_board_is_refused(record):
    with pytest.raises(Refusal, match="does not vote on"):
        record(votes=cast(seats_of(make.BoardFactory(), 1), Vote.FOR))


def test_substitute_does_not_vote_beside_the_member(record, meeting):
    seat = make.SeatFactory(board=meeting.board)
    with pytest.raises(Refusal, match="votes twice"):
        record(votes=[(seat, "Member", Vote.FOR, False), (seat, "Substitute", Vote.FOR, False)])


@pytest.mark.parametrize("mitigation", DecisionInterest.NO_VOTE)
def test_vote_of_somebody_with_an_interest_is_refused(record, meeting, mitigation):
    seat = make.SeatFactory(board=meeting.board)
    interest = {"seat": seat, "name": "Ann", "nature": "Director", "mitigation": mitigation}
    with pytest.raises(Refusal, match="could not vote"):
        record(votes=[(seat, "Ann", Vote.FOR, False)], interests=[interest])


def test_casting_vote_needs_a_tie(record, meeting):
    one, two = seats_of(meeting.board, 2)
    casting = (one, "Chair", Vote.FOR, True)
    with pytest.raises(Refusal, match="casting vote only where"):
        record(votes=[*cast([one, two], Vote.FOR, Vote.FOR), casting])
    made = record(votes=[*cast([one, two], Vote.FOR, Vote.AGAINST), casting])
    assert made.votes.get(is_casting=True).name == "Chair"


def test_interest_says_whose_and_what_it_is(record):
    with pytest.raises(Refusal, match="whose interest"):
        record(interests=[{"name": " ", "nature": "Director"}])
    with pytest.raises(Refusal, match="what the interest of Ann"):
        record(interests=[{"name": "Ann", "nature": ""}])
    with pytest.raises(Refusal, match="what Ann did"):
        record(interests=[{"name": "Ann", "nature": "Director", "mitigation": "went out"}])
    made = record(interests=[{"name": "Ann", "nature": "", "is_withheld": True}])
    assert made.interests.get().name == "Ann"


# --- what it stands beside ----------------------------------------------------------------------------------------


@pytest.fixture
def reported(meeting):
    """An item of the plan with a report that was published for the meeting, on its agenda."""
    planned = make.LedItemFactory(board=meeting.board, meeting=meeting)
    report = make.ReportFactory(item=planned)
    version = report.versions.create(
        number=1, content={"text": {}, "appendices": []}, sha256="0" * 64, made_by=report.author, made_at=timezone.now(),
        meeting=meeting, published_at=timezone.now(), published_by=report.author,
    )  # fmt: skip
    item = make.AgendaItemFactory(version__meeting=meeting, planned=planned, purpose=AgendaItem.Purpose.DECISION)
    return item, version


def test_decision_takes_topic_and_report_from_its_item(record, reported):
    item, version = reported
    made = record(item=item)
    assert (made.topic, made.report_version) == (item.planned.topic, version)


def test_author_gets_one_email_for_all_recommendations(record, reported):
    item, version = reported
    for number in (1, 2):
        record(item=item, recommendation_number=number)
    mail = Message.objects.get(to_email=version.report.author.email)
    assert "/excerpt.pdf" in mail.text


def test_route_of_the_topic_repeats_nothing_of_the_report(record, reported):
    item, _ = reported
    record(item=item, recommendation_number=1, recommendation="Name the patient.", text="")
    item.planned.refresh_from_db()
    assert item.planned.result == "Agreed as recommended."


def test_route_of_the_topic_forgets_what_is_closed_later(record, reported):
    item, _ = reported
    closing.close(decision=record(item=item, recommendation_number=1), by=make.StaffFactory())
    item.planned.refresh_from_db()
    assert item.planned.result == "Decided in private."


def test_route_of_the_topic_says_what_was_decided(record, reported):
    item, _ = reported
    record(item=item, recommendation_number=1)
    item.planned.refresh_from_db()
    assert item.planned.result == "Agreed: The plan is agreed."
    record(item=item, recommendation_number=2, outcome=Outcome.DEFERRED)
    item.planned.refresh_from_db()
    assert item.planned.result == "Recommendations: 1 agreed, 2 deferred."


def test_route_says_nothing_of_a_closed_decision_on_an_open_item(record, reported):
    item, _ = reported
    record(item=item, closure=make.ClosureGroundFactory(board=item.planned.board).closure)
    item.planned.refresh_from_db()
    assert item.planned.result == "Decided in private."


def test_decision_on_a_closed_item_is_closed(record, item, meeting):
    item.closure = make.ClosureGroundFactory(board=meeting.board).closure
    item.save()
    made = record()
    assert made.closed_by == item.closure
    made.closure.refresh_from_db()
    assert made.closure.recorded_at


# --- who may know -------------------------------------------------------------------------------------------------


def test_decision_of_a_meeting_by_invitation_is_seen_by_its_board(staff):
    meeting = make.MeetingFactory(starts_at=make.in_days(-1), by_invitation=True)
    made = make.DecisionFactory(board=meeting.board, meeting=meeting)
    member = make.AppointmentFactory(seat__board=meeting.board).holder
    assert made not in Decision.objects.public()
    assert made not in Decision.objects.visible_to(make.UserFactory())
    assert made in Decision.objects.visible_to(member)
    assert made in Decision.objects.visible_to(staff)


def test_closed_decision_is_read_by_its_board_and_staff(staff):
    board = make.BoardFactory()
    made = make.DecisionFactory(board=board, closure=make.ClosureGroundFactory(board=board).closure)
    member = make.AppointmentFactory(seat__board=board).holder
    assert made in Decision.objects.public()
    assert made not in Decision.objects.readable_by(make.UserFactory())
    assert made in Decision.objects.readable_by(member)
    assert made in Decision.objects.readable_by(staff)
    closures.release(closure=made.closure, by=staff, note="The contract is signed.")
    assert made in Decision.objects.readable_by(make.UserFactory())


def test_decision_is_closed_when_its_item_is_closed_later(record, item, meeting):
    made = record()
    item.closure = make.ClosureGroundFactory(board=meeting.board).closure
    item.save()
    made.refresh_from_db()
    assert made in Decision.objects.closed()
    assert made.closed_by == item.closure


# --- an officer ---------------------------------------------------------------------------------------------------


@pytest.fixture
def officer():
    return make.UserFactory()


@pytest.fixture
def decide(officer):
    """`decide(authority=…)` records what the officer decided."""

    def do(**facts):
        usual = {
            "by": officer, "officer": officer, "officer_post": "Director of place", "on_behalf_of": partner,
            "title": "The contract", "text": "The contract is awarded.", "reasons": "It was the best of four offers.",
            "alternatives": "None.", "authority": Decision.Authority.GENERAL, "effect": Decision.Effect.SPENDING,
            "decided_on": timezone.localdate(),
        }  # fmt: skip
        return decisions.record_by_officer(**usual | facts)

    partner = make.PartnerFactory()
    return do


def test_officer_decision_is_out_at_once(decide, officer):
    made = decide()
    assert (made.officer, made.officer_name) == (officer, officer.name)
    assert made in Decision.objects.public()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"decided_on": timezone.localdate() + timedelta(days=2)}, "cannot be in the future"),
        ({"reasons": "."}, "Give the reasons"),
        ({"alternatives": " "}, "options that were considered"),
        ({"text": ""}, "Enter what was decided"),
        ({"officer_post": ""}, "Enter the post"),
        ({"authority": "specific", "effect": ""}, "who asked for this decision"),
        ({"effect": ""}, "what the decision does"),
        ({"authority": "none"}, "by what authority"),
    ],
)
def test_officer_decision_is_refused_without_what_law_asks(decide, facts, said):
    with pytest.raises(Refusal, match=said):
        decide(**facts)


def test_specific_authority_names_the_decision_that_gave_it(decide):
    asked = make.DecisionFactory()
    made = decide(authority="specific", effect="", delegated_by=asked)
    assert list(asked.led_to.all()) == [made]


def test_background_papers_stay_with_the_decision(decide):
    made = decide(background=[decisions.Background("The tender", "https://www.example.org/tender")])
    assert made.background.get().url == "https://www.example.org/tender"


def test_officer_decision_recorded_twice_under_a_key_is_one(decide):
    key = uuid4()
    assert decide(key=key) == decide(key=key)


# --- decided again ------------------------------------------------------------------------------------------------


def test_revision_points_at_what_it_revises(record, staff):
    old = record()
    new = decisions.revise(
        decision=old, by=staff, because="New figures came in.", text="The plan is put off.", outcome="deferred"
    )
    assert (new.revises, new.board, new.meeting, new.title) == (old, old.board, old.meeting, old.title)
    assert list(Decision.objects.standing()) == [new]
    assert Entry.objects.about(new).get().verb == "decision.revised"


def test_revision_is_refused_without_a_reason(record, staff):
    with pytest.raises(Refusal, match="why it was decided again"):
        decisions.revise(decision=record(), by=staff, because=".")


def test_decision_is_revised_once(record, staff):
    old = record()
    new = decisions.revise(decision=old, by=staff, because="New figures came in.")
    with pytest.raises(Refusal, match=f"Reopen {new} instead"):
        decisions.revise(decision=old, by=staff, because="More figures came in.")


def test_revision_is_not_before_what_it_revises(record, staff):
    old = record()
    with pytest.raises(Refusal, match="not before the first"):
        decisions.revise(
            decision=old, by=staff, because="New figures came in.", decided_on=old.decided_on - timedelta(days=1)
        )


def test_revision_of_a_closed_decision_is_closed(staff):
    board = make.BoardFactory()
    old = make.DecisionFactory(board=board, closure=make.ClosureGroundFactory(board=board).closure)
    assert decisions.revise(decision=old, by=staff, because="New figures came in.").closed_by == old.closure


def test_revision_by_a_forum_decides_nothing_either(staff):
    old = make.DecisionFactory(board__kind=Board.Kind.FORUM, outcome=Outcome.NOTED)
    with pytest.raises(Refusal, match="takes no decisions"):
        decisions.revise(decision=old, by=staff, because="New figures came in.", outcome=Outcome.AGREED)


def test_revision_by_an_officer_keeps_to_the_law(decide, officer):
    old = decide()
    with pytest.raises(Refusal, match="Give the reasons"):
        decisions.revise(decision=old, by=officer, because="New figures came in.", reasons="")
    new = decisions.revise(
        decision=old, by=officer, because="New figures came in.", text="The contract is not awarded."
    )
    assert (new.kind, new.officer, new.on_behalf_of) == (old.kind, old.officer, old.on_behalf_of)


# --- the database -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["title", "text", "reasons", "outcome"])
def test_database_refuses_to_change_a_decision(change):
    made = make.DecisionFactory()
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(**{change: "noted"})
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        made.delete()


def test_database_lets_a_decision_be_closed_once():
    made, closure = make.DecisionFactory(), make.ClosureFactory()
    Decision.objects.filter(pk=made.pk).update(closure=closure)
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(closure=None)


@pytest.mark.parametrize("factory", ["DecisionVoteFactory", "DecisionInterestFactory", "BackgroundPaperFactory"])
def test_database_refuses_to_change_what_is_beside_a_decision(factory):
    made = getattr(make, factory)()
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        made.delete()


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"board": None}, "decision_is_of_a_board_or_an_officer"),
        ({"officer_post": "Director"}, "decision_is_of_a_board_or_an_officer"),
        ({"outcome": "amended", "text": ""}, "amended_decision_says_how"),
        ({"revised_because": "New figures came in."}, "revised_decision_says_why"),
    ],
)
def test_database_refuses_a_decision_that_cannot_be(facts, name):
    with pytest.raises(IntegrityError, match=name):
        make.DecisionFactory(**facts)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"board": "a board"}, "decision_is_of_a_board_or_an_officer"),
        ({"on_behalf_of": None}, "decision_is_of_a_board_or_an_officer"),
        ({"reasons": ""}, "officer_decision_has_reasons_and_options"),
        ({"alternatives": ""}, "officer_decision_has_reasons_and_options"),
        ({"effect": ""}, "officer_decision_names_its_authority"),
        ({"authority": "specific", "effect": ""}, "officer_decision_names_its_authority"),
    ],
)
def test_database_refuses_an_officer_decision_that_cannot_be(facts, name):
    if "board" in facts:
        facts = {"board": make.BoardFactory()}
    with pytest.raises(IntegrityError, match=name):
        make.OfficerDecisionFactory(**facts)


def test_database_keeps_one_decision_for_a_recommendation(item, meeting):
    make.DecisionFactory(board=meeting.board, meeting=meeting, item=item)
    with pytest.raises(IntegrityError, match="recommendation_is_decided_once"):
        make.DecisionFactory(board=meeting.board, meeting=meeting, item=item)

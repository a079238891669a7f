"""A blocker: raised, owned, handed on, brought to a board and back, resolved, withdrawn, opened again."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.blockers.actions import blocker as actions
from assemblies.blockers.actions import escalation
from assemblies.blockers.models import Blocker, BlockerStep
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import Topic
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from tests import factories as make
from tests.factories import LONDON

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 15, 10, tzinfo=LONDON)
Kind, State = BlockerStep.Kind, Blocker.State
WHY = "Her team pays for half of it"


def member(**facts):
    return make.MembershipFactory(**facts).user


def escalated(blocker=None, board=None, **other):
    row = blocker or make.OwnedBlockerFactory()
    facts = {"by": row.owner or row.raised_by, "title": "Who pays for visits", "words": "Agree who pays for the visit"}
    return escalation.escalate(blocker=row, board=board or make.BoardFactory(), **facts | other)


# --- raised -------------------------------------------------------------------------------------------------------


def raise_one(**other):
    facts = {
        "theme": "finance",
        "title": "Two budgets,  one visit ",
        "text": "Neither pays.\r\nNobody goes.",
        "now": NOW,
    }
    facts |= {"by": make.UserFactory(name="Ann Ode"), "partner": other.get("partner") or make.PartnerFactory()}
    return actions.raise_blocker(**facts | other)


def test_raised_blocker_says_who_what_and_when():
    row = raise_one(place=make.PlaceFactory())
    assert (row.state, row.title, row.text) == (State.RAISED, "Two budgets, one visit", "Neither pays.\nNobody goes.")
    assert (row.raised_by_name, row.raised_at, row.owner) == ("Ann Ode", NOW, None)
    entry = Entry.objects.get(verb="blocker.raised")
    assert row.title not in str(entry.details) + entry.subject_label


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"title": " \x00 "}, "Enter in one line"),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"text": ""}, "Enter what is blocked"),
        ({"text": "x" * 2001}, "at most 2,000 characters"),
        ({"tried": "x" * 2001}, "at most 2,000 characters"),
    ],
)
def test_blocker_that_lacks_something_is_refused(other, words):
    with pytest.raises(Refusal, match=words):
        raise_one(**other)


@pytest.mark.parametrize("state", ["proposed", "closed"])
def test_partner_that_is_not_listed_is_refused(state):
    with pytest.raises(Refusal, match="not listed any more"):
        raise_one(partner=make.PartnerFactory(state=state))


def test_raised_twice_with_one_key_is_one_blocker():
    key, partner = uuid4(), make.PartnerFactory()
    assert raise_one(key=key, partner=partner) == raise_one(key=key, partner=partner, title="Sent again")
    assert Blocker.objects.get().title == "Two budgets, one visit"


@pytest.mark.parametrize(
    "change", [{"title": "Other"}, {"text": "Other"}, {"theme": "quality"}, {"raised_at": NOW}, {"key": uuid4()}]
)
def test_what_was_raised_cannot_be_changed(change):
    row = make.BlockerFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Blocker.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_blocker_goes_along_when_its_organisation_is_merged():
    row, kept = make.BlockerFactory(), make.PartnerFactory()
    Blocker.objects.filter(pk=row.pk).update(partner=kept)
    assert Blocker.objects.get().partner == kept


def test_steps_cannot_be_changed():
    step = make.BlockerStepFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        BlockerStep.objects.update(words="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        step.delete()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"text": ""},
        {"owner": None, "owner_since": None, "state": "owned"},
        {"state": "raised"},
        {"state": "escalated"},
        {"state": "resolved"},
        {"outcome": "Solved, but open"},
        {"ended_at": NOW},
    ],
)
def test_database_refuses_a_blocker_that_contradicts_itself(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.OwnedBlockerFactory(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"words": ""}, {"kind": "escalated"}, {"kind": "returned"}, {"kind": "handed_on"}, {"kind": "taken_on"}]
)
def test_database_refuses_a_step_that_says_too_little(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.BlockerStepFactory(**wrong)


# --- owned --------------------------------------------------------------------------------------------------------


def test_who_takes_it_on_owns_it():
    row, by = make.BlockerFactory(), member(user__name="Ben Ode")
    for _ in range(2):
        taken = actions.take_on(blocker=row, by=by, now=NOW)
    assert (taken.state, taken.owner, taken.owner_name, taken.owner_since) == (State.OWNED, by, "Ben Ode", NOW.date())
    assert row.steps.get().kind == Kind.TAKEN_ON


def test_second_who_takes_it_on_reads_who_has_it():
    row = make.OwnedBlockerFactory(owner_name="Ben Ode")
    with pytest.raises(Refusal, match="Ben Ode has taken it on already"):
        actions.take_on(blocker=row, by=member())


def test_owner_is_a_member_of_a_partner_on_a_board_or_staff():
    chair, acting = make.ChairFactory(), member()
    deputy = make.AppointmentFactory(deputy=make.UserFactory()).deputy
    for person in (acting, chair.holder, deputy, make.StaffFactory()):
        assert actions.ask(blocker=make.BlockerFactory(), by=make.StaffFactory(), to=person).owner == person


def test_others_cannot_own_it():
    ended = make.AppointmentFactory(
        starts_on=NOW.date() - timedelta(days=900), ends_on=NOW.date() - timedelta(days=500)
    )
    waiting = member(state="waiting", decided_at=None)
    closed = member(user__is_active=False)
    for person in (make.UserFactory(), waiting, closed, ended.holder):
        with pytest.raises(Refusal, match="cannot take it on"):
            actions.ask(blocker=make.BlockerFactory(), by=make.StaffFactory(), to=person)
    with pytest.raises(Refusal, match="Say who"):
        actions.ask(blocker=make.BlockerFactory(), by=make.StaffFactory(), to=None)


def test_who_is_asked_owns_it_and_may_hand_it_back():
    row, to = make.BlockerFactory(), member()
    asked = actions.ask(blocker=row, by=make.StaffFactory(), to=to, words="You know both budgets")
    assert (asked.state, asked.owner) == (State.OWNED, to)
    for _ in range(2):
        back = actions.hand_back(blocker=row, by=to, words="I know neither of them")
    assert (back.state, back.owner, back.owner_name) == (State.RAISED, None, "")
    assert [step.kind for step in row.steps.in_order()] == [Kind.ASKED, Kind.HANDED_BACK]


def test_handing_on_says_who_had_it_who_has_it_and_why():
    row, to = make.OwnedBlockerFactory(), member()
    old = row.owner
    handed = actions.hand_on(blocker=row, by=old, to=to, words=WHY)
    assert (handed.state, handed.owner) == (State.OWNED, to)
    step = row.steps.get()
    assert (step.old_owner, step.new_owner, step.words, step.by) == (old, to, WHY, old)


def test_handing_on_while_a_board_has_it_leaves_it_there():
    row = make.EscalatedBlockerFactory()
    handed = actions.hand_on(blocker=row, by=row.owner, to=member(), words=WHY)
    assert (handed.state, handed.board) == (State.ESCALATED, row.board)
    with pytest.raises(Refusal, match=f"It waits with the {row.board}"):
        actions.hand_back(blocker=row, by=handed.owner, words="I know neither of them")


def test_second_who_hands_it_on_reads_that_it_was_changed():
    row = make.OwnedBlockerFactory()
    actions.hand_on(blocker=row, by=row.owner, to=member(), words=WHY)
    with pytest.raises(Stale):
        actions.hand_on(blocker=row, by=row.owner, to=member(), words=WHY, revision=0)


def test_note_counts_as_movement_and_the_same_twice_is_one():
    row = make.OwnedBlockerFactory(moved_at=NOW - timedelta(days=90))
    for _ in range(2):
        actions.note(blocker=row, by=row.owner, words="Half of them answered", now=NOW)
    actions.note(blocker=row, by=row.owner, words="All of them answered", now=NOW)
    assert row.steps.count() == 2
    assert Blocker.objects.get().moved_at == NOW


# --- with a board -------------------------------------------------------------------------------------------------


def test_escalated_blocker_stands_on_the_plan_of_its_board():
    board = make.BoardFactory()
    row = escalated(board=board, now=NOW)
    topic = board.topics.get()
    assert (row.state, row.board, row.topic, row.escalated_at) == (State.ESCALATED, board, topic, NOW)
    assert (topic.title, topic.about, topic.source) == (
        "Who pays for visits",
        "Agree who pays for the visit",
        escalation.SOURCE,
    )
    assert topic.parked_at == NOW
    step = row.steps.get()
    assert (step.kind, step.board, step.topic) == (Kind.ESCALATED, board, topic)


def test_escalated_twice_is_refused_and_sent_twice_is_once():
    board = make.BoardFactory(name="City Board")
    row = escalated(board=board)
    assert escalated(row, board) == row
    with pytest.raises(Refusal, match="It waits with the City Board already"):
        escalated(row, make.BoardFactory())
    assert (row.steps.count(), Topic.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"title": ""}, "Enter the title"),
        ({"title": "x" * 201}, "at most 200"),
        ({"words": "."}, "what the board is asked"),
        ({"words": ""}, "what the board is asked"),
    ],
)
def test_escalation_without_words_is_refused(other, words):
    with pytest.raises(Refusal, match=words):
        escalated(**other)
    assert not Topic.objects.exists()


def test_board_that_has_ended_is_refused():
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refusal, match="meets no more"):
        escalated(board=make.BoardFactory(ends_on=yesterday))


def test_topic_that_is_on_the_plan_already_is_refused_with_where_it_is():
    topic = make.ParkedTopicFactory(title="who pays for visits")
    row = make.OwnedBlockerFactory(owner=make.StaffFactory())
    with pytest.raises(
        Refusal, match=f"“who pays for visits” is on the forward plan of the {topic.board} already"
    ) as said:
        escalated(row, topic.board)
    assert said.value.field == "title"


def test_nobody_learns_of_a_topic_that_is_not_theirs_to_read():
    topic = make.ParkedTopicFactory(title="Who pays for visits")
    row = escalated(board=topic.board)
    assert row.topic.title == f"Who pays for visits (blocker {row.pk})"


def test_who_escalates_one_that_nobody_owns_owns_it():
    row = make.BlockerFactory()
    assert escalated(row).owner == row.raised_by
    assert row.steps.get().new_owner == row.raised_by


def test_blocker_that_came_back_goes_on_and_may_go_again():
    board = make.BoardFactory()
    row = escalated(board=board)
    topic = row.topic
    for _ in range(2):
        back = escalation.bring_back(blocker=row, by=row.owner, words="The board agreed, and finance pays")
    assert (back.state, back.board, back.topic, back.escalated_at) == (State.OWNED, None, None, None)
    assert row.steps.get(kind=Kind.RETURNED).topic == topic
    again = escalated(row, board, words="Finance has not paid, so please ask why")
    assert (again.topic, Topic.objects.count()) == (topic, 1)


def test_topic_that_the_board_had_closed_is_not_opened_again():
    row = escalated()
    topics.close(topic=row.topic, by=make.StaffFactory(), reason="Not for us")
    board = row.board
    escalation.bring_back(blocker=row, by=row.owner, words="The board says that it is not for them")
    assert escalated(row, board, words="It is for you after all").topic != Topic.objects.earliest("pk")


def test_only_what_a_board_has_can_come_back():
    row = make.OwnedBlockerFactory()
    with pytest.raises(Refusal, match="No board has it"):
        escalation.bring_back(blocker=row, by=row.owner, words="The board agreed to it")


# --- at its end ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factory", [make.OwnedBlockerFactory, make.EscalatedBlockerFactory])
def test_resolved_blocker_says_what_unblocked_it(factory):
    row = factory()
    for _ in range(2):
        done = actions.resolve(blocker=row, by=row.owner, words="Both pay into one pot", now=NOW)
    assert (done.state, done.ended_at, done.outcome, done.board) == (State.RESOLVED, NOW, "Both pay into one pot", None)
    assert row.steps.filter(kind=Kind.RESOLVED).count() == 1


def test_blocker_that_nobody_owns_is_not_resolved():
    row = make.BlockerFactory()
    with pytest.raises(Refusal, match="Take it on first"):
        actions.resolve(blocker=row, by=make.StaffFactory(), words="Both pay into one pot")


@pytest.mark.parametrize("factory", [make.BlockerFactory, make.OwnedBlockerFactory, make.EscalatedBlockerFactory])
def test_withdrawn_blocker_says_why(factory):
    row = factory()
    gone = actions.withdraw(blocker=row, by=row.raised_by, words="It went away by itself", now=NOW)
    assert (gone.state, gone.ended_at, gone.outcome) == (State.WITHDRAWN, NOW, "It went away by itself")


def test_second_who_ends_it_reads_who_did():
    row, other = make.OwnedBlockerFactory(), member(user__name="Cem Ode")
    actions.resolve(blocker=row, by=other, words="Both pay into one pot")
    for act in (
        lambda: actions.resolve(blocker=row, by=row.owner, words="I did it, here is the proof"),
        lambda: actions.withdraw(blocker=row, by=row.owner, words="It went away by itself"),
        lambda: actions.hand_on(blocker=row, by=row.owner, to=other, words=WHY),
        lambda: actions.take_on(blocker=row, by=row.owner),
        lambda: escalated(row),
        lambda: escalation.bring_back(blocker=row, by=row.owner, words="The board agreed to it"),
    ):
        with pytest.raises(Refusal, match="This is resolved already: Cem Ode said so"):
            act()


def test_opened_again_it_is_its_owners_again():
    row = make.ResolvedBlockerFactory()
    for _ in range(2):
        again = actions.reopen(blocker=row, by=row.raised_by, words="The pot is empty again")
    assert (again.state, again.owner, again.ended_at, again.outcome) == (State.OWNED, row.owner, None, "")
    assert row.steps.get().words == "The pot is empty again"


def test_opened_again_after_its_owner_left_it_is_nobodys():
    row = make.ResolvedBlockerFactory(owner=make.UserFactory())
    again = actions.reopen(blocker=row, by=row.raised_by, words="The pot is empty again")
    assert (again.state, again.owner) == (State.RAISED, None)


@pytest.mark.parametrize("words", ["", ".", "..........", "x" * 2001])
def test_each_step_needs_words(words):
    row, done, to = make.OwnedBlockerFactory(), make.ResolvedBlockerFactory(), member()
    waits = make.EscalatedBlockerFactory()
    for act in (
        lambda: actions.hand_on(blocker=row, by=row.owner, to=to, words=words),
        lambda: actions.hand_back(blocker=row, by=row.owner, words=words),
        lambda: actions.resolve(blocker=row, by=row.owner, words=words),
        lambda: actions.withdraw(blocker=row, by=row.owner, words=words),
        lambda: actions.reopen(blocker=done, by=row.owner, words=words),
        lambda: escalation.bring_back(blocker=waits, by=row.owner, words=words),
    ):
        with pytest.raises(Refusal):
            act()


# --- who reads it, how old it is, who left ------------------------------------------------------------------------


def test_blockers_are_read_by_those_who_take_part_alone():
    make.BlockerFactory()
    seat = make.AppointmentFactory()
    for person in (make.StaffFactory(), member(), seat.holder):
        assert Blocker.objects.visible_to(person).exists()
    for person in (make.UserFactory(), member(state="waiting", decided_at=None), member(state="ended")):
        assert not Blocker.objects.visible_to(person).exists()


def test_age_counts_until_today_or_until_it_ended():
    assert make.BlockerFactory(raised_at=make.in_days(-47)).age == "47 days"
    assert make.BlockerFactory(raised_at=timezone.now()).age == "less than a day"
    assert make.ResolvedBlockerFactory(raised_at=make.in_days(-9), ended_at=make.in_days(-8)).age == "1 day"


def test_owner_who_takes_part_no_more_has_left():
    here, gone = make.OwnedBlockerFactory(), make.OwnedBlockerFactory(owner=make.UserFactory())
    closed = make.EscalatedBlockerFactory()
    closed.owner.is_active = False
    closed.owner.save()
    make.ResolvedBlockerFactory(owner=make.UserFactory())
    left = Blocker.objects.left_behind(timezone.localdate())
    assert set(left) == {gone, closed}
    assert here not in left

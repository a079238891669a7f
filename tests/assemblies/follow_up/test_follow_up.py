"""An action: who may have it, by when, and what becomes of it."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.follow_up.actions import follow_up as actions
from assemblies.follow_up.models import FollowUp, FollowUpChange
from assemblies.meetings.models import Meeting
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from tests import factories as make
from tests.factories import LONDON

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 15, 10, tzinfo=LONDON)
DAY = timedelta(days=1)
Kind, State = FollowUpChange.Kind, FollowUp.State
BECAUSE, EVIDENCE = "She knows the matter better", "The letter went out on Monday"


@pytest.fixture
def meeting():
    return make.MeetingFactory(starts_at=datetime(2026, 9, 14, 12, 30, tzinfo=LONDON))


def assign(meeting, **other):
    facts = {
        "text": "Write to all partners",
        "owner": None,
        "due_on": date(2026, 10, 1),
        "now": NOW,
        "by": make.UserFactory(),
    }
    facts["owner"] = make.UserFactory(name="Ann Ode")
    return actions.assign(board=meeting.board, meeting=meeting, **facts | other)


def test_assigned_action_says_who_what_and_when(meeting):
    row = assign(meeting)
    assert (row.state, row.owner_name, row.agreed_on, row.due_on) == (
        State.OPEN, "Ann Ode", date(2026, 9, 14), date(2026, 10, 1),
    )  # fmt: skip
    assert [change.kind for change in row.changes.all()] == [Kind.ASSIGNED]
    assert Entry.objects.filter(verb="action.assigned").exists()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"owner": None}, "Say who takes it on"),
        ({"text": " \x00 "}, "Enter what is to be done"),
        ({"text": "x" * 1001}, "at most 1,000 characters"),
        ({"due_on": None}, "Enter the day"),
        ({"due_on": date(2026, 9, 13)}, "agreed on Monday 14 September 2026"),
    ],
)
def test_action_that_lacks_something_is_refused(meeting, other, words):
    with pytest.raises(Refusal, match=words):
        assign(meeting, **other)


def test_action_is_due_on_the_day_it_is_agreed_at_the_earliest(meeting):
    assert assign(meeting, due_on=date(2026, 9, 14)).pk


def test_owner_whose_account_is_closed_is_refused(meeting):
    with pytest.raises(Refusal, match="no account any more"):
        assign(meeting, owner=make.UserFactory(is_active=False))


def test_entered_twice_with_one_key_is_one_action(meeting):
    key = uuid4()
    assert assign(meeting, key=key) == assign(meeting, key=key, text="Sent again")
    assert FollowUp.objects.get().text == "Write to all partners"


def test_item_of_another_meeting_is_no_item_of_this(meeting):
    with pytest.raises(ValueError, match="another meeting"):
        assign(meeting, item=make.AgendaItemFactory())


@pytest.mark.parametrize(
    "change", [{"text": "Other"}, {"agreed_on": date(2020, 1, 1)}, {"board": None}, {"key": uuid4()}]
)
def test_what_was_agreed_cannot_be_changed(change):
    row = make.FollowUpFactory()
    if "board" in change:
        change = {"board": make.BoardFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_history_cannot_be_changed():
    change = make.FollowUpChangeFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpChange.objects.update(words="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        change.delete()


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": date(2000, 1, 1)},
        {"state": "done"},
        {"state": "dropped"},
        {"evidence": "Done, but open"},
        {"text": ""},
    ],
)
def test_database_refuses_an_action_that_contradicts_itself(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.FollowUpFactory(**wrong)


def test_handing_on_says_who_had_it_who_has_it_and_why():
    row, to, by = make.FollowUpFactory(), make.UserFactory(name="Ben Ode"), make.UserFactory()
    old = row.owner
    handed = actions.hand_on(follow_up=row, by=by, to=to, because=BECAUSE)
    assert (handed.owner, handed.owner_name) == (to, "Ben Ode")
    change = row.changes.get()
    assert (change.old_owner, change.new_owner, change.words, change.by) == (old, to, BECAUSE, by)


@pytest.mark.parametrize("words", ["", ".", "..........", "x" * 1001])
def test_each_change_needs_a_reason_in_words(words):
    row, by = make.FollowUpFactory(), make.UserFactory()
    done = make.DoneFollowUpFactory()
    later = timezone.localdate() + 90 * DAY
    for act in (
        lambda: actions.hand_on(follow_up=row, by=by, to=by, because=words),
        lambda: actions.hand_on_all(follow_ups=[row], by=by, to=by, because=words),
        lambda: actions.postpone(follow_up=row, by=by, due_on=later, because=words),
        lambda: actions.complete(follow_up=row, by=by, evidence=words),
        lambda: actions.drop(follow_up=row, by=by, because=words),
        lambda: actions.reopen(follow_up=done, by=by, because=words),
    ):
        with pytest.raises(Refusal):
            act()
    assert not FollowUpChange.objects.exists()


def test_handing_on_to_nobody_is_refused():
    row = make.FollowUpFactory()
    with pytest.raises(Refusal, match="Say who takes it on"):
        actions.hand_on(follow_up=row, by=row.owner, to=None, because=BECAUSE)


def test_all_of_who_left_are_handed_on_in_one_step():
    gone, to = make.UserFactory(is_active=False), make.UserFactory()
    rows = make.FollowUpFactory.create_batch(2, owner=gone)
    done = make.DoneFollowUpFactory(owner=gone)
    taken = make.FollowUpFactory(owner=gone)
    FollowUp.objects.filter(pk=taken.pk).update(owner=make.UserFactory())
    assert actions.hand_on_all(follow_ups=[*rows, done, taken], by=make.UserFactory(), to=to, because=BECAUSE) == 2
    assert set(FollowUp.objects.filter(owner=to)) == set(rows)


def test_new_day_says_what_it_was_and_why():
    row = make.FollowUpFactory()
    later = row.due_on + 30 * DAY
    assert actions.postpone(follow_up=row, by=row.owner, due_on=later, because=BECAUSE).due_on == later
    change = row.changes.get()
    assert (change.old_due_on, change.new_due_on, change.words) == (row.due_on, later, BECAUSE)


def test_new_day_that_is_past_is_refused():
    row = make.FollowUpFactory()
    with pytest.raises(Refusal, match="still to come"):
        actions.postpone(follow_up=row, by=row.owner, due_on=timezone.localdate() - DAY, because=BECAUSE)


def test_same_note_twice_is_one():
    row = make.FollowUpFactory()
    for _ in range(2):
        actions.note(follow_up=row, by=row.owner, words="Half of them answered")
    actions.note(follow_up=row, by=row.owner, words="All of them answered")
    assert row.changes.count() == 2


def test_done_action_has_evidence_and_a_day():
    row = make.FollowUpFactory()
    done = actions.complete(follow_up=row, by=row.owner, evidence=EVIDENCE, link="https://example.org/", now=NOW)
    assert (done.state, done.done_at, done.evidence) == (State.DONE, NOW, EVIDENCE)
    assert (row.changes.get().words, row.changes.get().link) == (EVIDENCE, "https://example.org/")


def test_second_who_closes_it_reads_who_did():
    row, other = make.FollowUpFactory(), make.UserFactory(name="Cem Ode")
    actions.complete(follow_up=row, by=other, evidence=EVIDENCE)
    for act in (
        lambda: actions.complete(follow_up=row, by=row.owner, evidence="I did it, here is the proof"),
        lambda: actions.drop(follow_up=row, by=row.owner, because="Nobody needs it any more"),
        lambda: actions.hand_on(follow_up=row, by=row.owner, to=other, because=BECAUSE),
        lambda: actions.postpone(follow_up=row, by=row.owner, due_on=row.due_on + DAY, because=BECAUSE),
    ):
        with pytest.raises(Refusal, match="Cem Ode has closed this already"):
            act()
    assert row.changes.count() == 1


@pytest.mark.parametrize("act", ["complete", "drop"])
def test_closing_twice_in_the_same_words_is_once(act):
    row = make.FollowUpFactory()
    word = "evidence" if act == "complete" else "because"
    for _ in range(2):
        getattr(actions, act)(follow_up=row, by=row.owner, **{word: EVIDENCE})
    assert row.changes.count() == 1


def test_dropped_action_says_why():
    row = make.FollowUpFactory()
    dropped = actions.drop(follow_up=row, by=row.owner, because="The board has changed its mind")
    assert (dropped.state, dropped.dropped_because) == (State.DROPPED, "The board has changed its mind")


def test_opened_again_it_keeps_its_evidence_in_its_history():
    row = make.FollowUpFactory()
    actions.complete(follow_up=row, by=row.owner, evidence=EVIDENCE)
    later = row.due_on + DAY
    again = actions.reopen(follow_up=row, by=row.owner, because="Two partners had no letter", due_on=later)
    assert (again.state, again.evidence, again.done_at, again.due_on) == (State.OPEN, "", None, later)
    assert [change.kind for change in row.changes.all()] == [Kind.DONE, Kind.REOPENED]
    assert actions.complete(follow_up=row, by=row.owner, evidence=EVIDENCE).state == State.DONE


def test_two_who_hand_it_on_do_not_overwrite_each_other():
    row, by = make.FollowUpFactory(), make.UserFactory(name="Dee Ode")
    actions.hand_on(follow_up=row, by=by, to=make.UserFactory(), because=BECAUSE, revision=0)
    with pytest.raises(Stale):
        actions.hand_on(follow_up=row, by=by, to=make.UserFactory(), because=BECAUSE, revision=0)


def test_owner_who_left_the_board_leaves_actions_behind():
    board = make.BoardFactory()
    today = timezone.localdate()
    term = {"seat__board": board, "starts_on": today - 100 * DAY}
    member = make.AppointmentFactory(**term).holder
    former = make.AppointmentFactory(**term, ends_on=today - DAY).holder
    officer = make.UserFactory()
    closed = make.UserFactory(is_active=False)
    deputy = make.UserFactory()
    make.AppointmentFactory(**term, deputy=deputy)
    after = make.AppointmentFactory(seat__board=board, starts_on=today - 100 * DAY, ends_on=today - 70 * DAY).holder
    people = (member, former, officer, closed, deputy, after)
    meeting = make.MeetingFactory(board=board, starts_at=timezone.now() - 60 * DAY)
    for person in people:
        make.FollowUpFactory(meeting=meeting, owner=person)
    make.DoneFollowUpFactory(meeting=meeting, owner=closed)
    assert {row.owner for row in FollowUp.objects.left_behind(today)} == {former, closed}


def test_meeting_with_actions_stays():
    row = make.FollowUpFactory()
    with pytest.raises(Exception, match="protected"):
        Meeting.objects.get(pk=row.meeting_id).delete()

"""The record of a meeting: who opens, keeps and ends it, and what follows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assemblies.decisions.models import Decision
from assemblies.follow_up.actions import follow_up
from assemblies.follow_up.models import FollowUp
from assemblies.forward_plan.models import ItemMove
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.sittings.actions import sitting as sittings
from assemblies.sittings.models import Entry, Sitting
from assemblies.sittings.order_of_business import as_put
from partnership import todo
from partnership.boards.models import ActingChair
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_record_opens_once(meeting, chair):
    first = sittings.start(meeting=meeting, by=chair)
    assert sittings.start(meeting=meeting, by=chair) == first


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": Meeting.State.CANCELLED, "cancelled_reason": "Snow"}, "is cancelled"),
        ({"starts_at": timezone.now() + 3 * HOUR, "ends_at": timezone.now() + 4 * HOUR}, "two hours before"),
    ],
)
def test_record_waits_for_its_meeting(meeting, chair, facts, words):
    Meeting.objects.filter(pk=meeting.pk).update(**facts)
    with pytest.raises(Refusal, match=words):
        sittings.start(meeting=meeting, by=chair)


def test_record_needs_a_published_agenda(chair):
    with pytest.raises(Refusal, match="Publish the agenda first"):
        sittings.start(meeting=make.MeetingUnderWayFactory(), by=chair)


def test_entry_sent_twice_is_one(record):
    key = uuid4()
    first = record.enter("guest", key=key, name="Sam", role="")
    assert record.enter("guest", key=key, name="Sam", role="") == first
    assert record.sitting.entries.count() == 1
    with pytest.raises(Refusal, match="for something else"):
        record.enter("note", 1, key=key, text="Something")


@pytest.mark.parametrize("other", [{"name": "Kim"}, {"item": 1}, {"seat": True}])
def test_other_answers_under_the_key_of_an_entry_are_refused(record, other):
    """A page that somebody went back to in the browser, which sends its old key: nothing is dropped in silence."""
    key = uuid4()
    record.enter("guest", key=key, name="Sam", role="")
    seat, item = record.seats[0] if other.pop("seat", False) else None, other.pop("item", None)
    with pytest.raises(Refusal, match="for something else"):
        record.enter("guest", item, key=key, seat=seat, **{"name": "Sam", "role": ""} | other)


def test_recommendation_is_put_in_words_alone():
    put = as_put("Agree who answers, as the [role outline](appendix-2-page-1) says, and **the plan**.")
    assert put == "Agree who answers, as the role outline says, and the plan."


def test_entry_is_never_changed(record):
    entry = record.enter("guest", name="Sam", role="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(facts={})
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.delete()


@pytest.mark.parametrize("who", ["member", "former_chair", "stranger"])
def test_those_who_do_not_record_are_refused(record, chair, who):
    person = {"member": lambda: record.sitting.meeting.board.appointments.exclude(holder=chair).first().holder}.get(
        who, make.UserFactory
    )()
    if who == "former_chair":
        person = chair
        record.sitting.meeting.board.appointments.filter(holder=chair).update(
            ends_on=timezone.localdate() - timedelta(days=1)
        )
    with pytest.raises(Refusal, match="no longer record"):
        record.enter("guest", by=person, name="Sam", role="")


def test_acting_chair_staff_and_chair_in_common_record(record):
    meeting, today = record.sitting.meeting, timezone.localdate()
    acts = ActingChair.objects.create(
        board=meeting.board, person=make.UserFactory(), starts_on=today, ends_on=today
    ).person
    other = make.ChairFactory().seat.board
    make.MeetingBoardFactory(meeting=meeting, board=other)
    for person in (acts, make.StaffFactory(), other.chair_on(today)):
        assert record.enter("guest", by=person, name="Sam", role="").by == person


def test_time_of_a_phone_is_kept_where_it_can_be(record):
    now = timezone.now()
    times = {now - timedelta(minutes=8): now - timedelta(minutes=8), now + HOUR: now, now - 20 * HOUR: now}
    Sitting.objects.update(started_at=now - HOUR)
    record.sitting.refresh_from_db()
    for said, kept in times.items():
        assert record.enter("guest", name="Sam", role="", said_at=said, now=now).said_at == kept


def test_seat_and_item_of_another_meeting_are_refused(record):
    with pytest.raises(Refusal, match="not on a board of this meeting"):
        record.enter("attendance", seat=make.SeatFactory(), status="room", name="", sits="holder")
    record.items.append(make.AgendaItemFactory())
    with pytest.raises(Refusal, match="not on the agenda"):
        record.enter("note", 3, text="Something")


def test_action_is_on_the_list_of_its_owner(record, chair):
    due = timezone.localdate() + timedelta(days=30)
    entry = record.enter(
        "action", 1, text="Write to the trust", owner=chair.pk, name=str(chair), due_on=due.isoformat()
    )
    row = FollowUp.objects.get(owner=chair)
    assert (row.text, row.due_on, row.item, row.board) == (
        "Write to the trust",
        due,
        record.items[0],
        record.sitting.meeting.board,
    )
    record.enter("undo", entry=entry.number)
    row.refresh_from_db()
    assert row.state == FollowUp.State.DROPPED


def test_action_that_is_done_is_not_taken_back(record, chair):
    due = timezone.localdate().isoformat()
    entry = record.enter("action", 1, text="Write to the trust", owner=chair.pk, name=str(chair), due_on=due)
    follow_up.complete(follow_up=FollowUp.objects.get(), by=chair, evidence="The letter was sent.")
    with pytest.raises(Refusal, match="is done already"):
        record.enter("undo", entry=entry.number)
    assert record.sitting.entries.count() == 1


def test_meeting_does_not_end_with_items_open(record):
    record.all_here()
    record.agree()
    with pytest.raises(Refusal, match=r"still open: 2\. News"):
        sittings.end(sitting=record.sitting, by=record.by)


def test_record_of_a_cancelled_meeting_takes_nothing_more_and_ends(record, client):
    record.all_here()
    Meeting.objects.update(state=Meeting.State.CANCELLED, cancelled_reason="Snow")
    record.sitting.refresh_from_db()
    with pytest.raises(Refusal, match="This meeting was cancelled"):
        record.agree()
    record.enter("undo", entry=1)
    sign_in(client, make.StaffFactory())
    client.post(reverse("record_end", args=[record.sitting.meeting.slug]))
    assert not Sitting.objects.get().is_open


def test_meeting_that_decided_something_is_not_cancelled(record):
    record.all_here()
    outcome = record.agree()
    cancel = {"meeting": record.sitting.meeting, "by": make.StaffFactory(), "reason": "Snow fell all day"}
    with pytest.raises(Refusal, match="so it took place"):
        meetings.cancel(**cancel)
    record.enter("undo", entry=outcome.number)
    assert meetings.cancel(**cancel).state == Meeting.State.CANCELLED


def test_ended_meeting_puts_decisions_in_the_register(record, chair, django_capture_on_commit_callbacks):
    record.all_here()
    votes = {str(seat.pk): "for" for seat in record.seats[:2]} | {str(record.seats[2].pk): "against"}
    record.enter(
        "interest", 2, seat=record.seats[0], kind="financial", nature="Owns shares", withheld=False, mitigation="note",
        dispensation_by="", dispensation_until="",
    )  # fmt: skip
    record.agree(outcome="amended", text="The plan, for one year", votes=votes)
    record.enter("done", 2, how="taken", because="")
    due = timezone.localdate() + timedelta(days=9)
    record.enter("action", 1, text="Write to the trust", owner=chair.pk, name=str(chair), due_on=due.isoformat())
    with django_capture_on_commit_callbacks(execute=True):
        sittings.end(sitting=record.sitting, by=record.by)
        sittings.end(sitting=record.sitting, by=record.by)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.text, decision.item) == ("amended", "The plan, for one year", record.items[0])
    assert sorted(decision.votes.values_list("vote", flat=True)) == ["against", "for", "for"]
    assert not decision.interests.exists()  # it was declared on another item
    assert Message.objects.filter(to_email=chair.email, subject__icontains="action").count() == 1
    with pytest.raises(Refusal, match="The meeting has ended"):
        record.enter("guest", name="Late", role="")


def test_casting_vote_and_interest_stand_with_the_decision(record):
    make.BoardPracticeFactory(board=record.sitting.meeting.board, has_casting_vote=True)
    record.all_here()
    record.enter("presides", seat=record.seats[1], name="Holder of a seat")
    record.enter(
        "interest", 1, seat=record.seats[2], kind="financial", nature="", withheld=True, mitigation="stay_no_vote",
        dispensation_by="", dispensation_until="",
    )  # fmt: skip
    record.agree(votes={str(record.seats[0].pk): "for", str(record.seats[1].pk): "against"}, casting="for")
    record.enter("presides", seat=record.seats[0], name="The chair")  # from then on
    record.enter("done", 2, how="taken", because="")
    sittings.end(sitting=record.sitting, by=record.by)
    decision = Decision.objects.get()
    casting = decision.votes.get(is_casting=True)
    assert (casting.seat, casting.name) == (record.seats[1], f"Holder of {record.seats[1].title}")
    declared = decision.interests.get()
    assert declared.is_withheld
    assert declared.get_mitigation_display() == "stayed and did not vote"


def withheld_by_interest(record, seat, mitigation="papers_withheld", now=None):
    return record.enter(
        "interest", 1, seat=seat, kind="financial", nature="Owns shares", withheld=False, mitigation=mitigation,
        dispensation_by="", dispensation_until="", now=now,
    )  # fmt: skip


def kept_from(record) -> set:
    return {row.person for row in record.sitting.meeting.withheld_papers.in_force()}


@pytest.fixture
def closed_item(record):
    """The first item of the record, closed to the public."""
    item = record.items[0]
    item.closure = make.ClosureGroundFactory(board=record.sitting.meeting.board).closure
    item.save(update_fields=["closure"])
    return item


def test_interest_withholds_papers_at_once_until_it_is_taken_back(record, closed_item):
    seat = record.seats[1]
    entry = withheld_by_interest(record, seat)
    assert kept_from(record) == {seat.appointments.get().holder}
    record.enter("undo", entry=entry.number)
    assert kept_from(record) == set()


def test_papers_stay_withheld_for_another_interest(record, closed_item):
    first = withheld_by_interest(record, record.seats[1])
    second = withheld_by_interest(record, record.seats[1])
    record.enter("undo", entry=first.number)
    assert kept_from(record) == {record.seats[1].appointments.get().holder}
    record.enter("undo", entry=second.number)
    assert kept_from(record) == set()


def test_interest_of_a_deputy_who_came_withholds_from_the_deputy(record, closed_item):
    term = record.seats[1].appointments.get()
    term.deputy = make.UserFactory()
    term.save(update_fields=["deputy"])
    record.enter("attendance", seat=term.seat, status="room", name=str(term.deputy), sits="deputy")
    withheld_by_interest(record, term.seat)
    assert kept_from(record) == {term.deputy}


def test_papers_are_not_withheld_from_the_chair_of_the_meeting(record, closed_item):
    with pytest.raises(Refusal, match="chairs a board"):
        withheld_by_interest(record, record.seats[0])
    assert not record.sitting.entries.exists()


def test_interest_in_an_open_item_withholds_nothing(record):
    withheld_by_interest(record, record.seats[1])
    assert kept_from(record) == set()


def test_interest_that_leaves_the_papers_withholds_nothing(record, closed_item):
    withheld_by_interest(record, record.seats[1], mitigation="withdraw")
    assert kept_from(record) == set()


@pytest.mark.parametrize("how", ["put_off", "deferred"])
def test_item_that_is_put_off_waits_on_the_plan(record, how):
    record.all_here()
    if how == "put_off":
        record.enter("done", 1, how="put_off", because="There was no time for it today")
    else:
        record.agree(outcome="deferred", text="Until the figures are there")
    record.enter("done", 2, how="taken", because="")
    sittings.end(sitting=record.sitting, by=record.by)
    move = ItemMove.objects.get()
    assert (move.item, move.old_meeting, move.new_meeting) == (record.items[0].planned, record.sitting.meeting, None)


def test_each_chair_is_asked_to_record_and_to_end(meeting, chair, client):
    titles = lambda: [each.title for each in todo.now_for(chair)]  # noqa: E731 - asked three times
    assert f"Record {meeting.title}" in titles()
    sittings.start(meeting=meeting, by=chair)
    assert f"Go on with the record of {meeting.title}" in titles()
    assert not any("Record" in title for title in titles())
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    assert f"End the record of {meeting.title}" in titles()


def test_chair_of_a_board_in_common_goes_on_with_the_record(record):
    meeting, other = record.sitting.meeting, make.ChairFactory().seat.board
    make.MeetingBoardFactory(meeting=meeting, board=other)
    titles = lambda: [each.title for each in todo.now_for(other.chair_on(timezone.localdate()))]  # noqa: E731 - asked twice
    assert f"Go on with the record of {meeting.title}" in titles()
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    assert f"End the record of {meeting.title}" not in titles()  # the chair of the host does

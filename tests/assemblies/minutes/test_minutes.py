"""Minutes from the draft to their confirmation: who does what, in which order, and what stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.minutes.actions import correction as corrections
from assemblies.minutes.actions import minutes as actions
from assemblies.minutes.models import Minutes, MinutesItem, MinutesVersion
from partnership.boards.models import ActingChair
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from tests import factories as make
from tests.assemblies.minutes.held import Held, ended
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
State = Minutes.State
DAY = timedelta(days=1)


@pytest.fixture
def held():
    return ended()


@pytest.fixture
def minutes(held):
    return actions.draft(meeting=held.meeting, board=held.board, by=held.chair)


@pytest.fixture
def circulated(minutes, held):
    actions.circulate(minutes=minutes, by=held.chair)
    minutes.refresh_from_db()
    return minutes


@pytest.fixture
def agreed(circulated, held):
    actions.agree(minutes=circulated, by=held.chair)
    circulated.refresh_from_db()
    return circulated


def later_meeting(held, **facts):
    started = timezone.now() - timedelta(minutes=1)
    return make.MeetingFactory(board=held.board, kind="board", starts_at=started, **facts)


def test_minutes_are_drafted_once(held, minutes):
    assert actions.draft(meeting=held.meeting, board=held.board, by=make.StaffFactory()) == minutes
    assert minutes.state == State.DRAFT
    assert list(minutes.present.order_by("pk")) == [held.chair, *held.members]


def test_draft_says_what_was_recorded(minutes):
    first, news, _ = minutes.newest.items.all()
    assert first.text == "Residents asked for a plain summary."
    assert [each["outcome"] for each in first.facts["outcomes"]] == ["agreed"]
    assert news.facts["outcomes"] == []


def test_draft_holds_no_details_of_a_sensitive_interest():
    held = Held().start()
    held.here(held.chair, *held.members)
    held.enter(
        "interest", 1, seat=held.seat_of(held.members[0]), kind="financial", nature="Lives at a refuge.", withheld=True,
        mitigation="note", dispensation_by="", dispensation_until="",
    )  # fmt: skip
    held.agree(1)
    held.agree(3)
    held.take(2)
    minutes = actions.draft(meeting=held.end().meeting, board=held.board, by=held.chair)
    (interest,) = minutes.newest.items.first().facts["interests"]
    assert interest["withheld"]
    assert "refuge" not in str(interest)


def test_draft_waits_for_the_end_of_the_record():
    held = Held().start()
    with pytest.raises(Refusal, match="End the record"):
        actions.draft(meeting=held.meeting, board=held.board, by=held.chair)


def test_unrecorded_meeting_is_drafted_by_staff_alone():
    held = Held()
    with pytest.raises(Refusal, match="Staff can draft"):
        actions.draft(meeting=held.meeting, board=held.board, by=held.chair)
    minutes = actions.draft(meeting=held.meeting, board=held.board, by=make.StaffFactory())
    assert not minutes.is_recorded
    assert [item.title for item in minutes.newest.items.all()] == [item.title for item in held.items]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": Meeting.State.CANCELLED, "cancelled_reason": "Snow"}, "is cancelled"),
        ({"ends_at": timezone.now() + DAY}, "Draft its minutes after that"),
    ],
)
def test_no_minutes_of_a_meeting_that_was_not_held(facts, words):
    held = Held()
    Meeting.objects.filter(pk=held.meeting.pk).update(**facts)
    with pytest.raises(Refusal, match=words):
        actions.draft(meeting=held.meeting, board=held.board, by=make.StaffFactory())


def test_no_minutes_for_a_board_that_did_not_meet(held):
    with pytest.raises(Refusal, match="did not meet"):
        actions.draft(meeting=held.meeting, board=make.BoardFactory(), by=make.StaffFactory())


def test_circulating_writes_to_those_who_were_there(minutes, held):
    version = actions.circulate(minutes=minutes, by=held.chair)
    actions.circulate(minutes=minutes, by=held.chair)
    mails = Message.objects.filter(key__contains="circulated")
    assert {mail.to_email for mail in mails} == {person.email for person in (held.chair, *held.members)}
    assert version.corrections_by > timezone.localdate() + 5 * DAY  # five working days hold a weekend


@pytest.mark.parametrize("who", ["staff", "member", "stranger"])
def test_only_the_chair_agrees(circulated, held, who):
    person = {"staff": make.StaffFactory, "member": lambda: held.members[0], "stranger": make.UserFactory}[who]()
    with pytest.raises(Refusal, match="Only the chair"):
        actions.agree(minutes=circulated, by=person)


def test_who_acts_for_the_chair_agrees_in_their_name(circulated, held):
    today = timezone.localdate()
    acts = ActingChair.objects.create(board=held.board, person=make.UserFactory(), starts_on=today, ends_on=today)
    assert actions.agree(minutes=circulated, by=acts.person).agreed_for == str(held.chair)


def test_draft_is_circulated_before_it_is_agreed(minutes, held):
    with pytest.raises(Refusal, match="Circulate the minutes"):
        actions.agree(minutes=minutes, by=held.chair)


def test_each_correction_is_answered_before_minutes_are_agreed(circulated, held):
    correction = corrections.propose(minutes=circulated, by=held.members[0], text="I was late.")
    with pytest.raises(Refusal, match="1 correction waits"):
        actions.agree(minutes=circulated, by=held.chair)
    corrections.answer(correction=correction, by=held.chair, accepted=True)
    assert actions.agree(minutes=circulated, by=held.chair).is_agreed


def test_chair_agrees_what_they_read(circulated, held):
    version = circulated.newest
    actions.write(version=version, by=make.StaffFactory(), content={}, texts={1: "Changed."}, key_messages="")
    with pytest.raises(Refusal, match="changed the minutes"):
        actions.agree(minutes=circulated, by=held.chair, revision=version.revision)


def test_second_chair_to_agree_learns_who_was_first(agreed, held):
    today = timezone.localdate()
    acts = ActingChair.objects.create(board=held.board, person=make.UserFactory(), starts_on=today, ends_on=today)
    with pytest.raises(Refusal, match=f"{held.chair} agreed these minutes"):
        actions.agree(minutes=agreed, by=acts.person)
    assert actions.agree(minutes=agreed, by=held.chair).number == 1


def test_agreed_minutes_are_never_changed(agreed):
    version = agreed.newest
    for change in (
        lambda: MinutesVersion.objects.filter(pk=version.pk).update(key_messages="Other"),
        lambda: MinutesItem.objects.filter(version=version).update(text="Other"),
        lambda: make.MinutesItemFactory(version=version, number=9),
        lambda: MinutesItem.objects.filter(version=version).delete(),
        version.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_writing_counts_edits_and_refuses_a_stale_one(minutes, held):
    version, staff = minutes.newest, make.StaffFactory()
    actions.write(version=version, by=staff, content={}, texts={1: "New words."}, key_messages="", revision=0)
    assert actions.write(version=version, by=staff, content={}, texts={1: "New words."}, key_messages="").revision == 1
    with pytest.raises(Stale):
        actions.write(version=version, by=held.chair, content={}, texts={1: "Mine."}, key_messages="", revision=0)


def test_agreed_minutes_are_not_written(agreed, held):
    with pytest.raises(Refusal, match="Reopen them"):
        actions.write(version=agreed.newest, by=held.chair, content={}, texts={1: "Mine."}, key_messages="")


def test_minutes_are_confirmed_after_they_are_agreed(circulated, held):
    with pytest.raises(Refusal, match="has not agreed these minutes"):
        actions.confirm(minutes=circulated, number=1, meeting=later_meeting(held), by=held.chair)


def test_later_meeting_that_has_started_confirms_once(agreed, held):
    meeting = later_meeting(held)
    for _ in range(2):
        version = actions.confirm(minutes=agreed, number=1, meeting=meeting, by=held.chair)
    assert version.confirmed_meeting == meeting
    with pytest.raises(Refusal, match="confirmed already"):
        actions.confirm(minutes=agreed, number=1, meeting=later_meeting(held), by=held.chair)
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesVersion.objects.filter(pk=version.pk).update(confirmed_at=timezone.now() + DAY)


@pytest.mark.parametrize("which", ["not_started", "other_board", "earlier", "itself", "cancelled"])
def test_only_a_later_meeting_of_the_board_confirms(agreed, held, which):
    meeting = {
        "not_started": lambda: make.MeetingFactory(board=held.board, starts_at=timezone.now() + DAY),
        "other_board": lambda: make.MeetingFactory(board=make.BoardFactory(), starts_at=timezone.now()),
        "earlier": lambda: make.MeetingFactory(board=held.board, starts_at=timezone.now() - 9 * DAY),
        "itself": lambda: held.meeting,
        "cancelled": lambda: later_meeting(held, state="cancelled", cancelled_reason="Snow"),
    }[which]()
    with pytest.raises(Refusal, match="Choose a later meeting"):
        actions.confirm(minutes=agreed, number=1, meeting=meeting, by=make.StaffFactory())


def test_chair_of_another_board_in_common_does_not_confirm(agreed, held):
    meeting, other = later_meeting(held), make.ChairFactory()
    make.MeetingBoardFactory(meeting=meeting, board=other.seat.board)
    for person in (other.holder, held.members[0]):
        with pytest.raises(Refusal, match=f"Only the chair of the {held.board}"):
            actions.confirm(minutes=agreed, number=1, meeting=meeting, by=person)


@pytest.mark.parametrize("because", ["", "oops"])
def test_minutes_are_reopened_with_a_reason(agreed, held, because):
    with pytest.raises(Refusal, match="Say in a sentence"):
        actions.reopen(minutes=agreed, by=held.chair, because=because)


def test_open_minutes_are_not_reopened(circulated, held):
    with pytest.raises(Refusal, match="changed as they are"):
        actions.reopen(minutes=circulated, by=held.chair, because="A name was left out.")


def test_reopened_version_stands_beside_the_old_one(agreed, held):
    actions.reopen(minutes=agreed, by=held.chair, because="A name was left out.")
    old, new = agreed.versions.order_by("number")
    assert [item.text for item in new.items.all()] == [item.text for item in old.items.all()]
    assert MinutesVersion.objects.standing().get() == old
    agreed.refresh_from_db()
    assert agreed.state == State.DRAFT


def test_old_version_is_not_confirmed_after_it_is_reopened(agreed, held):
    actions.reopen(minutes=agreed, by=held.chair, because="A name was left out.")
    with pytest.raises(Refusal, match="version 2 replaces it"):
        actions.confirm(minutes=agreed, number=1, meeting=later_meeting(held), by=held.chair)


@pytest.mark.django_db(transaction=True)
def test_two_chairs_who_agree_at_once_agree_once():
    held = ended()
    minutes = actions.draft(meeting=held.meeting, board=held.board, by=held.chair)
    actions.circulate(minutes=minutes, by=held.chair)
    versions = at_once(lambda: actions.agree(minutes=minutes, by=held.chair).pk, times=2)
    assert len(set(versions)) == 1
    assert Message.objects.filter(key__contains="key-messages").count() == 2  # the members; the chair agreed them

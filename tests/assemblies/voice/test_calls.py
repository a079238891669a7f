"""Calls for views: who is asked, about what, until when; who is emailed, once; who is reminded."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.voice import tasks
from assemblies.voice.actions import call as calls
from assemblies.voice.actions import call_reminder
from assemblies.voice.models import CallForViews, CallTopic
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.voice.voice import sector

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def emailed(kind: str) -> list[str]:
    found = Message.objects.filter(key__contains=f":{kind}:").order_by("to_email")
    return list(found.values_list("to_email", flat=True))


def test_call_asks_everyone_the_seat_speaks_for_once():
    here = sector("Aid", "Bees")
    make.MembershipFactory(user=here.members[0], partner=here.partners[1])  # belongs to both
    make.MembershipFactory(partner=here.partners[1], state="waiting", decided_at=None)
    make.MembershipFactory(partner=here.partners[1], user__is_active=False)
    make.MembershipFactory(partner=make.PartnerFactory(kind="nhs_trust"))
    make.MembershipFactory(user=here.holder, partner=here.partners[1])
    call = here.ask(words="Tell me what would help.")
    assert [str(topic) for topic in call.topics.all()] == ["Community transport", "Winter plan"]
    assert set(call.asked.all()) == set(here.partners)
    assert emailed("asked") == ["aid@example.org", "bees@example.org"]
    mail = Message.objects.get(to_email="aid@example.org")
    assert mail.subject.startswith("What do you think? Rae Presents asks before Board in public on ")
    for words in (
        "Aid and Bees",
        "- Community transport\n- Winter plan",
        "Tell me what would help.",
        f"/calls/{call.pk}/",
    ):
        assert words in mail.text


def test_button_submitted_twice_asks_once():
    here, key = sector("Aid"), uuid4()
    assert here.ask(key=key) == here.ask(key=key)
    assert CallForViews.objects.count() == 1
    assert emailed("asked") == ["aid@example.org"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"state": "draft", "published_at": None}, None),
        ({"state": "cancelled"}, None),
        ({"starts_at": timezone.now() - DAY}, None),
    ],
)
def test_only_an_announced_meeting_to_come_can_be_asked_about(facts, field):
    here = sector("Aid")
    Meeting.objects.filter(pk=here.meeting.pk).update(**facts)
    with pytest.raises(Refusal) as refused:
        here.ask(closes_at=timezone.now() + DAY)
    assert refused.value.field == field
    assert not Message.objects.exists()


@pytest.mark.parametrize("away", [timedelta(0), -DAY])
def test_closing_time_lies_ahead(away):
    with pytest.raises(Refusal, match="in the future"):
        sector("Aid").ask(closes_at=timezone.now() + away)


def test_call_closes_no_later_than_the_meeting_begins():
    here = sector("Aid")
    with pytest.raises(Refusal, match="before the meeting starts"):
        here.ask(closes_at=here.meeting.starts_at + timedelta(minutes=1))
    assert here.ask(closes_at=here.meeting.starts_at).is_open()


def test_something_is_asked():
    with pytest.raises(Refusal, match="Choose an item"):
        sector("Aid").ask(items=[], question=" ")


def test_seat_that_speaks_for_nobody_listed_cannot_ask():
    with pytest.raises(Refusal, match="no organisation"):
        sector().ask()


def test_seat_of_another_board_cannot_ask():
    here = sector("Aid")
    here.seat = make.SeatFactory()
    with pytest.raises(Refusal, match="not on a board that meets"):
        here.ask()


@pytest.mark.parametrize("hide", ["draft agenda", "newer agenda", "by invitation"])
def test_items_members_cannot_read_cannot_be_asked_about(hide):
    here = sector("Aid")
    if hide == "draft agenda":
        version = make.AgendaVersionFactory(meeting=here.meeting, number=2, state="draft")
        here.items = [make.AgendaItemFactory(version=version)]
    elif hide == "newer agenda":
        make.AgendaVersionFactory(meeting=here.meeting, number=2)
    else:
        Meeting.objects.filter(pk=here.meeting.pk).update(by_invitation=True)
    with pytest.raises(Refusal, match="agenda has just changed"):
        here.ask()
    assert here.ask(question="What matters most?").topics.get().question == "What matters most?"


def test_meeting_by_invitation_is_not_named_to_those_who_are_asked():
    here = sector("Aid")
    Meeting.objects.filter(pk=here.meeting.pk).update(by_invitation=True)
    here.ask(question="What matters most?")
    mail = Message.objects.get()
    assert "Board in public" not in mail.subject + mail.text + mail.html
    assert "a meeting of Health and Wellbeing Board" in mail.text


def test_topic_is_an_item_or_a_question_and_never_both():
    call = sector("Aid").ask(question="Why?")
    item = make.AgendaItemFactory()
    for wrong in ({"item": item, "question": "Both"}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CallTopic.objects.create(call=call, position=9, **wrong)


def test_closing_time_moves_within_bounds_and_not_once_it_is_over():
    here = sector("Aid")
    call = here.ask()
    assert calls.move_closing(call=call, by=here.holder, closes_at=timezone.now() + DAY).closes_at < call.closes_at
    with pytest.raises(Refusal, match="in the future"):
        calls.move_closing(call=call, by=here.holder, closes_at=timezone.now() - DAY)
    with pytest.raises(Refusal, match="closed"):
        calls.move_closing(call=call, by=here.holder, closes_at=call.closes_at, now=timezone.now() + 2 * DAY)


def test_meeting_that_moves_before_the_closing_time_closes_the_call():
    call = sector("Aid").ask()
    call.meeting.starts_at = timezone.now() + timedelta(hours=1)
    call.meeting.save()
    assert call.closes == call.meeting.starts_at
    assert call.is_open()
    assert not call.is_open(timezone.now() + timedelta(hours=1))
    assert not CallForViews.objects.open(timezone.now() + timedelta(hours=1)).exists()


def test_organisations_without_an_answer_are_reminded_once():
    here = sector("Aid", "Bees", "Cats")
    make.MembershipFactory(user=here.members[1], partner=here.partners[0])  # one of two has answered
    call = here.ask()
    here.answer(call, 0, "support")
    assert call_reminder.run_due(call.closes_at - DAY - timedelta(minutes=1)) == 0
    assert call_reminder.run_due(call.closes_at - DAY) == 2
    assert call_reminder.run_due(call.closes_at - timedelta(hours=3)) == 0
    assert emailed("reminder") == ["bees@example.org", "cats@example.org"]
    assert (
        "has not heard from Bees yet" in Message.objects.get(key__contains="reminder", to_email="bees@example.org").text
    )


@pytest.mark.parametrize("why", ["late", "cancelled", "over"])
def test_nobody_is_reminded_without_need(why):
    here = sector("Aid")
    call = here.ask(closes_at=timezone.now() + timedelta(hours=20) if why == "late" else None)
    if why == "cancelled":
        Meeting.objects.filter(pk=here.meeting.pk).update(state="cancelled")
    assert call_reminder.run_due(call.closes_at if why == "over" else call.closes_at - timedelta(hours=2)) == 0


def test_reminder_follows_a_meeting_that_moved():
    here = sector("Aid")
    here.ask()
    Meeting.objects.filter(pk=here.meeting.pk).update(starts_at=timezone.now() + timedelta(hours=20))
    assert call_reminder.run_due(timezone.now()) == 0  # it opened less than a day before it closes now
    CallForViews.objects.update(opened_at=timezone.now() - 3 * DAY)
    assert call_reminder.run_due(timezone.now()) == 1


def test_whoever_joins_while_a_call_is_open_is_asked_once():
    here = sector("Aid")
    call = here.ask()
    here.join("Bees")
    make.MembershipFactory(partner=here.partners[0], user__email="second@example.org")
    assert call_reminder.ask_newcomers() == 2
    assert call_reminder.ask_newcomers() == 0
    assert set(call.asked.all()) == set(here.partners)
    assert emailed("asked") == ["aid@example.org", "bees@example.org", "second@example.org"]
    here.join("Cats")
    assert call_reminder.ask_newcomers(call.closes_at) == 0


@pytest.mark.parametrize(
    ("starts", "ends", "holds"), [(0, 0, True), (-9, 0, True), (0, None, True), (1, None, False), (-9, -1, False)]
)
@pytest.mark.parametrize("who", ["holder", "deputy"])
def test_holder_and_deputy_have_the_call_for_the_whole_term(starts, ends, holds, who):
    here = sector("Aid")
    call, user, today = here.ask(), make.UserFactory(), timezone.localdate()
    here.appointment.delete()
    others = {"holder": make.UserFactory()} if who == "deputy" else {}
    make.AppointmentFactory(
        seat=here.seat, starts_on=today + starts * DAY, ends_on=None if ends is None else today + ends * DAY,
        **others | {who: user},
    )  # fmt: skip
    assert list(CallForViews.objects.read_by(user)) == ([call] if holds else [])


@pytest.mark.parametrize("what", ["seat", "board"])
def test_call_of_a_seat_that_has_ended_belongs_to_nobody_but_staff(what):
    here = sector("Aid")
    call = here.ask()
    ended = here.seat if what == "seat" else here.seat.board
    ended.ends_on = timezone.localdate() - DAY
    ended.save()
    assert not CallForViews.objects.visible_to(here.holder).exists()
    assert CallForViews.objects.read_by(make.StaffFactory()).get() == call


def test_call_is_seen_by_those_it_asks_and_read_by_those_who_ask():
    here = sector("Aid")
    call = here.ask()
    stranger = make.MembershipFactory(partner__kind="nhs_trust").user
    left = make.MembershipFactory(partner=here.partners[0], state="ended").user
    assert CallForViews.objects.visible_to(here.members[0]).get() == call
    assert not CallForViews.objects.read_by(here.members[0]).exists()
    for nobody in (stranger, left):
        assert not CallForViews.objects.visible_to(nobody).exists()


def test_clock_reminds_and_asks_newcomers(settings):
    here = sector("Aid")
    here.ask(closes_at=timezone.now() + 2 * DAY)
    CallForViews.objects.update(opened_at=timezone.now() - DAY, closes_at=timezone.now() + DAY)
    here.join("Bees")
    beat = {entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    for task in (tasks.ask_newcomers, tasks.remind_of_calls):
        assert beat[task.name] <= 3600
        task()
    assert emailed("asked") == emailed("reminder") == ["aid@example.org", "bees@example.org"]

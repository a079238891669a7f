"""A board that ended cannot host a later meeting, and staff see the meetings still planned at its end."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meeting_actions
from assemblies.organising.actions import move
from partnership import todo
from partnership.dates import day, short_day
from partnership.refusals import Refusal
from tests.factories import BoardFactory, MeetingFactory, StaffFactory, in_days
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def facts(board, **changes):
    times = {"starts_at": in_days(30), "ends_at": in_days(30, 12)}
    return {"uid": uuid4(), "title": "Board", "kind": "board", "board": board, "format": "online"} | times | changes


def board_until(days: int):
    return BoardFactory(name="Old board", ends_on=in_days(days).date())


def test_board_that_ended_cannot_host_a_later_meeting():
    refused = f"The last day of the Old board is {short_day(in_days(29))}: choose another board, or a day until then."
    with pytest.raises(Refusal, match=refused):
        meeting_actions.create(by=StaffFactory(), **facts(board_until(29)))
    assert not Meeting.objects.exists()
    on_its_last_day = facts(BoardFactory(ends_on=in_days(30).date()))
    assert meeting_actions.create(by=StaffFactory(), **on_its_last_day).board_id


def test_meeting_does_not_move_beyond_the_end_of_its_board():
    meeting = MeetingFactory(board=board_until(30), starts_at=in_days(28), ends_at=in_days(28, 12))
    kept = {"registration_opens_at": None, "registration_closes_at": None, "allocation_released_on": None}
    with pytest.raises(Refusal, match="The last day of the Old board") as refusal:
        move.move(
            meeting=meeting, by=None, revision=0, starts_at=in_days(31), ends_at=in_days(31, 12), reason="Snow", **kept
        )
    assert refusal.value.field == "starts_at"


def test_meeting_is_not_given_to_a_board_that_ends_before_it():
    meeting = MeetingFactory(state="draft", starts_at=in_days(30), ends_at=in_days(30, 12))
    with pytest.raises(Refusal, match="The last day of the Old board"):
        meeting_actions.edit(meeting=meeting, by=None, revision=0, board=board_until(3))


def test_draft_whose_board_ended_is_not_published_but_can_be_edited():
    draft = MeetingFactory(state="draft", board=board_until(3), starts_at=in_days(30), ends_at=in_days(30, 12))
    with pytest.raises(Refusal, match="choose a host board that still exists on that day"):
        meeting_actions.publish(meeting=draft, by=None)
    assert meeting_actions.edit(meeting=draft, by=None, revision=0, board=draft.board, title="Other").title == "Other"


def test_form_offers_no_board_that_ended_and_says_why(client):
    sign_in(client, StaffFactory())
    ends, ended = board_until(3), BoardFactory(name="Gone board", ends_on=in_days(-1).date())
    page = client.get("/meetings/new/").content.decode()
    assert ends.name in page
    assert ended.name not in page
    answers = facts(ends) | {"board": ends.pk}
    for name in ("starts_at", "ends_at"):
        answers |= {f"{name}_day": short_day(answers[name]), f"{name}_clock": f"{answers.pop(name):%H:%M}"}
    page = re.sub(r"\s+", " ", client.post("/meetings/new/", answers).content.decode())
    assert f"The last day of the Old board is {short_day(in_days(3))}" in page


def test_staff_see_what_is_still_planned_when_a_board_ends(client):
    staff = StaffFactory()
    sign_in(client, staff)
    board = board_until(3)
    MeetingFactory(title="Before", board=board, starts_at=in_days(2), ends_at=in_days(2, 12))
    late = MeetingFactory(title="After", board=board, starts_at=in_days(9), ends_at=in_days(9, 12))
    MeetingFactory(title="Off", board=board, state="cancelled", starts_at=in_days(9), ends_at=in_days(9, 12))
    named = f"After, {short_day(late.starts_at)}"
    page = client.get(board.get_absolute_url()).content.decode()
    listed = page.partition("Meetings planned after its last day")[2]
    assert f"After, {day(late.starts_at)}" in listed
    assert "Before," not in listed
    assert "Off," not in listed
    asked = [each for each in todo.now_for(staff) if each.title == f"Move or cancel {named}"]
    assert [each.due for each in asked] == [timezone.localdate(late.starts_at)]
    assert "planned after" not in client.get(MeetingFactory().board.get_absolute_url()).content.decode()

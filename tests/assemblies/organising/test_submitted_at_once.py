"""Two people, or one impatient one, create, move or cancel a meeting at the same moment: it happens once."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest

from assemblies.meetings.models import Meeting, MeetingMove
from assemblies.organising.actions import meeting as meeting_actions
from assemblies.organising.actions import move as move_actions
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.at_once import at_once
from tests.factories import BoardFactory, InvitationFactory, MeetingFactory, StaffFactory, in_days

pytestmark = pytest.mark.django_db(transaction=True)


def test_create_at_once_makes_one_meeting():
    staff, board = StaffFactory(), BoardFactory()
    facts = {
        "title": "Assembly",
        "kind": "assembly",
        "board": board,
        "starts_at": in_days(30),
        "ends_at": in_days(30, 12),
    }
    for count, uid in enumerate(
        [uuid4() for _ in range(8)], 1
    ):  # its address may be taken by itself, at one moment of many
        made = at_once(lambda uid=uid: meeting_actions.create(by=staff, uid=uid, slug="", **facts))
        assert len({meeting.pk for meeting in made}) == 1
        assert Meeting.objects.count() == count


def test_move_at_once_moves_once_and_tells_once():
    staff, meeting = StaffFactory(), MeetingFactory()
    InvitationFactory(meeting=meeting)
    week = timedelta(days=7)
    given = {"starts_at": meeting.starts_at + week, "ends_at": meeting.ends_at + week, "reason": "", "revision": 0}
    given |= dict.fromkeys(["registration_opens_at", "registration_closes_at", "allocation_released_on"])
    at_once(lambda: move_actions.move(meeting=meeting, by=staff, **given))
    assert MeetingMove.objects.count() == 1
    assert Message.objects.count() == 1
    assert Meeting.objects.get().sequence == 1


def test_cancel_at_once_cancels_once_and_tells_once():
    staff, meeting = StaffFactory(), MeetingFactory()
    InvitationFactory(meeting=meeting)

    def cancel():
        with suppress(Refusal):  # it is cancelled already
            return meeting_actions.cancel(meeting=meeting, by=staff, reason="Snow")

    assert len([each for each in at_once(cancel) if each]) == 1
    assert Message.objects.count() == 1
    assert Meeting.objects.get().sequence == 1

"""Two people, or one impatient one, press the same button at the same moment: it happens once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.meetings.models import Follower, Meeting, MeetingMove
from assemblies.organising.actions import meeting as meeting_actions
from assemblies.organising.actions import move as move_actions
from assemblies.papers.actions import agenda
from assemblies.papers.models import AgendaVersion
from partnership.outbox.models import Message
from tests.at_once import at_once
from tests.factories import BoardFactory, ChairFactory, InvitationFactory, MeetingFactory, StaffFactory, in_days

pytestmark = pytest.mark.django_db(transaction=True)


def test_create_at_once_makes_one_meeting():
    staff, board, uid = StaffFactory(), BoardFactory(), uuid4()
    facts = {
        "title": "Assembly",
        "kind": "assembly",
        "board": board,
        "starts_at": in_days(30),
        "ends_at": in_days(30, 12),
    }
    made = at_once(lambda: meeting_actions.create(by=staff, uid=uid, slug="", **facts))
    assert len({meeting.pk for meeting in made}) == 1
    assert Meeting.objects.count() == 1


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


def test_publish_at_once_publishes_one_version_and_tells_once():
    meeting = MeetingFactory()
    chair = ChairFactory(seat__board=meeting.board).holder
    Follower.objects.create(meeting=meeting, email="f@example.org", key="a", confirmed_at=timezone.now())
    agenda.write_item(meeting=meeting, by=None, item=None, title="A", purpose="decision", documents=[])
    seen = agenda.fingerprint(agenda.draft_of(meeting))
    at_once(lambda: agenda.publish(meeting=meeting, by=chair, seen=seen))
    assert AgendaVersion.objects.published().count() == 1
    assert Message.objects.count() == 1


def test_drafts_started_at_once_are_one_draft():
    meeting = MeetingFactory()
    at_once(lambda: agenda.revise(meeting=meeting, by=None))
    assert AgendaVersion.objects.count() == 1

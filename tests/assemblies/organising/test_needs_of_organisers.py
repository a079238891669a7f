"""What staff and chairs are told needs them now, so that a meeting goes ahead in time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.papers.actions import agenda
from partnership import todo
from tests.factories import AgendaVersionFactory, BoardFactory, ChairFactory, MeetingFactory, StaffFactory, in_days

pytestmark = pytest.mark.django_db


def titles(person) -> list[str]:
    return [need.title for need in todo.now_for(person)]


def test_staff_are_asked_to_publish_draft_agendas_and_mark_as_held():
    staff = StaffFactory()
    MeetingFactory(title="Draft one", state="draft")
    near = MeetingFactory(title="Near one", starts_at=in_days(15))
    MeetingFactory(title="Far one", starts_at=in_days(60))
    MeetingFactory(title="Over one", starts_at=in_days(-2), ends_at=in_days(-1))
    assert set(titles(staff)) >= {"Publish Draft one", "Draft the agenda for Near one", "Mark Over one as held"}
    assert "Draft the agenda for Far one" not in titles(staff)
    agenda.write_item(meeting=near, by=staff, item=None, title="A", purpose="decision", documents=[])
    assert "Draft the agenda for Near one" not in titles(staff)


def test_only_the_chair_sees_the_last_day_and_a_changed_agenda():
    meeting = MeetingFactory(title="Board", board=BoardFactory(clear_days=5))
    chair, other = ChairFactory(seat__board=meeting.board).holder, ChairFactory().holder
    found = [need for need in todo.now_for(chair) if need.title == "Publish the agenda for Board"]
    assert [need.due for need in found] == [agenda.deadline(meeting).last_day]
    AgendaVersionFactory(meeting=meeting, number=1)
    assert "Publish the agenda for Board" not in titles(chair)
    agenda.write_item(meeting=meeting, by=None, item=None, title="Late", purpose="decision", documents=[])
    assert titles(chair) == ["Publish the changed agenda for Board"]
    assert not any("Board" in title for title in titles(other))


def test_needs_make_the_same_queries_for_one_meeting_and_for_fifty():
    staff, counts = StaffFactory(), []
    todo.now_for(staff)  # their permissions are read once
    for number in (1, 49):
        for n in range(number):
            MeetingFactory(state="draft")
            MeetingFactory(starts_at=in_days(10 + n % 3))
            MeetingFactory(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
        with CaptureQueriesContext(connection) as queries:
            todo.now_for(staff)
        counts.append(len(queries))
    assert counts[0] == counts[1]

"""What staff and chairs are told needs them now, so that a meeting goes ahead in time."""

import pytest

from assemblies.papers.actions import agenda
from partnership import todo
from tests.factories import AgendaVersionFactory, BoardFactory, ChairFactory, MeetingFactory, StaffFactory, in_days

pytestmark = pytest.mark.django_db


def titles(person) -> list[str]:
    return [each.title for each in todo.now_for(person)]


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
    found = [each for each in todo.now_for(chair) if each.title == "Publish the agenda for Board"]
    assert [each.due for each in found] == [agenda.deadline(meeting).last_day]
    AgendaVersionFactory(meeting=meeting, number=1)
    assert "Publish the agenda for Board" not in titles(chair)
    agenda.write_item(meeting=meeting, by=None, item=None, title="Late", purpose="decision", documents=[])
    assert titles(chair) == ["Publish the changed agenda for Board"]
    assert not any("Board" in title for title in titles(other))

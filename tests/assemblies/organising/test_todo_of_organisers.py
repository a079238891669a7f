"""What staff and chairs are told needs them now, so that a meeting is ready in time."""

from datetime import time

import pytest
from django.utils import timezone

from assemblies.papers import deadline
from assemblies.papers.actions import agenda
from partnership import todo
from partnership.dates import day, short_day
from tests.factories import (
    AgendaVersionFactory,
    BoardFactory,
    ChairFactory,
    InterestsReturnFactory,
    MeetingFactory,
    StaffFactory,
    in_days,
)
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def titles(person) -> list[str]:
    return [each.title for each in todo.now_for(person)]


def test_staff_are_asked_to_publish_draft_agendas_and_mark_as_held():
    staff = StaffFactory()
    new = MeetingFactory(title="Draft one", state="draft")
    near = MeetingFactory(title="Near one", starts_at=in_days(15))
    MeetingFactory(title="Far one", starts_at=in_days(60))
    over = MeetingFactory(title="Over one", starts_at=in_days(-2), ends_at=in_days(-1))
    draft = f"Draft the agenda for Near one, {short_day(near.starts_at)}"
    others = {f"Publish Draft one, {short_day(new.starts_at)}", f"Mark Over one, {short_day(over.starts_at)}, as held"}
    assert set(titles(staff)) >= {draft, *others}
    assert not any("Draft the agenda for Far one" in title for title in titles(staff))
    agenda.write_item(meeting=near, by=staff, item=None, title="A", purpose="decision", documents=[])
    assert draft not in titles(staff)


def test_only_the_chair_sees_the_last_day_and_a_changed_agenda():
    meeting = MeetingFactory(title="Board", board=BoardFactory(clear_days=5, publish_by=time(12)))
    chair, other = ChairFactory(seat__board=meeting.board).holder, ChairFactory().holder
    InterestsReturnFactory(person=chair)
    on = short_day(meeting.starts_at)
    found = [each for each in todo.now_for(chair) if each.title == f"Publish the agenda for Board, {on}"]
    assert [each.due for each in found] == [deadline.of(meeting).last_day]
    assert "On the last day, publish it by 12pm." in found[0].why
    AgendaVersionFactory(meeting=meeting, number=1)
    assert titles(chair) == []
    agenda.write_item(meeting=meeting, by=None, item=None, title="Late", purpose="decision", documents=[])
    assert titles(chair) == [f"Publish the changed agenda for Board, {on}"]
    assert not any("Board" in title for title in titles(other))


@pytest.mark.parametrize(
    ("publish_by", "said"),
    [
        (time.max, "On the last day, publish it by 11.59pm."),
        (time.min, "It had to be published by 12am on {today}: say why it could not wait."),
    ],
)
def test_chair_reads_at_home_whether_the_hour_has_passed(publish_by, said):
    board = BoardFactory(clear_days=5, day_kind="calendar", publish_by=publish_by)
    MeetingFactory(board=board, starts_at=in_days(6))
    chair = ChairFactory(seat__board=board).holder
    InterestsReturnFactory(person=chair)
    (found,) = todo.now_for(chair)
    assert found.why.endswith(said.format(today=day(timezone.localdate())))


def test_task_list_says_by_what_hour_the_chair_publishes(client):
    meeting = MeetingFactory(starts_at=in_days(40), board=BoardFactory(publish_by=time(12)))
    sign_in(client, StaffFactory())
    page = " ".join(client.get(f"/meetings/{meeting.slug}/manage/").text.split())
    found = deadline.of(meeting)
    assert f"The chair publishes it by 12pm on {day(found.last_day)}: {found.left} working days left" in page

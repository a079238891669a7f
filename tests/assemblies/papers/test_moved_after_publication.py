"""A meeting that is moved or cancelled after its agenda was published: what stays as it was, and what goes with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item as items
from assemblies.organising.actions import meeting as meetings
from assemblies.organising.actions import move as moves
from assemblies.papers.actions import agenda, agenda_publication, report_publication, report_reminder
from assemblies.papers.models import AgendaVersion, Report
from partnership import dates
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.assemblies.papers.signing import approve, now, submitted
from tests.factories import (
    BoardFactory,
    ChairFactory,
    LedItemFactory,
    MeetingFactory,
    StaffFactory,
    in_days,
)
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(board=BoardFactory(clear_days=5, day_kind="working", report_days=5), starts_at=in_days(40))


@pytest.fixture
def chair(meeting):
    return ChairFactory(seat__board=meeting.board).holder


@pytest.fixture
def out(meeting):
    """A report that is signed off, and comes out with the agenda."""
    return submitted(item=planned(meeting))


def planned(meeting, **facts):
    """An item whose report is due on the board's usual day."""
    usual = meeting.board.report_due(timezone.localdate(meeting.starts_at))
    return LedItemFactory(board=meeting.board, meeting=meeting, **({"report_due_on": usual} | facts))


def two_days_before(item):
    """A moment two days before the report is due."""
    return timezone.now() + (item.report_due_on - timezone.localdate()) - timedelta(days=2)


def publish(meeting, chair) -> AgendaVersion:
    agenda.fill_from_plan(meeting=meeting, by=chair)
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    return agenda_publication.publish(meeting=meeting, by=chair, seen=seen)


def move(meeting, days: int, **reason):
    meeting.refresh_from_db()
    given = dict.fromkeys(["registration_opens_at", "registration_closes_at", "allocation_released_on"])
    new = {"starts_at": in_days(days), "ends_at": in_days(days, 12)}
    return moves.move(
        meeting=meeting, by=StaffFactory(), revision=meeting.revision, reason="Snow", **new, **given, **reason
    )


def test_what_is_published_stays_and_says_the_new_day(client, meeting, chair, out):
    version = publish(meeting, chair)
    move(meeting, 54)
    out.refresh_from_db()
    assert (out.state, out.versions.get().meeting, out.versions.get().item_number) == ("published", meeting, 1)
    assert list(meeting.agenda_versions.all()) == [version]
    assert list(version.items.values_list("planned", flat=True)) == [out.item_id]
    new = dates.day(in_days(54))
    for address in (out.get_absolute_url(), out.item.topic.get_absolute_url(), version.get_absolute_url()):
        assert new in words(client.get(address)), address


def test_reports_that_are_still_due_follow_the_meeting(meeting, chair, out):
    usual, chosen = planned(meeting), planned(meeting, report_day_chosen=True, report_due_on=in_days(3).date())
    publish(meeting, chair)
    move(meeting, 54)
    for item in (usual, chosen):
        item.refresh_from_db()
    assert usual.report_due_on == meeting.board.report_due(in_days(54).date())
    assert chosen.report_due_on == in_days(3).date()
    assert [usual.meeting, chosen.meeting] == [meeting, meeting]


def test_reminder_of_the_old_day_is_taken_back_and_begins_again(meeting, chair):
    item = planned(meeting)
    publish(meeting, chair)
    assert report_reminder.remind_due(two_days_before(item)) == 1
    move(meeting, 47)  # a week later, since no two days before a weekend and after it differ in their working days
    assert Message.objects.get(about=f"planned_item:{item.pk}").state == Message.State.WITHDRAWN
    item.refresh_from_db()
    assert report_reminder.remind_due(two_days_before(item)) == 1


def test_earlier_day_needs_a_reason_where_the_agenda_came_too_late(client, meeting, chair, out):
    chosen = planned(meeting, report_day_chosen=True, report_due_on=in_days(20).date())
    version = publish(meeting, chair)
    with pytest.raises(Refusal, match="too late by the board’s rule"):
        move(meeting, 4)
    move(meeting, 4, urgent_reason="The court decided today.")
    assert "Published late for the day the meeting was moved to" in words(client.get(version.get_absolute_url()))
    chosen.refresh_from_db()
    out.refresh_from_db()
    assert chosen.report_due_on <= meeting.board.latest_day_to_publish(in_days(4).date())
    assert out.state == Report.State.PUBLISHED


def test_report_signed_off_after_the_move_comes_out_under_its_item(meeting, chair, out):
    waiting = submitted("Finance", item=planned(meeting))
    publish(meeting, chair)
    move(meeting, 54)
    approve(now(waiting))
    assert [each.report for each in report_publication.publish_for(meeting=meeting, by=chair)] == [waiting]
    assert waiting.versions.get().item_number == 2


def test_cancelled_meeting_keeps_its_papers_and_gives_its_items_back(client, meeting, chair, out):
    version = publish(meeting, chair)
    meeting.refresh_from_db()
    meetings.cancel(meeting=meeting, by=StaffFactory(), reason="Snow")
    out.refresh_from_db()
    out.item.refresh_from_db()
    assert (out.item.meeting, out.state) == (None, "published")
    for address in (out.get_absolute_url(), version.get_absolute_url()):
        assert client.get(address).status_code == 200, address
    later = MeetingFactory(board=meeting.board, starts_at=in_days(60))
    items.move(item=out.item, by=chair, meeting=later, reason="Taken up then")
    assert out.versions.get().meeting == meeting

"""An agenda filled from the forward plan: standing items around planned ones, nothing twice, nothing removed in silence."""

import pytest
from django.db import IntegrityError, transaction

from assemblies.forward_plan.actions import planned_item as items
from assemblies.papers import from_plan
from assemblies.papers.actions import agenda, agenda_publication
from tests.factories import (
    AgendaItemFactory,
    BoardFactory,
    ChairFactory,
    MeetingFactory,
    PlannedItemFactory,
    StaffFactory,
    StandingItemFactory,
    TopicFactory,
    UserFactory,
)
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    board = BoardFactory(kind="statutory")
    for position, (title, last) in enumerate([("Welcome", False), ("Minutes", False), ("Any other business", True)]):
        StandingItemFactory(board=board, title=title, comes_last=last, position=position)
    return MeetingFactory(board=board)


def planned(meeting, title, **facts):
    return PlannedItemFactory(topic=TopicFactory(title=title, board=meeting.board), meeting=meeting, **facts)


def titles(meeting):
    return [item.title for item in agenda.draft_of(meeting).items.order_by("position")]


def test_planned_items_stand_between_standing_ones(meeting):
    planned(meeting, "Recovery plan", purpose="decision", lead=UserFactory(name="Hayley Ormandy"), position=1)
    planned(meeting, "Winter", position=2)
    assert agenda.still_to_fill(meeting) == 5
    agenda.fill_from_plan(meeting=meeting, by=None)
    assert titles(meeting) == ["Welcome", "Minutes", "Recovery plan", "Winter", "Any other business"]
    item = agenda.draft_of(meeting).items.get(title="Recovery plan")
    assert (item.purpose, item.presenter, item.position) == ("decision", "Hayley Ormandy", 3)
    assert agenda.still_to_fill(meeting) == 0


def test_filling_twice_adds_nothing_twice(meeting):
    planned(meeting, "Recovery plan")
    agenda.fill_from_plan(meeting=meeting, by=None)
    item = agenda.draft_of(meeting).items.get(title="Recovery plan")
    agenda.write_item(meeting=meeting, by=None, item=item, documents=[], title="Recovery plan 2020")
    assert agenda.fill_from_plan(meeting=meeting, by=None) == []
    planned(meeting, "Winter", position=9)
    assert [item.title for item in agenda.fill_from_plan(meeting=meeting, by=None)] == ["Winter"]
    assert titles(meeting) == ["Welcome", "Minutes", "Recovery plan 2020", "Winter", "Any other business"]


def test_database_has_a_planned_item_once_on_an_agenda(meeting):
    item = planned(meeting, "Recovery plan")
    agenda.fill_from_plan(meeting=meeting, by=None)
    with pytest.raises(IntegrityError, match="planned_item_once"), transaction.atomic():
        AgendaItemFactory(version=agenda.draft_of(meeting), planned=item)


def test_row_under_the_title_of_a_planned_item_is_only_counted(meeting):
    planned(meeting, "Winter")
    item = agenda.write_item(
        meeting=meeting, by=None, item=None, documents=[], title="Winter", purpose="discussion", presenter="", summary="",
        starts_at=None,
    )  # fmt: skip
    assert agenda.still_to_fill(meeting, [item]) == 3
    assert (item.planned, item.standing) == (None, None)


def test_items_written_by_hand_stay_where_they_are(meeting):
    agenda.write_item(meeting=meeting, by=None, item=None, title="minutes", purpose="decision", documents=[])
    agenda.write_item(meeting=meeting, by=None, item=None, title="Petition", purpose="discussion", documents=[])
    item = planned(meeting, "Petition")
    agenda.fill_from_plan(meeting=meeting, by=None)
    assert titles(meeting) == ["minutes", "Welcome", "Petition", "Any other business"]
    assert agenda.draft_of(meeting).items.get(title="Petition").planned == item


def test_new_item_goes_before_any_other_business(meeting):
    agenda.fill_from_plan(meeting=meeting, by=None)
    for _ in range(2):  # sent twice, it is one item
        agenda.write_item(meeting=meeting, by=None, item=None, title="Winter", purpose="decision", documents=[])
    assert [row.title for row in agenda.draft_of(meeting).items.all()][-2:] == ["Winter", "Any other business"]


def test_item_moved_off_the_plan_is_said_and_stays(meeting):
    moved, gone = planned(meeting, "Winter"), planned(meeting, "Summer")
    agenda.fill_from_plan(meeting=meeting, by=None)
    later = MeetingFactory(board=meeting.board)
    items.move(item=moved, by=None, meeting=later, reason="Not ready")
    items.withdraw(item=gone, by=None, reason="The law changed")
    agenda.fill_from_plan(meeting=meeting, by=None)
    draft = agenda.draft_of(meeting)
    said = {
        draft.items.get(pk=pk).title: words for pk, words in from_plan.off_the_plan(draft, draft.items.all()).items()
    }
    assert said["Winter"].startswith("It moved to the meeting on ")
    assert said["Summer"] == "It was taken off the forward plan: The law changed"
    assert "Winter" in titles(meeting)
    items.move(item=moved, by=None, meeting=None, reason="Not ready")
    winter = draft.items.get(title="Winter")
    assert "went back to the forward plan" in from_plan.off_the_plan(draft, [winter])[winter.pk]


def test_next_version_knows_what_was_planned(meeting):
    planned(meeting, "Winter")
    chair = ChairFactory(seat__board=meeting.board).holder
    agenda.fill_from_plan(meeting=meeting, by=None)
    agenda_publication.publish(meeting=meeting, by=chair, seen=agenda_publication.fingerprint(agenda.draft_of(meeting)))
    assert agenda.still_to_fill(meeting) == 0
    assert agenda.fill_from_plan(meeting=meeting, by=None) == []


def test_page_of_the_agenda_offers_to_fill_and_says_what_went(client, meeting):
    sign_in(client, StaffFactory())
    item, address = planned(meeting, "Winter"), f"/meetings/{meeting.slug}/manage/agenda/"
    assert "4 items are planned or standing, and not on the draft" in words(client.get(address))
    assert "4 items added from the forward plan" in words(client.post(f"{address}fill/", follow=True))
    assert "Fill from the forward plan" not in words(client.get(address))
    assert "Nothing was missing" in words(client.post(f"{address}fill/", follow=True))
    items.move(item=item, by=None, meeting=None, reason="Not ready")
    assert "It went back to the forward plan, without a meeting" in words(client.get(address))

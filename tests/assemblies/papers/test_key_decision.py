"""An agenda of a council's executive: its key decisions and its private part come out with their notices, or not at all."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.executive_notices.notice_kinds import Kind
from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.papers.actions import agenda, agenda_publication
from partnership import todo
from partnership.refusals import Refusal
from tests.assemblies.closures.closing import close
from tests.factories import (
    ChairFactory,
    ExecutiveFactory,
    ExecutiveNoticeFactory,
    KeyDecisionFactory,
    MeetingBoardFactory,
    MeetingFactory,
    PlannedItemFactory,
    StaffFactory,
    in_days,
)
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cabinet():
    return ExecutiveFactory(name="Cabinet", slug="cabinet")


@pytest.fixture
def meeting(cabinet):
    return MeetingFactory(board=cabinet, kind="board", starts_at=in_days(40), slug="cabinet-meets")


@pytest.fixture
def item(meeting, cabinet):
    return KeyDecisionFactory(board=cabinet, topic__title="A new depot", meeting=meeting)


def publish(meeting, now: datetime | None = None):
    draft = agenda.draft_of(meeting)
    return agenda_publication.publish(
        meeting=meeting, by=StaffFactory(), seen=agenda_publication.fingerprint(draft), now=now,
        urgent_reason="The grant was offered on Monday.",
    )  # fmt: skip


def test_agenda_with_a_key_decision_waits_for_its_notice(meeting, item):
    agenda.fill_from_plan(meeting=meeting, by=None)
    with pytest.raises(Refusal, match=r"“A new depot” is a key decision of .* 28 clear days before"):
        publish(meeting)
    ExecutiveNoticeFactory(item=item)
    assert publish(meeting).state == "published"


def test_agenda_without_it_goes_out(meeting, item):
    agenda.write_item(meeting=meeting, by=None, item=None, documents=[], title="Welcome", purpose="information")
    assert publish(meeting).state == "published", "what is not on the agenda is not decided"


@pytest.mark.parametrize(
    ("days", "kind", "why"),
    [(20, Kind.KEY_SCRUTINY, "Tell the scrutiny chair"), (3, Kind.KEY_URGENT, "if the scrutiny chair agrees")],
)
def test_fallback_is_said_in_words_and_lets_it_out(meeting, item, days, kind, why):
    meeting.starts_at, meeting.ends_at = in_days(days), in_days(days, 12)
    meeting.save()
    agenda.fill_from_plan(meeting=meeting, by=None)
    with pytest.raises(Refusal, match=why):
        publish(meeting)
    ExecutiveNoticeFactory(
        item=item, kind=kind, reasons="The grant was offered on Monday.", told="Ann Lee", told_on=timezone.localdate(),
        first_on=in_days(days).date(),
    )  # fmt: skip
    assert publish(meeting).state == "published"


def test_withdrawn_notice_holds_the_agenda_back(meeting, item):
    agenda.fill_from_plan(meeting=meeting, by=None)
    ExecutiveNoticeFactory(item=item, withdrawn_at=timezone.now(), withdrawn_because="It named the seller.")
    with pytest.raises(Refusal, match="is a key decision"):
        publish(meeting)


def test_private_part_waits_for_its_notices(meeting, cabinet):
    PlannedItemFactory(board=cabinet, meeting=meeting, in_private=True)
    agenda.fill_from_plan(meeting=meeting, by=None)
    with pytest.raises(
        Refusal, match=r"Part of the meeting on .* is to be private. The notice of that must be published"
    ):
        publish(meeting)
    given = {"item": None, "board": cabinet, "meeting": meeting, "reasons": "A price.", "first_on": in_days(40).date()}
    ExecutiveNoticeFactory(kind=Kind.PRIVATE, **given)
    late = in_days(38)
    with pytest.raises(Refusal, match="has not had the two notices in time"):
        publish(meeting, now=late)
    assert publish(meeting).state == "published", "the second notice can still come in time"


def test_item_written_by_hand_as_a_key_decision_goes_on_the_plan(client, meeting, cabinet):
    chair = ChairFactory(seat__board=cabinet).holder
    sign_in(client, chair)
    address = "/meetings/cabinet-meets/manage/agenda/items/add/"
    answers = {"title": "A new depot", "purpose": "decision", "presenter": "", "summary": "Land by the river."}
    assert "It is a key decision" in words(client.get(address))
    client.post(address, answers | {"purpose": "discussion", "is_key": "on"})
    assert not PlannedItem.objects.exists(), "a key decision is decided"
    client.post(address, answers | {"is_key": "on"})
    planned = PlannedItem.objects.get()
    assert (planned.topic.title, planned.board, planned.meeting, planned.is_key) == (
        "A new depot",
        cabinet,
        meeting,
        True,
    )
    row = agenda.draft_of(meeting).items.get()
    assert row.planned == planned
    page = client.get(f"/meetings/cabinet-meets/manage/agenda/items/{row.pk}/")
    assert page.context["form"].initial["is_key"]
    shown = words(client.get("/meetings/cabinet-meets/manage/agenda/"))
    assert "28 clear days before" in shown
    client.post(f"/meetings/cabinet-meets/manage/agenda/items/{row.pk}/", answers | {"revision": row.revision})
    planned.refresh_from_db()
    assert not planned.is_key


def test_key_decision_takes_the_topic_of_its_title_from_the_plan(meeting, cabinet):
    topic = Topic.objects.create(title="A new depot", board=cabinet)
    facts = {"title": "A new depot", "purpose": "decision", "documents": [], "is_key": True}
    row = agenda.write_item(meeting=meeting, by=None, item=None, **facts)
    assert row.planned.topic == topic


def test_other_boards_are_not_asked_about_key_decisions(client):
    MeetingFactory(slug="plain")
    sign_in(client, StaffFactory())
    assert "key decision" not in words(client.get("/meetings/plain/manage/agenda/items/add/"))


def test_executive_that_meets_in_common_has_its_own_notices(meeting, cabinet):
    host = MeetingFactory(slug="host", starts_at=in_days(40))
    MeetingBoardFactory(meeting=host, board=cabinet)
    KeyDecisionFactory(board=cabinet, meeting=host, topic__title="A new depot")
    agenda.fill_from_plan(meeting=host, by=None)
    with pytest.raises(Refusal, match="“A new depot” is a key decision"):
        publish(host)


def test_public_sees_what_is_a_key_decision_and_its_notice(client, meeting, item, cabinet):
    agenda.fill_from_plan(meeting=meeting, by=None)
    notice = ExecutiveNoticeFactory(item=item)
    given = {"item": None, "board": cabinet, "meeting": meeting, "reasons": "A price.", "first_on": in_days(40).date()}
    private = ExecutiveNoticeFactory(kind=Kind.PRIVATE, **given)
    publish(meeting)
    page = words(client.get(meeting.get_absolute_url()))
    assert "Key decision" in page
    for each in (notice, private):
        assert f'href="{each.get_absolute_url()}"' in page
    assert "Key decision" in words(client.get("/boards/cabinet/plan/"))


def test_move_says_which_notices_do_not_hold_for_the_new_day(client, meeting, item):
    notice = ExecutiveNoticeFactory(item=item)
    sign_in(client, StaffFactory())
    day = in_days(47)
    times = {
        "starts_at_day": f"{day:%d %B %Y}",
        "ends_at_day": f"{day:%d %B %Y}",
        "starts_at_clock": "9:30",
        "ends_at_clock": "12",
    }
    page = words(client.post("/meetings/cabinet-meets/manage/move/", times))
    assert "do not hold for the new day" in page
    assert "A new depot" in page
    period = ExecutiveNoticeFactory(item=item, first_on=notice.first_on, last_on=notice.first_on + timedelta(days=30))
    assert "do not hold" not in words(client.post("/meetings/cabinet-meets/manage/move/", times))
    assert ExecutiveNotice.objects.in_force().count() == 2
    assert period.is_of_a_period


def test_closed_item_of_an_executive_is_a_private_part(meeting, item, cabinet):
    """Also where nobody said beforehand that it is to be taken in private."""
    ExecutiveNoticeFactory(item=item)
    close(item)
    agenda.fill_from_plan(meeting=meeting, by=None)
    with pytest.raises(Refusal, match="Part of the meeting on"):
        publish(meeting)
    given = {"item": None, "board": cabinet, "meeting": meeting, "reasons": "A price.", "first_on": in_days(40).date()}
    ExecutiveNoticeFactory(kind=Kind.PRIVATE, **given)
    assert publish(meeting).state == "published"


def test_what_another_board_closes_is_not_private_of_the_executive(meeting, cabinet):
    other = MeetingBoardFactory(meeting=meeting).board
    theirs = PlannedItemFactory(board=other, meeting=meeting)
    close(theirs)
    agenda.fill_from_plan(meeting=meeting, by=None)
    assert publish(meeting).state == "published"


def test_home_asks_for_notice_of_what_is_closed_on_the_plan(meeting, cabinet):
    planned = PlannedItemFactory(board=cabinet, meeting=meeting)
    assert not [each for each in todo.now_for(StaffFactory()) if "private meeting" in each.title]
    close(planned)
    assert [each for each in todo.now_for(StaffFactory()) if "Give notice of the private meeting" in each.title]

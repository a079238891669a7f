"""Boards that meet in common: staff choose them; what then moves, is called off, is copied, and who is told."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.organising.actions import meeting_copy, move, series
from assemblies.papers.actions import agenda
from partnership import todo
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from tests.factories import (
    LONDON,
    AgendaVersionFactory,
    BoardFactory,
    ChairFactory,
    MeetingBoardFactory,
    MeetingFactory,
    PlannedItemFactory,
    StaffFactory,
    StandingItemFactory,
    in_days,
)
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
KEPT = {"registration_opens_at": None, "registration_closes_at": None, "allocation_released_on": None}


@pytest.fixture
def meeting():
    start = datetime(2027, 9, 13, 14, tzinfo=LONDON)
    return MeetingFactory(board__name="Host", board__clear_days=3, board__report_days=0, starts_at=start, slug="joint")


@pytest.fixture
def council():
    return BoardFactory(name="Council board", kind="statutory", regime="council", clear_days=5, report_days=0)


def choose(meeting, *boards, **facts):
    meeting.refresh_from_db()
    return meetings.edit(
        meeting=meeting, by=StaffFactory(), revision=meeting.revision, **({"boards": list(boards)} | facts)
    )


def test_staff_choose_the_boards_and_their_chairs_are_told(client, meeting, council):
    chair = ChairFactory(seat__board=council).holder
    sign_in(client, StaffFactory())
    address = "/meetings/joint/manage/edit/boards/"
    page = words(client.get(address))
    assert "Council board" in page
    assert page.count("> Host<") == 0, "the host does not meet in common with itself"
    page = words(client.post(address, {"boards": [council.pk], "revision": 0}, follow=True))
    assert "Host, in common with Council board" in page
    assert boards_of(meeting) == [meeting.board, council]
    mail = Message.objects.get(to_email=chair.email)
    assert mail.subject.startswith("Your board meets in common: ")
    assert "The chair of the Host, the host, publishes the one agenda for all boards, by 5pm on" in mail.text
    entry = Entry.objects.get(verb="meeting.edited")
    assert entry.details["fields"] == ["boards"]
    client.post(address, {"boards": [], "revision": 1})
    assert boards_of(meeting) == [meeting.board]
    assert Message.objects.filter(to_email=chair.email, subject__startswith="Your board no longer meets").exists()


def test_second_of_two_editors_is_told(meeting, council):
    choose(meeting, council)
    with pytest.raises(Stale):
        meetings.edit(meeting=meeting, by=StaffFactory(), revision=0, boards=[])


def test_new_meeting_begins_in_common(council):
    facts = {"title": "Joint", "kind": "board", "board": BoardFactory(), "format": "online", "boards": [council]}
    made = meetings.create(by=StaffFactory(), uid=uuid4(), starts_at=in_days(30), ends_at=in_days(30, 12), **facts)
    assert boards_of(made) == [made.board, council]


def test_host_does_not_meet_in_common_with_itself(meeting, council):
    with pytest.raises(Refusal, match="The Host cannot be the host and meet in common with it") as refused:
        choose(meeting, meeting.board)
    assert refused.value.field == "boards"
    choose(meeting, council)
    with pytest.raises(Refusal, match="The Council board cannot be the host and meet in common with it"):
        meetings.edit(meeting=meeting, by=None, revision=meeting.revision + 1, board=council)


def test_board_that_ends_before_the_meeting_cannot_join(meeting):
    ended = BoardFactory(name="Old board", ends_on=date(2027, 9, 12))
    with pytest.raises(Refusal, match="The last day of the Old board is 12 September 2027") as refused:
        choose(meeting, ended)
    assert refused.value.field == "boards"
    assert boards_of(choose(meeting, BoardFactory(ends_on=date(2027, 9, 13))))[1:]


def test_reports_are_due_by_the_earliest_day_of_the_boards_that_meet(meeting, council):
    item = PlannedItemFactory(board=meeting.board, meeting=meeting, report_due_on=date(2027, 9, 7))
    chosen = PlannedItemFactory(
        board=meeting.board, meeting=meeting, report_due_on=date(2027, 8, 2), report_day_chosen=True
    )

    def due():
        return [PlannedItem.objects.get(pk=each.pk).report_due_on for each in (item, chosen)]

    choose(meeting, council)  # 5 clear days: 3 September
    assert due() == [date(2027, 9, 3), date(2027, 8, 2)]
    choose(meeting)
    assert due() == [date(2027, 9, 7), date(2027, 8, 2)]


def test_what_a_board_planned_goes_back_when_it_leaves(meeting, council):
    choose(meeting, council)
    own, theirs = (PlannedItemFactory(board=board, meeting=meeting) for board in boards_of(meeting))
    choose(meeting)
    for each in (own, theirs):
        each.refresh_from_db()
    assert (own.meeting, theirs.meeting) == (meeting, None)
    assert theirs.moves.get().reason == "The Council board does not meet there any more."


def test_what_the_old_host_planned_goes_back_unless_it_still_meets(meeting, council):
    Meeting.objects.update(state="draft", published_at=None)
    item, old = PlannedItemFactory(board=meeting.board, meeting=meeting), meeting.board
    choose(meeting, old, board=council)
    item.refresh_from_db()
    assert item.meeting == meeting
    meeting.refresh_from_db()
    assert boards_of(meeting) == [council, old]
    choose(meeting)
    item.refresh_from_db()
    assert item.meeting is None


def test_moved_meeting_tells_the_chairs_its_new_last_day(meeting, council):
    choose(meeting, council)
    chair = ChairFactory(seat__board=council).holder
    item = PlannedItemFactory(board=council, meeting=meeting, report_due_on=date(2027, 9, 3))
    meeting.refresh_from_db()
    starts = datetime(2027, 9, 20, 14, tzinfo=LONDON)
    move.move(
        meeting=meeting, by=StaffFactory(), revision=meeting.revision, starts_at=starts,
        ends_at=starts.replace(hour=16), reason="The room flooded.", **KEPT,
    )  # fmt: skip
    mail = Message.objects.get(to_email=chair.email)
    assert mail.subject.startswith("Your meeting in common has moved: ")
    assert "The agenda is due by 5pm on Friday 10 September 2027." in mail.text
    item.refresh_from_db()
    assert item.report_due_on == date(2027, 9, 10)


def test_meeting_does_not_move_beyond_the_end_of_a_board_in_common(meeting):
    MeetingBoardFactory(meeting=meeting, board__name="Old board", board__ends_on=date(2027, 9, 14))
    starts = datetime(2027, 9, 20, 14, tzinfo=LONDON)
    with pytest.raises(Refusal, match="The last day of the Old board is 14 September 2027") as refused:
        move.move(
            meeting=meeting, by=None, revision=0, starts_at=starts, ends_at=starts.replace(hour=16), reason="", **KEPT
        )
    assert refused.value.field == "starts_at"


def test_cancelled_meeting_is_called_off_for_all_boards(meeting, council):
    choose(meeting, council)
    chair, item = ChairFactory(seat__board=council).holder, PlannedItemFactory(board=council, meeting=meeting)
    meetings.cancel(meeting=meeting, by=StaffFactory(), reason="Too few can come.")
    item.refresh_from_db()
    assert item.meeting is None
    mail = Message.objects.get(to_email=chair.email)
    assert mail.subject.startswith("Your meeting in common is cancelled: ")
    assert "Too few can come." in mail.text


def test_deleted_draft_tells_the_other_chairs_and_says_so(client, council):
    draft = MeetingFactory(state="draft", slug="joint-draft")
    MeetingBoardFactory(meeting=draft, board=council)
    chair = ChairFactory(seat__board=council).holder
    sign_in(client, StaffFactory())
    page = words(client.get("/meetings/joint-draft/manage/delete/"))
    assert "The chair of the Council board will be told. Nobody else is emailed" in page
    client.post("/meetings/joint-draft/manage/delete/")
    assert "Its draft was deleted before it was published." in Message.objects.get(to_email=chair.email).text


def test_copy_meets_with_the_same_boards_that_still_exist(meeting, council):
    choose(meeting, council)
    MeetingBoardFactory(meeting=meeting, board=BoardFactory(ends_on=date(2027, 10, 1)))
    StandingItemFactory(board=council, title="Questions from the public")
    starts = datetime(2027, 11, 1, 14, tzinfo=LONDON)
    made = meeting_copy.copy(
        meeting=meeting, by=StaffFactory(), uid=uuid4(), starts_at=starts, ends_at=starts.replace(hour=16)
    )
    assert boards_of(made) == [meeting.board, council]
    assert [item.title for item in agenda.draft_of(made).items.all()] == ["Questions from the public"]


def test_series_gives_its_drafts_the_boards_of_one(client, council):
    board, staff = BoardFactory(), StaffFactory()
    drafts = [MeetingFactory(board=board, state="draft", starts_at=in_days(30 + 7 * each)) for each in range(3)]
    made = board.meeting_series.create(
        title="Joint", unit="week", every=1, weekday=2, starts_on=timezone.localdate(), count=3, start_time="14:00",
        end_time="16:00", bank_holidays="skip",
    )  # fmt: skip
    for each in drafts:
        made.made.create(meeting=each, meant_on=each.starts_at.date())
    sign_in(client, staff)
    assert "Boards that meet in common with the host" in words(client.get(f"/meetings/{drafts[1].slug}/manage/series/"))
    series.change(meeting=drafts[1], by=staff, scope=series.Scope.LATER, boards=[council])
    assert [council in boards_of(each) for each in drafts] == [False, True, True]


def test_staff_are_asked_about_a_board_in_common_that_ends_before(client, meeting):
    ends = BoardFactory(name="Old board", ends_on=date(2027, 9, 1))
    MeetingBoardFactory(meeting=meeting, board=ends)
    staff = StaffFactory()
    asked = [each for each in todo.now_for(staff) if each.title.startswith("Take the Old board off")]
    assert [each.url for each in asked] == ["/meetings/joint/manage/edit/boards/"]
    sign_in(client, staff)
    listed = words(client.get(ends.get_absolute_url())).partition("Meetings planned after its last day")[2]
    assert f"{meeting.title}, Monday 13 September 2027" in listed
    page = words(client.post("/meetings/joint/manage/edit/boards/", {"boards": [ends.pk], "revision": 0}, follow=True))
    assert "saved" in page, "what was so already can be saved"


def test_draft_with_a_board_that_ended_is_not_published(council):
    draft = MeetingFactory(state="draft", joining_link="https://meet.example.org/x", starts_at=in_days(30))
    council.ends_on = in_days(3).date()
    council.save()
    MeetingBoardFactory(meeting=draft, board=council)
    with pytest.raises(Refusal, match="take off the Council board, which no longer exists on that day"):
        meetings.publish(meeting=draft, by=None)


def test_other_chair_finds_the_agenda_alone_among_the_tasks(client, meeting, council):
    choose(meeting, council)
    AgendaVersionFactory(meeting=meeting, number=1, state="draft")
    sign_in(client, ChairFactory(seat__board=council).holder)
    page = words(client.get("/meetings/joint/manage/"))
    assert "/meetings/joint/manage/agenda/" in page
    for address in ("edit/details/", "edit/boards/", "edit/letter/", "move/", "cancel/", "documents/"):
        assert client.get(f"/meetings/joint/manage/{address}").status_code == 403, address


def test_invited_people_read_which_boards_meet(client, meeting, council):
    choose(meeting, council)
    invited = meeting.invitations.create(name="Ann", email="ann@example.org", key="k" * 43, sent_at=timezone.now())
    assert "Host, in common with Council board" in words(client.get(f"/i/{invited.key}/"))

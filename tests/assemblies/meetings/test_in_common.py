"""Meetings in common: which boards meet, the earliest of their days, who sees the meeting, what holds for filming."""

from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from assemblies.meetings import in_common
from assemblies.meetings.models import Meeting
from partnership.boards import regimes
from partnership.boards.models import BankHoliday, Board, Seat
from tests.factories import (
    LONDON,
    AppointmentFactory,
    BoardFactory,
    ChairFactory,
    MeetingBoardFactory,
    MeetingFactory,
    PlaceFactory,
    SeatFactory,
)

COUNCIL = {"regime": "council", "clear_days": 5, "day_kind": "working"}
NHS = {"regime": "nhs", "clear_days": 3, "day_kind": "working"}
LAW = regimes.RULES[regimes.Regime.COUNCIL].recording


def board(name: str = "A", **facts) -> Board:
    """A board that no database knows."""
    made = Board(name=name, **({"regime": "own_terms"} | facts))
    made.__dict__["added_holidays"] = frozenset()
    return made


@pytest.mark.parametrize(
    ("rules", "binds", "last"),
    [
        ([COUNCIL, NHS], 0, datetime(2026, 8, 25, 17, tzinfo=LONDON)),  # 31 August 2026 is a bank holiday
        ([NHS, COUNCIL], 1, datetime(2026, 8, 25, 17, tzinfo=LONDON)),
        ([NHS, NHS | {"publish_by": time(12)}], 1, datetime(2026, 8, 27, 12, tzinfo=LONDON)),
        ([NHS, NHS], 0, datetime(2026, 8, 27, 17, tzinfo=LONDON)),
        ([COUNCIL, {"clear_days": 28, "day_kind": "calendar"}], 1, datetime(2026, 8, 5, 17, tzinfo=LONDON)),
        ([NHS], 0, datetime(2026, 8, 27, 17, tzinfo=LONDON)),
    ],
)
def test_earliest_of_the_boards_days_binds(rules, binds, last):
    boards = [board(f"Board {number}", **rule) for number, rule in enumerate(rules)]
    found = in_common.binding_day(boards, date(2026, 9, 3))
    assert (found.board, found.until) == (boards[binds], last)


@pytest.mark.parametrize(
    ("boards", "said"),
    [
        ([board("A", recording_policy="Ask first."), board("B", **COUNCIL)], [(LAW, "")]),
        ([board("A", recording_policy="Ask first."), board("B")], [("Ask first.", "A")]),
        ([board("A", recording_policy="Ask first."), board("B", recording_policy="Ask first.")], [("Ask first.", "")]),
        ([board("A", recording_policy="No."), board("B", recording_policy="Yes.")], [("No.", "A"), ("Yes.", "B")]),
        ([board("A"), board("B")], []),
    ],
    ids=["law of a council body holds for all", "one board", "the same of both", "each its own", "nobody says"],
)
def test_widest_rule_that_binds_says_who_may_film(boards, said):
    found = in_common.recording_of(boards)
    assert [(each.rule, " ".join(map(str, each.boards))) for each in found] == said


def test_boards_are_named_as_people_say_them():
    names = [board("One"), board("Two"), board("Three")]
    said = [in_common.names_of(names[:count]) for count in range(4)]
    assert said == ["", "the One", "the One and the Two", "the One, the Two and the Three"]


@pytest.fixture
def meeting():
    return MeetingFactory(board__name="Host", by_invitation=True)


@pytest.fixture
def other(meeting):
    return MeetingBoardFactory(meeting=meeting, board__name="A second board").board


@pytest.mark.django_db
def test_boards_of_a_meeting_are_its_host_and_then_the_others(meeting, other, django_assert_num_queries):
    first = MeetingBoardFactory(meeting=meeting, board__name="A board").board
    MeetingBoardFactory(meeting=meeting, board=meeting.board)  # says nothing new
    assert in_common.boards_of(meeting) == [meeting.board, first, other]
    assert in_common.is_in_common(meeting)
    assert not in_common.is_in_common(MeetingFactory())
    assert in_common.boards_of(Meeting(board=other)) == [other]
    with django_assert_num_queries(2):
        assert [len(in_common.boards_of(each)) for each in Meeting.objects.with_boards().filter(pk=meeting.pk)] == [3]


@pytest.mark.django_db
def test_board_meets_once_in_common(meeting, other):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingBoardFactory(meeting=meeting, board=other)


@pytest.mark.django_db
def test_meeting_is_one_of_each_of_its_boards(meeting, other):
    MeetingFactory()
    for each in (meeting.board, other):
        assert list(Meeting.objects.of_boards([each])) == [meeting]
    assert list(Meeting.objects.of_boards([meeting.board, other])) == [meeting]
    place = PlaceFactory()
    place.boards.add(other, meeting.board)
    assert list(Meeting.objects.at_place(place)) == [meeting]


@pytest.mark.django_db
def test_who_sits_on_any_of_the_boards_sees_a_closed_meeting(meeting, other):
    stranger = AppointmentFactory().holder
    for seen_by in (
        AppointmentFactory(seat__board=other).holder,
        AppointmentFactory(seat__board=other, deputy=AppointmentFactory().holder).deputy,
        AppointmentFactory(seat__board=meeting.board).holder,
    ):
        assert list(Meeting.objects.visible_to(seen_by)) == [meeting]
    for unseen_by in (stranger, AnonymousUser()):
        assert not Meeting.objects.visible_to(unseen_by).exists()


@pytest.mark.django_db
def test_chairs_of_all_boards_see_the_draft_and_members_do_not(meeting, other):
    meeting.state, meeting.published_at = "draft", None
    meeting.save()
    chairs = [ChairFactory(seat__board=each).holder for each in (meeting.board, other)]
    for chair in chairs:
        assert list(Meeting.objects.visible_to(chair)) == [meeting]
        assert list(Meeting.objects.editable_by(chair)) == [meeting]
    assert not Meeting.objects.visible_to(ChairFactory().holder).exists()
    assert not Meeting.objects.visible_to(AppointmentFactory(seat__board=other).holder).exists()


@pytest.mark.django_db
def test_report_is_due_the_boards_own_days_before_the_earliest_day():
    start = datetime(2026, 9, 14, 14, tzinfo=LONDON)
    meeting = MeetingFactory(starts_at=start, board=BoardFactory(clear_days=3, day_kind="working", report_days=0))
    other = MeetingBoardFactory(meeting=meeting, board=BoardFactory(kind="statutory", report_days=5, **COUNCIL)).board
    assert in_common.last_day_to_publish(meeting) == date(2026, 9, 4)
    assert in_common.report_due(meeting, meeting.board) == date(2026, 9, 4)
    assert in_common.report_due(meeting, other) == date(2026, 8, 27)


@pytest.mark.django_db
def test_added_bank_holidays_bring_the_day_of_a_report_forward():
    start = datetime(2026, 9, 14, 14, tzinfo=LONDON)
    meeting = MeetingFactory(starts_at=start, board=BoardFactory(clear_days=3, day_kind="working", report_days=3))
    due = in_common.report_due(meeting, meeting.board)
    BankHoliday.objects.create(day=due, name="Jubilee")
    assert in_common.report_due(meeting, Board.objects.get(pk=meeting.board_id)) == due - timedelta(days=1)


@pytest.mark.django_db
def test_rows_of_any_board_that_meets_are_found():
    """Of the host, and of a board that meets in common; not of another."""
    beside = MeetingBoardFactory()
    seats = {board: SeatFactory(board=board) for board in (beside.meeting.board, beside.board)}
    seats["another"] = SeatFactory()
    found = {
        board: Meeting.objects.filter(
            in_common.of_any_board(Seat.objects.filter(pk=seat.pk)), pk=beside.meeting.pk
        ).exists()
        for board, seat in seats.items()
    }
    assert found == {beside.meeting.board: True, beside.board: True, "another": False}

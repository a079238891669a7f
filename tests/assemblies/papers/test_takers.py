"""Which boards of a meeting in common take an item of its agenda, and what each does."""

import pytest
from django.db import IntegrityError, transaction

from assemblies.papers import takers
from assemblies.papers.takers import Role, Taker
from partnership.boards.models import Board
from tests.factories import (
    AgendaItemBoardFactory,
    AgendaItemFactory,
    AgendaVersionFactory,
    BoardFactory,
    MeetingBoardFactory,
    MeetingFactory,
)

HOST, OTHER, FORUM = (
    Board(pk=number, name=name, kind=kind)
    for number, (name, kind) in enumerate([("Host", "statutory"), ("Other", "executive"), ("Forum", "forum")], start=1)
)
DECIDES, ADVISES = Role.DECISIVE, Role.ADVISORY


@pytest.mark.parametrize(
    ("board", "purpose", "role"),
    [
        (HOST, "decision", DECIDES),
        (FORUM, "decision", ADVISES),
        (HOST, "discussion", ADVISES),
        (HOST, "information", ADVISES),
        (HOST, "assurance", ADVISES),
    ],
)
def test_board_decides_what_is_for_decision_and_a_forum_advises(board, purpose, role):
    assert takers.usual_role(board, purpose) == role


@pytest.mark.parametrize(
    ("taken_by", "purpose", "said"),
    [
        ([Taker(HOST, DECIDES), Taker(OTHER, DECIDES)], "decision", "The Host and the Other each decide."),
        ([Taker(HOST, DECIDES), Taker(FORUM, ADVISES)], "decision", "The Host decides, and the Forum advises."),
        ([Taker(HOST, ADVISES), Taker(FORUM, ADVISES)], "decision", "The Host and the Forum each advise."),
        ([Taker(HOST, ADVISES), Taker(FORUM, ADVISES)], "discussion", "For the Host and the Forum."),
        ([Taker(OTHER, DECIDES)], "information", "For the Other."),
        ([], "decision", "No board takes it."),
    ],
)
def test_who_takes_an_item_is_said_in_words(taken_by, purpose, said):
    assert takers.in_words(taken_by, purpose) == said


@pytest.mark.parametrize(
    ("taken_by", "is_usual"),
    [
        ([Taker(HOST, DECIDES), Taker(FORUM, ADVISES)], True),
        ([Taker(FORUM, ADVISES), Taker(HOST, DECIDES)], True),
        ([Taker(HOST, ADVISES), Taker(FORUM, ADVISES)], False),
        ([Taker(HOST, DECIDES)], False),
    ],
)
def test_usual_is_that_all_take_it_in_their_usual_role(taken_by, is_usual):
    assert takers.is_usual(taken_by, [HOST, FORUM], "decision") is is_usual


@pytest.fixture
def meeting():
    return MeetingFactory(board=BoardFactory(name="Host", kind="statutory"))


@pytest.fixture
def other(meeting):
    return MeetingBoardFactory(meeting=meeting, board=BoardFactory(name="Other", kind="statutory")).board


def item_of(meeting, **facts):
    return AgendaItemFactory(version=AgendaVersionFactory(meeting=meeting, **facts), purpose="decision")


def names(item) -> list[str]:
    return [each.board.name for each in takers.takers_of(item)]


@pytest.mark.django_db
def test_all_boards_take_an_item_of_a_draft_unless_somebody_says(meeting, other):
    item = item_of(meeting, state="draft")
    assert names(item) == ["Host", "Other"]
    AgendaItemBoardFactory(item=item, board=other)
    assert names(item) == ["Other"]
    MeetingBoardFactory(meeting=meeting, board=BoardFactory(name="Third"))
    assert names(item) == ["Other"]


@pytest.mark.django_db
def test_published_item_was_taken_by_those_that_took_it_then(meeting):
    alone = item_of(meeting)
    other = MeetingBoardFactory(meeting=meeting, board=BoardFactory(name="Other")).board
    assert names(alone) == ["Host"], "a board that joined later took none of it"
    common = item_of(meeting)
    AgendaItemBoardFactory(item=common, board=other)
    AgendaItemBoardFactory(item=common, board=meeting.board)
    meeting.boards_in_common.clear()
    assert names(common) == ["Host", "Other"], "one that left since took it then"


@pytest.mark.django_db
def test_no_board_takes_an_item_of_a_draft_whose_boards_left(meeting, other):
    item = item_of(meeting, state="draft")
    AgendaItemBoardFactory(item=item, board=other)
    meeting.boards_in_common.clear()
    assert takers.takers_of(item) == []


@pytest.mark.django_db
def test_board_takes_an_item_once(meeting, other):
    item = item_of(meeting)
    AgendaItemBoardFactory(item=item, board=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItemBoardFactory(item=item, board=other)


@pytest.mark.django_db
def test_boards_taking_some_items_are_those_of_any_of_them(meeting, other):
    third = MeetingBoardFactory(meeting=meeting, board=BoardFactory(name="Third")).board
    boards = [meeting.board, other, third]
    version = AgendaVersionFactory(meeting=meeting, state="draft")
    items = [AgendaItemFactory(version=version, purpose="decision") for _ in range(2)]
    for item, board in zip(items, (third, meeting.board), strict=True):
        AgendaItemBoardFactory(item=item, board=board)
    assert takers.boards_taking(items, boards) == [meeting.board, third]
    assert takers.boards_taking(items[:1], boards) == [third]
    assert takers.boards_taking([], boards) == boards, "where no item says it, all of them"


@pytest.mark.django_db
def test_public_reads_who_took_an_item_where_it_is_not_usual(meeting, other):
    boards = [meeting.board, other]
    item = item_of(meeting)
    assert takers.said_in_public(item, boards) == "", "published before the meeting was in common"
    for board in boards:
        AgendaItemBoardFactory(item=item, board=board)
    assert takers.said_in_public(item, boards) == "The Host and the Other each decide."
    item.purpose = "discussion"
    assert takers.said_in_public(item, boards) == "", "all take it, and nobody decides"
    item.taking.filter(board=other).delete()
    assert takers.said_in_public(item, boards) == "For the Host."

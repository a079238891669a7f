"""What the screen of a meeting says of what was entered, in the words that people read."""

from types import SimpleNamespace

import pytest

from assemblies.sittings.latest_entries import log_of
from assemblies.sittings.on_screen import moves_of, screen_of
from tests.assemblies.sittings import made_orders as make

BOARD = make.board(quorum_number=2)
SEATS = make.seats(BOARD, 3)


@pytest.fixture
def record():
    """Of three items for decision; a board whose chair has a casting vote."""
    items = [make.item(place, BOARD) for place in (1, 2, 3)]
    record = make.Record(make.order(*items, of=SEATS, casting=True))
    record.here(*SEATS[:2])
    return record


def screen(record):
    return screen_of(None, record.picture)


def following(record) -> int | None:
    row = screen(record).following
    return row.item.place if row else None


def test_next_is_what_is_open_also_before_the_current_item(record):
    record.enter("item", 1)
    record.enter("item", 2)
    record.outcome(2, BOARD, "noted")
    assert following(record) == 3
    record.enter("item", 3)
    assert following(record) == 1
    record.outcome(1, BOARD, "noted")
    assert following(record) is None
    assert not screen(record).all_dealt_with
    record.outcome(3, BOARD, "noted")
    assert screen(record).all_dealt_with


def test_joined_and_left_are_said_with_the_item(record):
    record.enter("attendance", 2, seat=SEATS[0], status="absent", name="Person 1", sits="holder")
    record.here(SEATS[0], SEATS[2], place=3)
    said = [str(move) for seat in SEATS for move in moves_of(record.picture, seat)]
    assert said == ["Person 1 left at item 2", "Person 1 returned at item 3", "Person 3 joined at item 3"]


def test_decided_item_says_who_moved_and_how_each_voted(record):
    record.enter("presides", seat=SEATS[0], name="Person 1")
    votes = {str(SEATS[0].pk): "for", str(SEATS[1].pk): "against"}
    record.outcome(1, BOARD, mover=SEATS[0].pk, seconder=SEATS[1].pk, votes=votes, casting="for")
    question = screen(record).items[0].questions[0]
    assert question.moved == "moved by Person 1, seconded by Person 2"
    assert question.votes == [("Person 1", "for"), ("Person 2", "against")]
    assert question.casting == "Casting vote of Person 1: for"


def test_latest_entries_are_in_plain_words(record):
    record.enter("done", 2, how="put_off", because="There was no time for it today")
    record.enter("outcome", 1, board=BOARD, outcome="noted", recommendation=0, text="", votes={})
    record.enter("done", 1, how="taken")
    words = [each["words"] for each in log_of(rows(record), record.picture)[:3]]
    assert words == ["Item 1: dealt with", "Item 1: noted", "Item 2: put off"]


def test_question_of_the_public_is_not_offered_to_be_taken_back(record):
    record.enter("question", 1, question=7, name="Sam Asker", answer="")
    asked, here, *_ = log_of(rows(record), record.picture)
    assert not asked["may_undo"]
    assert here["may_undo"]
    record.enter("undo", entry=here["entry"].number)
    assert not any(each["may_undo"] for each in log_of(rows(record), record.picture)[:2])


def rows(record) -> list[SimpleNamespace]:
    for each in record.rows:
        each.get_kind_display = lambda each=each: each.kind
    return record.rows

"""What minutes say at first, from the record alone: no database, but for what is asked."""

from types import SimpleNamespace

import pytest

from assemblies.minutes import drafting
from assemblies.minutes.seen_minutes import interest_in_words
from assemblies.papers.outside import beyond
from assemblies.papers.report_html import html
from tests import factories as make
from tests.assemblies.sittings.made_orders import Record, board, item, order, seats

HERE = {"status": "room", "sits": "holder"}


@pytest.fixture
def record():
    ours = board()
    return Record(order(item(1, ours), item(2, ours), item(3, ours), of=seats(ours, 3)))


def attendance(record):
    content, present = drafting._attendance(record.picture, record.order.boards[0])
    return SimpleNamespace(**content, people=present)


def test_attendance_names_who_was_there_and_who_sent_apologies(record):
    one, two, three = record.order.seats.values()
    record.here(one)
    record.enter("attendance", seat=two, status="apologies", name="Person 2", sits="holder")
    record.enter("attendance", seat=three, status="absent", name="Person 3", sits="holder")
    said = attendance(record)
    assert said.present == ["Person 1, Seat 1"]
    assert said.apologies == ["Person 2, Seat 2"]
    assert said.absent == ["Person 3, Seat 3"]
    assert said.people == ["Person 1"]


def test_substitute_is_named_with_the_member(record):
    seat = next(iter(record.order.seats.values()))
    record.enter("attendance", seat=seat, status="apologies", name="Person 1", sits="holder")
    record.enter("attendance", seat=seat, status="online", name="Ann Pryce", sits="substitute")
    said = attendance(record)
    assert said.present == ["Ann Pryce, Seat 1 (substitute for Person 1, online)"]
    assert said.apologies == ["Person 1, Seat 1"]
    assert said.people == []  # a name alone: nobody to write to


def test_who_was_online_is_said_as_it_was_last_entered(record):
    one, two, three = record.order.seats.values()
    record.here(one, two)
    record.enter("attendance", 1, seat=one, status="online", name="Person 1", sits="holder")
    record.enter("attendance", 2, seat=two, status="online", name="Person 2", sits="holder")
    record.here(three)
    record.enter("attendance", seat=three, status="apologies", name="Person 3", sits="holder")
    said = attendance(record)
    assert said.present == ["Person 1, Seat 1 (online)", "Person 2, Seat 2 (online for a part)"]
    assert said.apologies == ["Person 3, Seat 3"]
    assert said.movements == []


def test_arrivals_and_departures_are_said_by_item(record):
    one, two, _ = record.order.seats.values()
    record.here(one)
    record.enter("attendance", 2, seat=one, status="absent", name="Person 1", sits="holder")
    record.enter("attendance", 3, seat=one, name="Person 1", **HERE)
    record.enter("attendance", 2, seat=two, name="Person 2", **HERE)
    said = attendance(record)
    assert said.movements == [
        "Person 1 left at item 2",
        "Person 1 returned at item 3",
        "Person 2 joined at item 2",
    ]
    assert said.absent == []


def test_sensitive_interest_is_withheld():
    facts = {
        "name": "Person 1",
        "kind": "Financial interest",
        "nature": "secret",
        "withheld": True,
        "mitigation": "Noted",
    }
    assert "secret" not in interest_in_words(facts)
    assert "details withheld" in interest_in_words(facts)


@pytest.mark.django_db
def test_question_of_the_public_is_no_markup(record):
    """An image would stop the form of the minutes from being saved, and a link would be the board's own."""
    asked = "**When** does [this](https://example.org/x) end?\n\n![x](https://example.org/x.png)"
    question = make.AcceptedQuestionFactory(text=asked)
    record.enter("question", 1, question=question.pk, name="Sam *A* Asker", answer="In *May*.")
    (text,) = drafting._asked(record.picture, drafting._taken(record.order, record.order.boards[0])[0], first=True)
    page = html(text)
    assert not any(mark in page for mark in ("<strong>", "<a ", "<img"))
    assert "Sam *A* Asker asked: **When** does [this](https://example.org/x) end?" in page
    assert "In <em>May</em>." in page  # its answer is the board's
    assert not beyond(text)

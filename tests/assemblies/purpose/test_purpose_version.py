"""Versions of a purpose: what follows from what, and what is refused."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from assemblies.purpose.actions import purpose_version
from assemblies.purpose.actions.purpose_version import Line
from assemblies.purpose.models import PurposeLine, PurposeVersion
from assemblies.purpose.results import dropped_from, lines_of
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.purpose.group import LINES, group, tomorrow

pytestmark = pytest.mark.django_db
WHY = "The board has a new member"


@pytest.fixture
def peg():
    return group("Forum Central", "City Council")


def first(board, **facts):
    given = {"opening": "We are here for people", "lines": ["We share"], "in_force_from": date(2020, 3, 18)}
    return purpose_version.enter_first(board=board, by=make.UserFactory(), **given | facts)


def test_first_version_keeps_its_lines_and_source(peg):
    assert [str(line) for line in peg.version.lines.all()] == LINES
    assert (peg.version.number, peg.version.source) == (1, "Paper of 20 May 2020")


def test_first_version_sent_twice_is_one():
    board, key = make.BoardFactory(), uuid4()
    assert first(board, key=key) == first(board, key=key)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"lines": ["", " "]}, "lines"),
        ({"lines": ["We share", "we  SHARE"]}, "lines"),
        ({"lines": ["x" * 301]}, "lines"),
        ({"lines": [f"Line {n}" for n in range(31)]}, "lines"),
        ({"opening": "  "}, "opening"),
        ({"in_force_from": tomorrow()}, "in_force_from"),
    ],
)
def test_first_version_is_refused_where_it_says_nothing(facts, field):
    with pytest.raises(Refusal) as refusal:
        first(make.BoardFactory(), **facts)
    assert refusal.value.field == field
    assert not PurposeVersion.objects.exists()


def test_second_first_version_is_refused(peg):
    with pytest.raises(Refusal, match="is there already"):
        first(peg.board)


def test_next_version_says_what_changed_line_by_line(peg):
    before = list(peg.version.lines.all())
    lines = [Line(LINES[0], before[0]), Line("We share all we have", before[1]), Line("We learn")]
    version = purpose_version.write_next(
        board=peg.board, by=peg.chair, opening="We are here", lines=lines, seen=1, because=WHY
    )
    version = PurposeVersion.objects.with_facts().get(pk=version.pk)
    assert [(seen.before, seen.is_new) for seen in lines_of(version)] == [("", False), (LINES[1], False), ("", True)]
    assert [str(line) for line in dropped_from(version)] == [LINES[2]]


def test_next_version_follows_from_the_round_and_its_decision(peg):
    asked = peg.ask()
    peg.answer(asked)
    peg.close(asked)
    decision = peg.decide(decided_on=timezone.localdate())
    version = peg.write(decision=decision)
    assert (version.follows, version.decision, version.in_force_from) == (asked, decision, decision.decided_on)


def test_next_version_without_a_round_needs_a_reason(peg):
    with pytest.raises(Refusal, match="why it changes without asking members") as refusal:
        peg.write(decision=peg.decide())
    assert refusal.value.field == "because"
    assert peg.write(because=WHY).follows is None


def test_round_nobody_answered_is_no_ground_for_a_version(peg):
    peg.close(peg.ask())
    with pytest.raises(Refusal, match="why it changes without asking members"):
        peg.write(decision=peg.decide())


def test_next_version_after_a_round_names_a_decision_or_says_why(peg):
    asked = peg.ask()
    peg.answer(asked)
    peg.close(asked)
    with pytest.raises(Refusal, match="which decision agreed it"):
        peg.write()


def test_decision_is_the_boards_own_open_and_since_the_round(peg):
    asked = peg.ask()
    peg.answer(asked)
    peg.close(asked)
    yesterday = timezone.localdate() - timedelta(days=1)
    wrong = [
        make.DecisionFactory(),
        peg.decide(decided_on=yesterday),
        peg.decide(outcome="deferred"),
        peg.decide(closure=make.ClosureGroundFactory(board=peg.board).closure),
    ]
    right = peg.decide()
    assert list(purpose_version.decisions_since(peg.board, peg.version, asked)) == [right]
    for decision in wrong:
        with pytest.raises(Refusal) as refusal:
            peg.write(decision=decision)
        assert refusal.value.field == "decision"


def test_next_version_is_refused_while_members_are_asked(peg):
    peg.ask()
    with pytest.raises(Refusal, match="The purpose is being reaffirmed until"):
        peg.write(because=WHY)


def test_next_version_writes_the_result_down_where_the_clock_has_not(peg):
    asked = peg.ask()
    peg.answer(asked)
    version = peg.write(because=WHY, now=asked.call.closes + timedelta(seconds=1))
    asked.refresh_from_db()
    assert (asked.answered, version.follows) == (1, asked)


def test_next_version_of_what_somebody_else_changed_is_refused(peg):
    peg.write("We begin with people", because=WHY)
    with pytest.raises(Refusal, match="has just written version 2"):
        peg.write("We start elsewhere", because=WHY)


def test_next_version_sent_twice_is_one(peg):
    key = uuid4()
    assert peg.write(because=WHY, key=key) == peg.write(because=WHY, key=key)


def test_next_version_is_not_in_force_before_the_one_before(peg):
    with pytest.raises(Refusal) as refusal:
        peg.write(because=WHY, in_force_from=date(2020, 3, 1))
    assert refusal.value.field == "in_force_from"


def test_line_of_another_board_is_not_continued(peg):
    other = make.PurposeVersionFactory()
    with pytest.raises(Refusal, match="continues one of another version"):
        purpose_version.write_next(
            board=peg.board, by=peg.chair, opening="We are", because=WHY, seen=1,
            lines=[Line("We share", other.lines.first())],
        )  # fmt: skip


@pytest.mark.parametrize("change", [{"opening": "x"}, {"number": 7}])
def test_version_is_never_changed(peg, change):
    with pytest.raises(Error, match="only ever added to"), transaction.atomic():
        PurposeVersion.objects.update(**change)
    with pytest.raises(Error, match="only ever added to"), transaction.atomic():
        PurposeLine.objects.all().delete()


def test_database_asks_for_a_decision_or_a_reason():
    with pytest.raises(IntegrityError, match="decided_after_a_round_or_says_why"), transaction.atomic():
        make.PurposeVersionFactory(number=2, because="")

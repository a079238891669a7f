"""What a board may decide on an item, who moves and votes, and who casts the casting vote."""

import pytest

from assemblies.papers.takers import Role
from partnership.boards.models import Board
from partnership.boards.regimes import Regime
from partnership.refusals import Refusal
from tests.assemblies.sittings.made_orders import Record, board, interest, item, meeting, order, seats

COUNCIL, OWN = Regime.COUNCIL, Regime.OWN_TERMS


@pytest.mark.parametrize("outcome", ["agreed", "amended", "not_agreed"])
def test_forum_takes_no_decision(outcome):
    record, one, sits = meeting(of=board(kind=Board.Kind.FORUM))
    record.here(*sits)
    with pytest.raises(Refusal, match="consultative forum"):
        record.outcome(1, one, outcome, text="Something")
    record.outcome(1, one, "recommended", text="A review")


def test_board_that_decides_does_not_only_recommend():
    record, one, sits = meeting()
    record.here(*sits)
    with pytest.raises(Refusal, match="decides on this item"):
        record.outcome(1, one, "recommended", text="A review")


def test_board_that_advises_takes_no_decision():
    one = board()
    record = Record(order(item(1, one, role=Role.ADVISORY), of=seats(one)))
    with pytest.raises(Refusal, match="advises on this item"):
        record.outcome(1, one)


@pytest.mark.parametrize(("outcome", "words"), [("amended", "as it was agreed"), ("deferred", "until when")])
def test_some_outcomes_need_words(outcome, words):
    record, one, sits = meeting()
    record.here(*sits)
    with pytest.raises(Refusal, match=words):
        record.outcome(1, one, outcome)


@pytest.mark.parametrize(
    ("votes", "outcome", "casting", "refused"),
    [
        ("ffaa", "agreed", "for", ""),
        ("ffaa", "agreed", "", "not agreed: 2 for, 2 against"),
        ("ffaa", "not_agreed", "against", ""),
        ("ffaa", "not_agreed", "", ""),
        ("ffa", "agreed", "for", "not equal"),
        ("ffa", "not_agreed", "", "it is agreed: 2 for, 1 against"),
        ("faa", "agreed", "", "not agreed: 1 for, 2 against"),
        ("ffx", "agreed", "", ""),
    ],
)
def test_outcome_is_what_the_votes_say(votes, outcome, casting, refused):
    record, one, sits = meeting(casting=True)
    record.here(*sits)
    given = {
        str(seat): {"f": "for", "a": "against", "x": "abstained"}[vote] for seat, vote in enumerate(votes, start=1)
    }
    if refused:
        with pytest.raises(Refusal, match=refused):
            record.outcome(1, one, outcome, votes=given, casting=casting)
    else:
        record.outcome(1, one, outcome, votes=given, casting=casting)


@pytest.mark.parametrize(
    ("votes", "words"), [({"1": "for", "2": "against"}, "Nobody has a casting vote"), ({}, "enter the votes first")]
)
def test_casting_vote_needs_the_rule_and_a_tie(votes, words):
    record, one, sits = meeting()
    record.here(*sits)
    with pytest.raises(Refusal, match=words):
        record.outcome(1, one, votes=votes, casting="for")


TIE = {"3": "for", "4": "against"}


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("absent", "Seat 1 is not recorded as here"),
        ("online", "Person 1 attends online, and the law counts who is in the room"),
        ("gone", "Person 1 declared an interest and leaves"),
        ("stays", "Person 1 declared an interest and stays without a vote"),
        ("mute", "Person 1 has no vote"),
        ("nobody", "has no chair. Enter first who presides"),
        ("", ""),
    ],
)
def test_casting_vote_is_of_somebody_who_may_vote(how, words):
    record, one, sits = meeting(of=board(regime=COUNCIL, quorum_number=2), casting=True)
    record.here(*sits[1:], *(() if how == "absent" else sits[:1]))
    if how == "online":
        record.here(sits[0], status="online")
    if how in ("gone", "stays"):
        record.enter(
            "interest", 1, seat=sits[0], **interest("withdraw" if how == "gone" else "stay_no_vote", "registrable")
        )
    sits[0].voting, sits[0].is_chair = how != "mute", how != "nobody"
    if words:
        with pytest.raises(Refusal, match=words):
            record.outcome(1, one, votes=TIE, casting="for")
    else:
        record.outcome(1, one, votes=TIE, casting="for")
        assert record.rows[-1].facts["casting_by"] == 1


def test_casting_vote_stays_with_who_presided_then():
    record, one, sits = meeting(casting=True)
    record.here(*sits[1:])
    record.enter("presides", seat=sits[1], name="Person 2")
    record.outcome(1, one, votes=TIE, casting="for")
    record.here(sits[0], place=2)
    record.enter("presides", 2, seat=sits[0], name="Person 1")
    record.outcome(2, one, votes=TIE, casting="for")
    assert [record.picture.outcomes[place, one.pk, 0].facts["casting_by"] for place in (1, 2)] == [2, 1]


def test_chair_of_each_board_in_common_casts_for_it():
    one, two = board(1), board(2)
    first, second = seats(one, 3), seats(two, 3, first=11)
    record = Record(order(item(1, one, two), of=[*first, *second], casting=True))
    record.here(*first, *second)
    record.enter("presides", seat=first[1], name="Person 2")
    record.outcome(1, one, votes={"1": "for", "3": "against"}, casting="for")
    record.outcome(1, two, votes={"12": "for", "13": "against"}, casting="against", outcome="not_agreed")
    assert [record.picture.outcomes[1, each.pk, 0].facts["casting_by"] for each in (one, two)] == [2, 11]


@pytest.mark.parametrize(
    ("mover", "seconder", "words"),
    [
        (1, 1, "both move and second"),
        (1, None, "who moved it"),
        (None, 2, "who moved it"),
        (1, 5, "who may vote"),
        (1, 2, ""),
    ],
)
def test_mover_and_seconder_where_the_board_names_them(mover, seconder, words):
    record, one, sits = meeting(movers=True)
    record.here(*sits[:4])
    if words:
        with pytest.raises(Refusal, match=words):
            record.outcome(1, one, mover=mover, seconder=seconder)
    else:
        record.outcome(1, one, mover=mover, seconder=seconder)


def test_each_board_in_common_decides_for_itself():
    one, two = board(1, quorum_number=2), board(2, quorum_number=2)
    first, second = seats(one, 3), seats(two, 3, first=11)
    record = Record(order(item(1, one, two), of=[*first, *second]))
    record.here(*first[:2], second[0])
    record.outcome(1, one)
    with pytest.raises(Refusal, match="Board 2 has no quorum"):
        record.outcome(1, two)
    with pytest.raises(Refusal, match="That seat is not on the Board 2"):
        record.check("outcome", 1, board=two, recommendation=0, outcome="noted", text="", votes={"1": "for"})
    assert [board.pk for board, _ in record.picture.outstanding(record.order.items[0])] == [2]


def test_second_outcome_for_the_same_thing_is_refused():
    record, one, sits = meeting(recommendations=2)
    record.here(*sits)
    number = record.outcome(1, one, recommendation=1)
    with pytest.raises(Refusal, match="Sam has entered “Agreed” already"):
        record.outcome(1, one, "noted", recommendation=1)
    record.outcome(1, one, recommendation=2)
    record.enter("undo", entry=number)
    record.outcome(1, one, "noted", recommendation=1)


def test_recommendation_that_nobody_made_is_refused():
    record, one, sits = meeting(recommendations=2)
    record.here(*sits)
    with pytest.raises(Refusal, match="one of the recommendations"):
        record.outcome(1, one, recommendation=0)

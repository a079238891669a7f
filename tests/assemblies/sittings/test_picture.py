"""The rules of a meeting: quorum, interests, votes, private sessions. None needs a database. Source: DOMAIN §2."""

from datetime import date
from types import SimpleNamespace

import pytest

from assemblies.meetings.purposes import Purpose
from partnership.boards.models import Board
from partnership.boards.regimes import Regime
from partnership.refusals import Refusal
from tests.assemblies.sittings.made_orders import Record, board, closure_of, interest, item, meeting, order, seats

COUNCIL, OWN = Regime.COUNCIL, Regime.OWN_TERMS


def test_who_arrives_late_counts_from_that_item():
    record, one, sits = meeting()
    record.here(*sits[:2])
    record.here(sits[2], place=2)
    assert [record.picture.quorum(place, one).is_met for place in (1, 2)] == [False, True]


def test_who_leaves_early_counts_until_that_item():
    record, one, sits = meeting()
    record.here(*sits[:3])
    record.here(sits[2], place=2, status="absent")
    assert [record.picture.quorum(place, one).counted for place in (1, 2)] == [3, 2]


@pytest.mark.parametrize(
    ("regime", "day", "counted"),
    [
        (COUNCIL, date(2020, 9, 14), 3),  # remote attendance counted from 4 April 2020 to 6 May 2021
        (COUNCIL, date(2026, 9, 14), 2),
        (OWN, date(2026, 9, 14), 3),
    ],
)
def test_online_members_count_where_the_law_lets_them(regime, day, counted):
    record, one, sits = meeting(of=board(regime=regime, quorum_number=3), day=day)
    record.here(*sits[:2])
    record.here(sits[2], status="online")
    assert record.picture.quorum(1, one).counted == counted
    assert len(record.picture.may_vote(1, one)) == counted


def test_withdrawn_member_does_not_count_for_that_item():
    record, one, sits = meeting()
    record.here(*sits[:3])
    record.enter("interest", 1, seat=sits[0], **interest("withdraw"))
    assert [record.picture.quorum(place, one).is_met for place in (1, 2)] == [False, True]


def test_member_without_a_vote_counts_and_does_not_vote():
    record, one, sits = meeting()
    record.here(*sits[:3])
    record.enter("interest", 1, seat=sits[0], **interest("stay_no_vote"))
    assert record.picture.quorum(1, one).is_met
    with pytest.raises(Refusal, match="stays without a vote"):
        record.outcome(1, one, votes={"1": "for", "2": "for"})


def test_rule_that_cannot_be_met_says_so():
    record, one, _ = meeting(of=board(quorum_number=9))
    assert record.picture.quorum(0, one).never
    record, one, _ = meeting()
    assert not record.picture.quorum(0, one).never


def test_decision_without_quorum_is_refused():
    record, one, sits = meeting()
    record.here(*sits[:2])
    with pytest.raises(Refusal, match=r"no quorum for this item \(2 here, 3 needed\)"):
        record.outcome(1, one)
    record.outcome(1, one, "deferred", text="Until the next meeting")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("gone", "declared an interest and leaves"),
        ("absent", "not recorded as here"),
        ("mute", "has no vote"),
        ("stranger", "That seat is not on"),
    ],
)
def test_vote_of_somebody_who_may_not_is_refused(how, words):
    record, one, sits = meeting(number=6)
    record.here(*sits[:5])
    votes = {"2": "for", "3": "for", "4": "for", "1": "for"}
    if how == "gone":
        record.enter("interest", 1, seat=sits[0], **interest("papers_withheld"))
    if how == "absent":
        votes = {"6": "for"}
    if how == "mute":
        sits[0].voting = False
    if how == "stranger":
        votes = {"99": "for"}
    with pytest.raises(Refusal, match=words):
        record.outcome(1, one, votes=votes)


def test_substitute_does_not_sit_beside_the_member():
    record, _, sits = meeting()
    record.here(sits[0])
    with pytest.raises(Refusal, match="never sits beside the member"):
        record.check("attendance", seat=sits[0], status="room", name="Alex", sits="substitute")
    record.enter("attendance", 2, seat=sits[0], status="absent", name="Person 1", sits="holder")
    record.enter("attendance", 2, seat=sits[0], status="room", name="Alex", sits="substitute")
    assert record.picture.attends(sits[0], 1).name == "Person 1"
    assert record.picture.attends(sits[0], 2).name == "Alex"


def test_interest_is_of_who_declared_it():
    """A substitute who comes in their place votes, and the interest is recorded under the name of the member."""
    record, one, sits = meeting()
    record.here(*sits[:4])
    record.enter("interest", 2, seat=sits[0], **interest("withdraw"))
    record.enter("attendance", 2, seat=sits[0], status="absent", name="Person 1", sits="holder")
    assert 1 in record.picture.left(2)
    record.enter("attendance", 2, seat=sits[0], status="room", name="Alex", sits="substitute")
    record.outcome(2, one, votes={"1": "for"})
    assert [each.name for each in record.picture.interests[2]] == ["Person 1"]


@pytest.mark.parametrize(
    ("deputy", "sits_as", "name", "words"),
    [
        (None, "holder", "", "Nobody holds the seat"),
        ("Dee", "deputy", "Alex", "The deputy is Dee. Enter somebody else as a substitute"),
        (None, "deputy", "Alex", "This seat has no deputy"),
        ("Dee", "deputy", "Dee", ""),
    ],
)
def test_seat_is_taken_by_who_may_take_it(deputy, sits_as, name, words):
    record, _, sits = meeting()
    holder = None if sits_as == "holder" else "Person 1"
    sits[0].holders = [SimpleNamespace(holder=holder, deputy=deputy)]
    facts = {"seat": sits[0], "status": "room", "name": name, "sits": sits_as}
    if words:
        with pytest.raises(Refusal, match=words):
            record.check("attendance", **facts)
    else:
        record.check("attendance", **facts)


def test_substitute_has_a_name():
    record, _, sits = meeting()
    with pytest.raises(Refusal, match="Enter the name"):
        record.check("attendance", seat=sits[0], status="room", name=" ", sits="substitute")


@pytest.mark.parametrize(
    ("regime", "kind", "mitigation", "dispensation", "allowed"),
    [
        (COUNCIL, "pecuniary", "note", "", False),
        (COUNCIL, "pecuniary", "stay_no_vote", "", False),
        (COUNCIL, "pecuniary", "withdraw", "", True),
        (COUNCIL, "pecuniary", "papers_withheld", "", True),
        (COUNCIL, "pecuniary", "note", "2026-12-31", True),
        (COUNCIL, "pecuniary", "note", "2026-09-13", False),  # it had ended
        (COUNCIL, "registrable", "note", "", True),
        (OWN, "financial", "note", "", True),
        (OWN, "indirect", "stay_no_vote", "", True),
    ],
)
def test_interest_is_dealt_with_as_the_regime_allows(regime, kind, mitigation, dispensation, allowed):
    record, _, sits = meeting(of=board(regime=regime))
    facts = interest(
        mitigation, kind, dispensation_until=dispensation, dispensation_by="Monitoring officer" if dispensation else ""
    )
    if allowed:
        record.check("interest", 1, seat=sits[0], **facts)
    else:
        with pytest.raises(Refusal, match=r"takes no part|had ended"):
            record.check("interest", 1, seat=sits[0], **facts)


def test_dispensation_says_who_gave_it_and_until_when():
    record, _, sits = meeting()
    with pytest.raises(Refusal, match="who gave the dispensation"):
        record.check("interest", 1, seat=sits[0], **interest("note", dispensation_by="Monitoring officer"))


def test_interest_declared_after_the_vote_is_refused():
    record, one, sits = meeting()
    record.here(*sits[:4])
    record.outcome(1, one, votes={"1": "for", "2": "for"})
    with pytest.raises(Refusal, match="They have voted"):
        record.check("interest", 1, seat=sits[0], **interest("withdraw"))
    record.check("interest", 1, seat=sits[0], **interest("note"))
    record.enter("interest", 1, seat=sits[2], **interest("withdraw"))
    with pytest.raises(Refusal, match="“Agreed” was entered for item 1, and that rests on who was here"):
        record.check("interest", 1, seat=sits[3], **interest("withdraw"))


@pytest.mark.parametrize("took_part", ["mover", "seconder", "casting"])
def test_interest_declared_after_they_took_part_is_refused(took_part):
    record, one, sits = meeting(casting=True)
    record.here(*sits)
    facts = {"votes": {"3": "for", "4": "against"}, "casting": "for"} if took_part == "casting" else {took_part: 1}
    record.outcome(1, one, **facts)
    with pytest.raises(Refusal, match=r"or moved or seconded it\. Take that outcome back first"):
        record.check("interest", 1, seat=sits[0], **interest("stay_no_vote"))


@pytest.mark.parametrize(
    ("regime", "kind", "known"),
    [(COUNCIL, "financial", False), (COUNCIL, "registrable", True), (OWN, "pecuniary", False), (OWN, "indirect", True)],
)
def test_interest_is_of_a_kind_that_the_board_knows(regime, kind, known):
    record, _, sits = meeting(of=board(regime=regime))
    if known:
        record.check("interest", 1, seat=sits[0], **interest("withdraw", kind))
    else:
        with pytest.raises(Refusal, match="declare other kinds of interest"):
            record.check("interest", 1, seat=sits[0], **interest("withdraw", kind))


EXEMPT, CONFIDENTIAL = ("exempt", "exempt_3"), ("confidential", "prohibited")


def closed_item(*grounds, of: Board, takers=None, **how):
    closure = closure_of(*((*ground, of) for ground in grounds))
    sits = seats(of)
    record = Record(order(item(1, *(takers or [of]), closure=closure), item(2, of), of=sits, **how))
    record.here(*sits)
    return record


def test_closed_item_waits_for_its_resolution():
    one = board(regime=COUNCIL)
    record = closed_item(EXEMPT, of=one)
    for kind, facts in (
        ("outcome", {"recommendation": 0, "outcome": "noted", "text": "", "votes": {}}),
        ("done", {"how": "taken"}),
    ):
        with pytest.raises(Refusal, match="resolved to take it in private"):
            record.check(kind, 1, board=one, **facts)
    record.enter("session", 1, board=one, private=True)
    assert record.picture.is_private(1)
    assert not record.picture.is_private(2)
    record.outcome(1, one)


def test_closed_item_without_resolution_is_taken_in_public():
    one = board(regime=COUNCIL)
    record = closed_item(EXEMPT, of=one)
    record.enter("session", 1, board=one, private=False)
    assert not record.picture.is_private(1)
    record.outcome(1, one)


def test_closed_item_may_be_put_off_without_resolution():
    record = closed_item(EXEMPT, of=board(regime=COUNCIL))
    record.enter("done", 1, how="put_off", because="The board did not resolve to take it in private")
    assert record.picture.is_dealt_with(record.order.items[0])


def test_confidential_item_needs_no_resolution():
    one = board(regime=COUNCIL)
    record = closed_item(CONFIDENTIAL, of=one)
    assert record.picture.is_private(1)
    with pytest.raises(Refusal, match="no resolution is needed"):
        record.check("session", 1, board=one, private=True)
    record.outcome(1, one)


def test_resolution_needs_a_ground_of_the_board_and_a_quorum():
    one, two = board(1), board(2)
    record = closed_item(("private", "own"), of=one, takers=[one, two])
    record.order.seats.update({seat.pk: seat for seat in seats(two, 3, first=21)})
    record.order = order(*record.order.items, of=list(record.order.seats.values()))
    with pytest.raises(Refusal, match="no ground of its own"):
        record.check("session", 1, board=two, private=True)
    record.enter("session", 1, board=one, private=True)
    assert not record.picture.is_private(1)  # the other board has not resolved


def test_open_item_and_private_meeting_need_no_resolution():
    record, one, _ = meeting()
    with pytest.raises(Refusal, match="This item is open"):
        record.check("session", 1, board=one, private=True)
    within = closed_item(("private", "own"), of=board(), is_public=False)
    with pytest.raises(Refusal, match="not open to the public"):
        within.check("session", 1, board=within.order.boards[0], private=True)
    within.outcome(1, within.order.boards[0])


def test_item_is_dealt_with_when_all_is_decided():
    record, one, sits = meeting(items=1, recommendations=2)
    record.here(*sits)
    record.outcome(1, one, recommendation=1)
    with pytest.raises(Refusal, match="recommendation 2"):
        record.check("done", 1, how="taken")
    assert record.picture.open_items() == list(record.order.items)
    record.outcome(1, one, recommendation=2)
    assert record.picture.open_items() == []


def test_item_for_information_is_dealt_with_when_taken():
    one = board()
    record = Record(order(item(1, one, purpose=Purpose.INFORMATION), of=seats(one)))
    assert record.picture.open_items()
    record.enter("done", 1, how="taken")
    assert not record.picture.open_items()
    with pytest.raises(Refusal, match="already"):
        record.check("done", 1, how="taken")


def test_putting_off_needs_a_reason_and_no_outcome():
    record, one, sits = meeting()
    record.here(*sits)
    with pytest.raises(Refusal, match="Say in a sentence why"):
        record.check("done", 1, how="put_off", because="-")
    record.outcome(1, one)
    with pytest.raises(Refusal, match="An outcome is entered"):
        record.check("done", 1, how="put_off", because="There was no time for it today")
    record.enter("done", 2, how="put_off", because="There was no time for it today")
    with pytest.raises(Refusal, match="was put off"):
        record.outcome(2, one)


def test_entry_is_taken_back_once():
    record, _, sits = meeting()
    record.here(sits[0])
    record.enter("undo", entry=1)
    assert record.picture.attends(sits[0], 0) is None
    for number, words in ((1, "already"), (9, "no such entry")):
        with pytest.raises(Refusal, match=words):
            record.check("undo", entry=number)


@pytest.mark.parametrize("kind", ["attendance", "vote", "presides"])
def test_what_an_outcome_rests_on_is_not_taken_back(kind):
    record, one, sits = meeting(casting=True)
    record.here(*sits[:4])
    record.enter("presides", seat=sits[1], name="Person 2")
    tie = {"1": "for", "4": "against"}
    voted = {"votes": tie, "casting": "for"} if kind == "presides" else {"votes": tie if kind == "vote" else {}}
    number = record.outcome(1, one, "not_agreed" if kind == "vote" else "agreed", **voted)
    rests_on = {"attendance": 3, "vote": 1, "presides": 5}[kind]
    if kind == "attendance":
        record.enter("undo", entry=2)
    with pytest.raises(Refusal, match=r"was entered for item 1, and that rests on this\. Take that entry back first"):
        record.check("undo", entry=rests_on)
    record.enter("undo", entry=number)
    record.enter("undo", entry=rests_on)


def test_resolution_that_an_item_rests_on_is_not_taken_back():
    one = board(regime=COUNCIL, quorum_number=5)
    record = closed_item(EXEMPT, of=one)
    resolved = record.enter("session", 1, board=one, private=True)
    with pytest.raises(Refusal, match="Sam has entered already that it was passed"):
        record.check("session", 1, board=one, private=False)
    with pytest.raises(Refusal, match="That the public leaves was entered for item 1"):
        record.check("undo", entry=1)
    record.outcome(1, one)
    done = record.enter("done", 1, how="taken")
    record.enter("undo", entry=done - 1)
    with pytest.raises(Refusal, match="That it was taken was entered for item 1"):
        record.check("undo", entry=resolved)
    record.enter("undo", entry=done)
    record.enter("undo", entry=resolved)


@pytest.mark.parametrize(
    ("seat", "place", "facts", "refused"),
    [
        (3, 1, {"status": "absent"}, True),  # no quorum then
        (3, 2, {"status": "absent"}, False),
        (1, 0, {"status": "absent"}, False),  # another entry holds from item 1 on
        (1, 1, {"status": "absent"}, True),
        (1, 1, {"status": "room", "name": "Somebody else"}, True),  # they voted under another name
        (4, 1, {"status": "room"}, False),
        (2, 1, {"status": "online"}, False),
    ],
)
def test_attendance_entered_later_leaves_outcomes_standing(seat, place, facts, refused):
    record, one, sits = meeting()
    record.here(*sits[:3])
    record.here(sits[0], place=1)
    record.outcome(1, one, votes={"1": "for", "2": "for"})
    given = {"name": f"Person {seat}", "sits": "holder"} | facts
    if refused:
        with pytest.raises(Refusal, match="Enter this from the next item on, or take that entry back first"):
            record.check("attendance", place, seat=sits[seat - 1], **given)
    else:
        record.check("attendance", place, seat=sits[seat - 1], **given)


def test_what_is_taken_back_stays_so():
    record, _, sits = meeting()
    record.here(sits[0])
    number = record.enter("undo", entry=1)
    with pytest.raises(Refusal, match="Enter again what was right"):
        record.check("undo", entry=number)


def test_newer_version_of_the_agenda_keeps_what_was_entered():
    """Its items have rows of their own; an entry names the row of the version that was in force then."""
    record, one, sits = meeting()
    record.here(*sits)
    record.outcome(2, one)
    record.rows[-1].item_id += 1
    assert (2, one.pk, 0) in record.picture.outcomes


def test_entry_for_no_item_is_refused():
    record, _, _ = meeting()
    for kind in ("item", "note", "speaker", "action", "done", "session", "outcome"):
        with pytest.raises(Refusal, match="Say which item"):
            record.check(kind, 9, how="taken", private=True)


@pytest.mark.parametrize("how", ["apologies", "leaves"])
def test_who_is_not_here_does_not_preside(how):
    record, _, sits = meeting()
    record.here(sits[0], status="apologies" if how == "apologies" else "room")
    if how == "leaves":
        record.enter("interest", 1, seat=sits[0], **interest("withdraw"))
    with pytest.raises(Refusal, match="Person 1 is not here at this item"):
        record.check("presides", 1, seat=sits[0], name="Person 1")


def test_substitute_who_presides_is_named():
    record, _, sits = meeting()
    record.enter("attendance", seat=sits[0], status="room", name="Alex", sits="substitute")
    record.enter("presides", seat=sits[0], name="Person 1, Seat 1")
    assert record.picture.presides(1).name == "Alex, Seat 1"


def test_who_presides_changes_by_item():
    record, _, sits = meeting()
    record.enter("presides", 0, seat=sits[0], name="Person 1")
    record.enter("presides", 2, seat=sits[1], name="Person 2")
    assert [record.picture.presides(place).name for place in (1, 2)] == ["Person 1", "Person 2"]

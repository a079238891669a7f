"""Why something cannot be entered in the record of a meeting as it stands.

Pure: it reads the picture and the new entry. Sources: DOMAIN §2; Localism Act 2011 s.31 and s.33 (interests); Local
Government Act 1972 s.100A(4) (private sessions). Outcomes have checks of their own (`outcome_checks`).
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from assemblies.sittings.entry_kinds import HERE, Done, EntryKind, Mitigation, Sits, mitigations_of
from assemblies.sittings.new_entry import NewEntry, board_of, item_of, seat_of
from assemblies.sittings.order_of_business import Business
from assemblies.sittings.outcome_checks import casts, may_stand, needs_quorum, outcome
from assemblies.sittings.picture import Picture, Recorded
from partnership.boards.models import Seat
from partnership.interests.interest_kinds import CODES, code_of
from partnership.refusals import Refusal
from partnership.text import is_a_reason


def check(entry: NewEntry, picture: Picture) -> None:
    """Raises Refusal, in words for the person who enters it, where the rules or the record say no."""
    if look := CHECKS.get(entry.kind):
        look(entry, picture)


def kept(entry: NewEntry, picture: Picture) -> dict[str, Any]:
    """Its facts as the record keeps them: with what follows from how the meeting stands now, so that nothing later changes it."""
    item = picture.order.item(entry.place)
    if entry.kind == EntryKind.INTEREST and entry.seat:
        return entry.facts | {"name": picture.sits(entry.seat, entry.place)}
    if entry.kind == EntryKind.PRESIDES and entry.seat and (how := picture.attends(entry.seat, entry.place)):
        return entry.facts | ({"name": f"{how.name}, {entry.seat.title}"} if how.in_whose_place else {})
    if entry.kind != EntryKind.OUTCOME or item is None or entry.board is None:
        return entry.facts
    put = next(each for each in item.puts(entry.board) if each.number == entry.facts["recommendation"])
    facts = entry.facts | {"report": put.report}
    if facts.get("casting"):
        facts["casting_by"] = casts(picture, item, entry.board).pk
    return facts


def attendance(entry: NewEntry, picture: Picture) -> None:
    """A deputy or a substitute takes the seat of somebody who is not there: never beside them."""
    seat, facts = seat_of(entry), entry.facts
    before = picture.attends(seat, entry.place)
    comes_instead = facts.get("sits", Sits.HOLDER) != Sits.HOLDER
    _may_sit(seat, facts)
    if comes_instead and not facts.get("name", "").strip():
        raise Refusal("Enter the name of who sits in their place.", "name")
    if comes_instead and before and before.is_here and before.sits == Sits.HOLDER and before.name != facts["name"]:
        raise Refusal(
            f"{before.name or seat.title} is here. Enter first that they left, or for which item: a substitute never sits "
            "beside the member.",
            "name",
        )
    _leaves_standing(
        entry, picture, "that rests on who was here. Enter this from the next item on, or take that entry back first."
    )


def _may_sit(seat: Seat, facts: dict) -> None:
    """A vacant seat has no holder who could be here, and a deputy is who was named so; others come as a substitute."""
    term = seat.holders[0] if seat.holders else None
    sits = facts.get("sits", Sits.HOLDER)
    if sits == Sits.HOLDER and facts["status"] in HERE and not (term and term.holder):
        raise Refusal(f"Nobody holds the seat “{seat.title}”. Ask staff to enter who was appointed.", "seat")
    deputy = str(term.deputy) if term and term.deputy else ""
    if sits == Sits.DEPUTY and facts.get("name", "").strip() != deputy:
        named = f"The deputy is {deputy}" if deputy else "This seat has no deputy"
        raise Refusal(f"{named}. Enter somebody else as a substitute.", "sits")


def presides(entry: NewEntry, picture: Picture) -> None:
    """Whoever presides is not somebody who sent apologies, left, or leaves for the item."""
    seat = seat_of(entry)
    how = picture.attends(seat, entry.place)
    if (how and not how.is_here) or seat.pk in picture.left(entry.place):
        raise Refusal(f"{picture.sits(seat, entry.place)} is not here at this item, so they do not preside.", "seat")


def interest(entry: NewEntry, picture: Picture) -> None:
    item, seat, facts = item_of(entry, picture), seat_of(entry), entry.facts
    board = picture.order.board(seat.board_id)
    if board is None or board.pk not in {each.board.pk for each in item.takers}:
        raise Refusal("Their board does not take this item.")
    known = CODES[code_of(board.regime)].kinds
    if facts["kind"] not in known:
        kinds = ", ".join(f"“{each.label}”" for each in known)
        raise Refusal(f"Members of the {board} declare other kinds of interest: {kinds}.", "interest_kind")
    until = facts.get("dispensation_until")
    if bool(facts.get("dispensation_by", "").strip()) != bool(until):
        raise Refusal("Enter who gave the dispensation, and until when it holds.", "dispensation_by")
    if until and date.fromisoformat(until) < picture.order.day:
        raise Refusal("That dispensation had ended by the day of the meeting.", "dispensation_until")
    allowed = mitigations_of(board.regime, facts["kind"], has_dispensation=bool(until))
    if facts["mitigation"] not in allowed:
        raise Refusal(
            "With a disclosable pecuniary interest a member of a council body takes no part: they leave for the item, unless a "
            "dispensation is recorded.",
            "mitigation",
        )
    if facts["mitigation"] != Mitigation.NOTE and _took_part(picture, item, seat):
        raise Refusal(
            "They have voted on this item, or moved or seconded it. Take that outcome back first, then enter the interest."
        )
    _leaves_standing(entry, picture, "that rests on who was here. Take that entry back first, then enter the interest.")


def _took_part(picture: Picture, item: Business, seat: Seat) -> bool:
    """Whether somebody in the seat voted on the item, moved or seconded it, or cast the deciding vote."""
    return any(
        str(seat.pk) in said.facts.get("votes", {})
        or seat.pk in (said.facts.get("mover"), said.facts.get("seconder"), said.facts.get("casting_by"))
        for said in picture.outcomes_of(item.place)
    )


def session(entry: NewEntry, picture: Picture) -> None:
    """A board in public goes into private session by a resolution, for an item that is closed on a ground of its own."""
    item = item_of(entry, picture)
    board = board_of(entry, item)
    if not picture.order.is_public:
        raise Refusal("This meeting is not open to the public: no resolution is needed.")
    if item.closure is None:
        raise Refusal("This item is open. Close it with a ground before it is taken in private.")
    if not item.needs_resolution:
        raise Refusal("The law requires this item to be taken in private: no resolution is needed.")
    if said := picture.resolutions.get((item.place, board.pk)):
        passed = "passed" if said.facts["private"] else "not passed"
        raise Refusal(f"{said.by} has entered already that it was {passed}. Take that entry back first if it is wrong.")
    if entry.facts["private"]:
        if board in item.closure.lacks_ground_of([board]):
            raise Refusal(f"The {board} has given no ground of its own for closing this item.")
        needs_quorum(picture, entry.place, board)


def _leaves_standing(entry: NewEntry, picture: Picture, words: str) -> None:
    """Raises Refusal where something entered before would lack what it rests on, once this is entered. What lacks it already is
    left alone."""
    after = picture.after(entry.kind, entry.place, entry.seat, kept(entry, picture))
    for what, place, stands in _resting(picture):
        item = picture.order.item(place)
        now = stands(picture)
        if item and now and now != stands(after):
            raise Refusal(f"{what} was entered for item {item.number}, and {words}")


def _resting(picture: Picture) -> Iterator[tuple[str, int, Callable[[Picture], list]]]:
    """What was entered that rests on other entries, in words; its place; and what it rests on in a picture, empty where it cannot
    stand there."""
    for (place, board_pk, _), said in picture.outcomes.items():
        yield f"“{said.outcome}”", place, partial(_basis, place=place, board_pk=board_pk, said=said)
    for (place, board_pk), said in picture.resolutions.items():
        if said.facts["private"]:
            yield "That the public leaves", place, partial(_has_quorum, place=place, board_pk=board_pk)
    for place, said in picture.done.items():
        if said.facts["how"] == Done.TAKEN:
            yield "That it was taken", place, partial(_is_resolved, place=place)


def _basis(picture: Picture, *, place: int, board_pk: int, said: Recorded) -> list:
    """Under which names people voted for the outcome, moved and seconded it; empty where it cannot stand."""
    item, board, facts = picture.order.item(place), picture.order.board(board_pk), said.facts
    if item is None or board is None:
        return []
    try:
        may_stand(picture, item, board, facts, until=said.number)
    except Refusal:
        return []
    took_part = [*map(int, facts.get("votes", {})), facts.get("mover"), facts.get("seconder")]
    if facts.get("casting"):
        took_part.append(casts(picture, item, board, said.number).pk)
    seats = [picture.order.seats[pk] for pk in took_part if pk in picture.order.seats]
    return [board_pk, *((seat.pk, how.name if (how := picture.attends(seat, place)) else "") for seat in seats)]


def _has_quorum(picture: Picture, *, place: int, board_pk: int) -> list:
    board = picture.order.board(board_pk)
    return [board_pk] if board and picture.quorum(place, board).is_met else []


def _is_resolved(picture: Picture, *, place: int) -> list:
    return [] if picture.must_resolve(place) else [place]


def done(entry: NewEntry, picture: Picture) -> None:
    item = item_of(entry, picture)
    if said := picture.done.get(item.place):
        raise Refusal(f"{said.by} has entered “{Done(said.facts['how']).label}” already.")
    if entry.facts["how"] == Done.PUT_OFF:
        if not is_a_reason(entry.facts.get("because", "")):
            raise Refusal("Say in a sentence why it is put off, and until when.", "because")
        if picture.outcomes_of(item.place):
            raise Refusal("An outcome is entered for this item. Take it back first, or enter the rest as deferred.")
        return
    if waits := picture.must_resolve(item.place):
        raise Refusal(f"This item is closed. First enter whether the {waits[0]} resolved to take it in private.")
    if left := picture.outstanding(item):
        board, put = left[0]
        what = f"recommendation {put.number}" if put.number else "the item"
        raise Refusal(f"The {board} has still to say what it decides on {what}.")


def question(entry: NewEntry, picture: Picture) -> None:
    """It is asked once: the minutes say each time that it was."""
    asked = (said for rows in picture.said.values() for kind, said in rows if kind == EntryKind.QUESTION)
    if first := next((said for said in asked if said.facts["question"] == entry.facts["question"]), None):
        raise Refusal(f"{first.by} has entered already that it was asked. Add to the answer in a reply.")


def undo(entry: NewEntry, picture: Picture) -> None:
    number = entry.facts["entry"]
    if number > picture.newest or number < 1:
        raise Refusal("There is no such entry.")
    if number in picture.undone:
        raise Refusal("Someone has taken this back already.")
    kind = next((each.kind for each in picture.entries if each.number == number), "")
    if kind == EntryKind.UNDO:
        raise Refusal("That takes something back. Enter again what was right.")
    if kind == EntryKind.QUESTION:
        raise Refusal(
            "A question that was asked stays so: its asker and everybody read that. Correct the answer in a reply."
        )
    _leaves_standing(entry, picture, "that rests on this. Take that entry back first.")


def _on_an_item(entry: NewEntry, picture: Picture) -> None:
    item_of(entry, picture)


CHECKS: dict[str, Callable[[NewEntry, Picture], None]] = {
    EntryKind.ITEM: _on_an_item,
    EntryKind.ATTENDANCE: attendance,
    EntryKind.PRESIDES: presides,
    EntryKind.INTEREST: interest,
    EntryKind.SESSION: session,
    EntryKind.SPEAKER: _on_an_item,
    EntryKind.NOTE: _on_an_item,
    EntryKind.ACTION: _on_an_item,
    EntryKind.OUTCOME: outcome,
    EntryKind.DONE: done,
    EntryKind.QUESTION: question,
    EntryKind.UNDO: undo,
}

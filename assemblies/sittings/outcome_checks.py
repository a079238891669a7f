"""Why an outcome cannot be entered as the meeting stands: the resolution, the quorum and the votes that it rests on.

Pure: it reads the picture and the new entry. Sources: DOMAIN §2; Local Government Act 1972 Schedule 12 paragraph 39 (a majority
of those present and voting, the casting vote).
"""

from assemblies.meetings.purposes import may_decide
from assemblies.sittings.entry_kinds import DECIDES, Mitigation, Outcome, Vote
from assemblies.sittings.new_entry import NewEntry, board_of, item_of
from assemblies.sittings.order_of_business import Business
from assemblies.sittings.picture import Picture
from partnership.boards.models import Board, Seat
from partnership.refusals import Refusal


def outcome(entry: NewEntry, picture: Picture) -> None:
    """Raises Refusal for an outcome that is entered already, that its board cannot give, or that lacks words, quorum or votes."""
    item = item_of(entry, picture)
    board = board_of(entry, item)
    facts = entry.facts
    _is_new(picture, item, board, facts)
    if picture.put_off(item.place):
        raise Refusal("The item was put off. Take that back first.")
    if facts["recommendation"] not in {put.number for put in item.puts(board)}:
        raise Refusal("Select one of the recommendations of the report.", "recommendation")
    if facts["outcome"] == Outcome.AMENDED and not facts.get("text", "").strip():
        raise Refusal("Enter the text as it was agreed.", "text")
    if facts["outcome"] == Outcome.DEFERRED and not facts.get("text", "").strip():
        raise Refusal("Say until when, or what it waits for.", "text")
    if facts["outcome"] == Outcome.RECOMMENDED and item.board_decides(board):
        raise Refusal(f"The {board} decides on this item. Select what it decided.", "outcome")
    if facts["outcome"] in DECIDES:
        _may_decide(item, board)
    may_stand(picture, item, board, facts)


def may_stand(picture: Picture, item: Business, board: Board, facts: dict, until: int | None = None) -> None:
    """Raises Refusal where an outcome lacks what it rests on: the resolution, the quorum, and those who voted. `until`: the
    number of its entry, where it was entered already."""
    if waits := picture.must_resolve(item.place):
        raise Refusal(
            f"This item is closed. First enter whether the {waits[0]} resolved to take it in private; if it did not, the item is "
            "taken in public or put off."
        )
    if facts["outcome"] in DECIDES:
        needs_quorum(picture, item.place, board)
    _votes(facts, picture, item, board, until)


def _is_new(picture: Picture, item: Business, board: Board, facts: dict) -> None:
    said = picture.outcomes.get((item.place, board.pk, facts["recommendation"]))
    if said:
        raise Refusal(
            f"{said.by} has entered “{said.outcome}” already. Take that entry back first if it is wrong.", "outcome"
        )


def _may_decide(item: Business, board: Board) -> None:
    if not may_decide(board):
        raise Refusal(
            f"The {board} is a consultative forum: it takes no decisions. Enter what it recommends.", "outcome"
        )
    if not item.board_decides(board):
        raise Refusal(
            f"The {board} advises on this item, and another board decides. Enter what it recommends.", "outcome"
        )


def needs_quorum(picture: Picture, place: int, board: Board) -> None:
    """Raises Refusal where the board has no quorum at the item."""
    quorum = picture.quorum(place, board)
    if not quorum.is_met:
        raise Refusal(
            f"The {board} has no quorum for this item ({quorum.words}), so it cannot decide. Defer the item, or note it.",
            "outcome",
        )


def _votes(facts: dict, picture: Picture, item: Business, board: Board, until: int | None) -> None:
    """Each vote is of a seat that may vote, and the outcome is what the votes say; a tie is broken where the board says so."""
    votes, casting = facts.get("votes", {}), facts.get("casting", "")
    may = {str(seat.pk) for seat in picture.may_vote(item.place, board)}
    for seat_pk in votes:
        if seat_pk not in may:
            seat = picture.order.seats.get(int(seat_pk))
            raise Refusal(f"{_why_no_vote(picture, item, board, seat)}", "votes")
    _movers(facts, picture, item, board)
    if not votes:
        if casting:
            raise Refusal("A casting vote is given when votes are equal: enter the votes first.", "casting")
        return
    values = list(votes.values())
    for_, against = values.count(Vote.FOR), values.count(Vote.AGAINST)
    if casting and not picture.order.practice(board).has_casting_vote:
        raise Refusal(f"Nobody has a casting vote on the {board}.", "casting")
    if casting and for_ != against:
        raise Refusal("The votes are not equal, so there is no casting vote.", "casting")
    if casting:
        casts(picture, item, board, until)
    carried = for_ > against or (for_ == against and casting == Vote.FOR)
    if facts["outcome"] in (Outcome.AGREED, Outcome.AMENDED) and not carried:
        raise Refusal(f"By these votes it is not agreed: {for_} for, {against} against.", "outcome")
    if facts["outcome"] == Outcome.NOT_AGREED and carried:
        raise Refusal(f"By these votes it is agreed: {for_} for, {against} against.", "outcome")


def casts(picture: Picture, item: Business, board: Board, until: int | None = None) -> Seat:
    """Returns whose casting vote it is. Raises Refusal where the board has nobody who may cast it now."""
    seat = picture.casts(item.place, board, until)
    if seat is None:
        raise Refusal(f"The {board} has no chair. Enter first who presides.", "casting")
    if seat not in picture.may_vote(item.place, board):
        why = _why_no_vote(picture, item, board, seat)
        raise Refusal(f"The casting vote is that of who presides, or of the chair. {why}", "casting")
    return seat


def _movers(facts: dict, picture: Picture, item: Business, board: Board) -> None:
    mover, seconder = facts.get("mover"), facts.get("seconder")
    here = {seat.pk for seat in picture.may_vote(item.place, board)}
    for name, seat_pk in (("mover", mover), ("seconder", seconder)):
        if seat_pk and seat_pk not in here:
            raise Refusal("Select somebody who may vote on this item.", name)
    if mover and mover == seconder:
        raise Refusal("One person cannot both move and second it.", "seconder")
    if facts["outcome"] in DECIDES and picture.order.practice(board).names_movers and not (mover and seconder):
        raise Refusal(
            f"Choose who moved it and who seconded it: the {board} names both.", "seconder" if mover else "mover"
        )


def _why_no_vote(picture: Picture, item: Business, board: Board, seat: Seat | None) -> str:
    if seat is None or seat.board_id != board.pk:
        return f"That seat is not on the {board}."
    how = picture.attends(seat, item.place)
    name = (how.name if how else "") or seat.title
    if not seat.voting:
        return f"{name} has no vote on the {board}."
    if how is None or not how.is_here:
        return f"{name} is not recorded as here at this item, so they cannot vote."
    if seat.pk in picture.left(item.place):
        return f"{name} declared an interest and leaves for this item, so they cannot vote."
    if seat.pk in picture.with_interest(item.place, [Mitigation.STAY_NO_VOTE]):
        return f"{name} declared an interest and stays without a vote."
    return f"{name} attends online, and the law counts who is in the room."

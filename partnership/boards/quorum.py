"""Whether enough members are present for a board to decide.

Source: DOMAIN §2. Quorum belongs to the board: a number, or a fraction of its members, or both, and the sectors that
must be present. Council bodies count who is in the room, and those online only in the periods that the law names. A member
with a conflict of interest who withdraws does not count. Members are the holders of voting seats: whoever attends without a
vote does not count either.
"""

from collections.abc import Collection, Iterable
from datetime import date

from partnership.boards import regimes
from partnership.boards.models import Board, Seat
from partnership.boards.regimes import Regime
from partnership.partners.models.partner import Sector

PARTS = {2: "half", 3: "a third", 4: "a quarter", 5: "a fifth"}


def needed(board: Board, members: int) -> int:
    """How many of `members` voting seats must be present; 0 where the board has no rule. A fraction is rounded up."""
    part = -(-members // board.quorum_one_in) if board.quorum_one_in else 0
    return max(board.quorum_number or 0, part)


def missing_sectors(board: Board, present: Iterable[Seat], withdrawn: Collection[Seat] = ()) -> list[Sector]:
    """The sectors named by the rule that nobody present counts for."""
    there = {seat.sector for seat in _counting(present, withdrawn)}
    return [Sector(sector) for sector in board.quorum_needs if sector not in there]


def is_met(
    board: Board,
    *,
    present: Iterable[Seat],
    members: int,
    on: date,
    online: Collection[Seat] = (),
    withdrawn: Collection[Seat] = (),
) -> bool:
    """Whether the seats whose holder (or deputy) is `present` make a quorum of `members` voting seats `on` the day.

    `online`: those of the present who are not in the room. `withdrawn`: seats whose holder leaves the meeting for the item
    because of a conflict of interest.
    """
    there = counting(board, present=present, on=on, online=online, withdrawn=withdrawn)
    return len(there) >= needed(board, members) and not missing_sectors(board, there)


def counting(
    board: Board, *, present: Iterable[Seat], on: date, online: Collection[Seat] = (), withdrawn: Collection[Seat] = ()
) -> set[Seat]:
    """The seats that count for the quorum: see `is_met`."""
    return _counting(present, {*withdrawn, *(() if regimes.online_counts(board.regime, on) else online)})


def in_words(board: Board) -> str:
    """The rule as those who read the board's page understand it; empty where the board has none."""
    parts = []
    if board.quorum_number:
        parts.append(f"at least {board.quorum_number} voting member{'' if board.quorum_number == 1 else 's'}")
    if board.quorum_one_in:
        part = PARTS.get(board.quorum_one_in, f"one in {board.quorum_one_in}")
        parts.append("all voting members" if board.quorum_one_in == 1 else f"at least {part} of the voting members")
    needs = [f"someone who speaks for the sector “{Sector(sector).label}”" for sector in board.quorum_needs]
    if not parts and not needs:
        return ""
    said = " and ".join(parts + needs)
    where = " in the room" if board.regime == Regime.COUNCIL else ""
    return (
        f"A decision needs {said} to be present{where}. "
        "A member who withdraws because of a conflict of interest does not count."
    )


def _counting(present: Iterable[Seat], withdrawn: Collection[Seat]) -> set[Seat]:
    return {seat for seat in present if seat.voting} - set(withdrawn)

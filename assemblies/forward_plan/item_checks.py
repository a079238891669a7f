"""What stops an item from being planned: a board that may not, a meeting that cannot, and the same topic there already."""

from datetime import datetime

from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import Purpose, may_decide, refuse_decision
from partnership import dates
from partnership.boards.models import Board
from partnership.refusals import Refusal

Role = PlannedItem.Role


def refuse_decisions(board: Board, role: str, purpose: str) -> None:
    """Raises Refusal where a board that only advises is to decide, or has an item for decision."""
    if role == Role.DECISIVE and not may_decide(board):
        raise Refusal(f"The {board} is a consultative forum: it advises, and decides nothing.", "role")
    refuse_decision(board, purpose)


def refuse_key(board: Board, role: str, purpose: str, *, is_key: bool, in_private: bool) -> None:
    """Raises Refusal for a key decision that is not decided, and for one, or an item to be taken in private, of a board that is
    no council's executive: of no others the law asks 28 days' notice. Source: see `executive_notices.notice_kinds`."""
    field = "is_key" if is_key else "in_private"
    if (is_key or in_private) and not board.is_executive:
        raise Refusal(f"The {board} is not the executive of a council: the law asks it for no 28-day notices.", field)
    if is_key and (role, purpose) != (Role.DECISIVE, Purpose.DECISION):
        raise Refusal(
            "A key decision is decided: say that the board decides, and that the item is for decision.", field
        )


def refuse_meeting(board: Board, meeting: Meeting | None, now: datetime) -> None:
    """Raises Refusal for a meeting at which the board does not meet, that is cancelled or has started; None is no meeting yet."""
    if meeting is None:
        return
    if board not in boards_of(meeting):
        raise Refusal(f"This is no meeting of the {board}.", "meeting")
    if meeting.state == Meeting.State.CANCELLED:
        raise Refusal("That meeting is cancelled. Choose another.", "meeting")
    if meeting.starts_at <= now:
        raise Refusal("That meeting has started. Choose one to come.", "meeting")


def refuse_twice(there: PlannedItem | None) -> None:
    """Raises Refusal where an item of the topic is there already (see `live_item`)."""
    if there is None:
        return
    if there.meeting:
        raise Refusal(
            f"This topic is planned for the meeting on {dates.short_day(there.meeting.starts_at)} already.", "meeting"
        )
    raise Refusal(f"This topic waits for a meeting of the {there.board} already. Move that item.", "meeting")


def live_item(topic: Topic, board: Board, meeting: Meeting | None) -> PlannedItem | None:
    """The live item of the topic at the meeting, or that waits at the board without one; None where there is none."""
    return topic.items.live().filter(board=board, meeting=meeting).select_related("board", "meeting", "lead").first()

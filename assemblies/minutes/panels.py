"""Where minutes show themselves: on their meeting's page, on the agenda of the meeting that confirms them, on their board's page,
and where a meeting has just ended."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from assemblies.meetings.in_common import boards_of, of_any_board
from assemblies.meetings.models import Meeting
from assemblies.minutes.models import KeyMessages, Minutes, MinutesVersion
from assemblies.minutes.on_agenda import minutes_on
from assemblies.minutes.standing import standing_of
from assemblies.papers.models import AgendaVersion
from assemblies.sittings.models import Sitting
from partnership import panels
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_chaired_by
from partnership.panels import Panel

SHOWN = 3

AGREED_BEFORE = Minutes.objects.filter(state=Minutes.State.AGREED, meeting__starts_at__lt=OuterRef("starts_at"))
panels.ask_first(
    "meeting",
    has_minutes=Exists(Minutes.objects.filter(meeting=OuterRef("pk"))),
    has_minutes_to_confirm=of_any_board(AGREED_BEFORE),
    has_confirmed=Exists(MinutesVersion.objects.filter(confirmed_meeting=OuterRef("pk"))),
)


@panels.on("meeting.papers")
def of_meeting(meeting: Meeting, request: HttpRequest) -> Panel | None:
    """Minutes and key messages of the meeting; for staff and its chairs how far they are, and a way to draft them. Before the
    agenda is out, also what is to be confirmed: afterwards the agenda says it."""
    user, there_are = request.user, panels.may_have(meeting, "has_minutes")
    rows = _shown_of(meeting, user) if there_are else {}
    out = _key_messages_of(meeting, user) if there_are else []
    works_on = _works_on(meeting, user)
    done = {version.minutes.board_id for version in rows.values()}
    to_draft = [board for board in works_on if board.pk not in done]
    coming = None
    if _may_confirm(meeting) and not AgendaVersion.objects.published().filter(meeting=meeting).exists():
        coming = minutes_on(meeting, user, timezone.now())
    found = {
        "minutes_rows": [(version, standing_of(version)) for version in rows.values()],
        "out": out,
        "works_on": {board.pk for board in works_on},
        "to_draft": to_draft if to_draft and _may_draft(meeting, user) else [],
        "coming": coming if coming and coming.anything else None,
    }
    if not (rows or out or found["to_draft"] or found["coming"]):
        return None
    return Panel("minutes/_of_meeting.html", found, ("minutes", "Minutes"))


def _may_draft(meeting: Meeting, user) -> bool:
    """From the record once that has ended; where nobody recorded the meeting, staff alone, when it is over."""
    if meeting.state == Meeting.State.CANCELLED:
        return False
    record = Sitting.objects.visible_to(user).filter(meeting=meeting).first()
    if record:
        return not record.is_open
    return meeting.is_over and is_partnership_staff(user)


def _shown_of(meeting: Meeting, user) -> dict[int, MinutesVersion]:
    """Of each minutes of the meeting, by its id, the version to show: what was agreed stands."""
    seen = MinutesVersion.objects.visible_to(user).filter(minutes__meeting=meeting)
    rows: dict[int, MinutesVersion] = {}
    for version in seen.select_related("minutes__board", "minutes__meeting", "confirmed_meeting", "agreed_by"):
        known = rows.get(version.minutes_id)  # the newest first
        if known is None or (version.is_agreed and not known.is_agreed):
            rows[version.minutes_id] = version
    return rows


def _key_messages_of(meeting: Meeting, user) -> list[Minutes]:
    """The minutes of the meeting whose key messages are published."""
    published = KeyMessages.objects.visible_to(user).filter(minutes__meeting=meeting)
    rows = published.select_related("minutes__meeting", "minutes__board")
    return list({each.minutes_id: each.minutes for each in rows}.values())


def _may_confirm(meeting: Meeting) -> bool:
    return panels.may_have(meeting, "has_minutes_to_confirm") or panels.may_have(meeting, "has_confirmed")


def _works_on(meeting: Meeting, user) -> list[Board]:
    """The boards of the meeting whose minutes the person writes."""
    if not user.is_authenticated:
        return []
    boards = boards_of(meeting) if meeting.board_id else []
    if is_partnership_staff(user):
        return boards
    chaired = {board.pk for board in boards_chaired_by(user, timezone.localdate())}
    return [each for each in boards if each.pk in chaired]


@panels.on("agenda.foot")
def on_agenda(version: AgendaVersion, request: HttpRequest) -> Panel | None:
    """Which minutes the meeting is to confirm, or confirmed."""
    return _on(version.meeting, request)


@panels.on("draft_agenda.foot")
def on_draft(meeting: Meeting, request: HttpRequest) -> Panel | None:
    """The same, for those who prepare the meeting."""
    return _on(meeting, request)


def _on(meeting: Meeting, request: HttpRequest) -> Panel | None:
    asks = meeting.board_id and _may_confirm(meeting)
    found = minutes_on(meeting, request.user, timezone.now()) if asks else None
    return Panel("minutes/_on_agenda.html", {"minutes_on": found}) if found and found.anything else None


@panels.on("board.side")
def of_board(board: Board, request: HttpRequest) -> Panel | None:
    """The newest minutes of the board that the person may read, and where the others are."""
    agreed = MinutesVersion.objects.agreed().filter(minutes=OuterRef("pk"))
    rows = (
        Minutes.objects.visible_to(request.user).filter(Exists(agreed), board=board).select_related("meeting", "board")
    )
    found = list(rows.order_by("-meeting__starts_at")[:SHOWN])
    return Panel("minutes/_of_board.html", {"minutes_of_board": found}) if found else None


@panels.on("sitting.ended")
def after_the_meeting(sitting: Sitting, request: HttpRequest) -> Panel | None:
    """For those who write them: drafting the minutes is the next step."""
    meeting = sitting.meeting
    works_on = _works_on(meeting, request.user)
    known = {
        each.board_id: each
        for each in Minutes.objects.editable_by(request.user).filter(meeting=meeting).select_related("meeting", "board")
    }
    rows = [(board, known.get(board.pk)) for board in works_on]
    return Panel("minutes/_after_meeting.html", {"meeting": meeting, "rows": rows}) if rows else None

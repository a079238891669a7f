"""Finds the minutes of a board of a meeting for a page: 404 where there are none that the person may know of."""

from django.db.models import F
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.minutes.models import Minutes, MinutesVersion
from partnership.boards.models import Board
from partnership.ui.access import refuse_without

OF_VERSION = (
    "circulated_by",
    "agreed_by",
    "confirmed_by",
    "confirmed_meeting",
    "minutes__meeting__board",
    "minutes__board",
)


def minutes_of(rows, slug: str, board: str | None) -> Minutes:
    """Of the rows the minutes of the board, by its slug; of the host where none is named."""
    found = rows.select_related("meeting__board", "board").filter(meeting__slug=slug)
    if board is None:
        return get_object_or_404(found, board=F("meeting__board"))
    return get_object_or_404(found, board__slug=board)


def seen_versions(request: HttpRequest, minutes: Minutes) -> list[MinutesVersion]:
    """The versions that the person may see, the newest first; each with its minutes."""
    rows = MinutesVersion.objects.visible_to(request.user).filter(minutes=minutes).select_related(*OF_VERSION)
    return list(rows)


def worked_on(request: HttpRequest, slug: str, board: str, perm: str = "minutes.write") -> Minutes:
    """The minutes for those who work on them: 404 for everybody else, 403 without `perm`."""
    found = minutes_of(Minutes.objects.editable_by(request.user), slug, board)
    refuse_without(perm, request.user, found)
    return found


def meeting_and_board(request: HttpRequest, slug: str, board: str) -> tuple[Meeting, Board]:
    """A meeting that the person manages, and one of its boards that they chair, or any for staff."""
    meeting = get_object_or_404(Meeting.objects.editable_by(request.user).published().with_boards(), slug=slug)
    found = next((each for each in boards_of(meeting) if each.slug == board), None)
    if found is None:
        raise Http404
    refuse_without("minutes.write", request.user, Minutes(meeting=meeting, board=found))
    return meeting, found

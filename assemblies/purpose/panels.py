"""The purpose on the page of its board, and beside the call that asks about it."""

import rules
from django.http import HttpRequest

from assemblies.purpose.models import PurposeVersion, Round
from assemblies.sittings.on_screen import Screen
from assemblies.voice.models import CallForViews
from partnership import panels
from partnership.boards.models import Board
from partnership.panels import Panel


@panels.on("board.side")
def purpose_of_board(board: Board, request: HttpRequest) -> Panel | None:
    """Its sentence; for chair and staff also a way to enter it."""
    version = PurposeVersion.objects.newest().filter(board=board).first()
    if version is None and not rules.has_perm("purpose.write", request.user, board):
        return None
    return Panel("purpose/_on_board.html", {"version": version})


@panels.on("record.main")
def at_the_meeting(screen: Screen, request: HttpRequest) -> Panel | None:
    """For those who record the meeting: what members said before it. No query where no item was planned."""
    planned = {row.item.row.planned_id for row in screen.items if row.item.row} - {None}
    rounds = list(Round.objects.visible_to(request.user).with_facts().filter(planned__in=planned)) if planned else []
    return Panel("purpose/_on_record.html", {"rounds": rounds}) if rounds else None


@panels.on("call.main")
def about_the_purpose(call: CallForViews, request: HttpRequest) -> Panel | None:
    if not call.is_about_purpose:
        return None
    found = Round.objects.visible_to(request.user).select_related("board").filter(call=call).first()
    return Panel("purpose/_on_call.html", {"round": found}) if found else None

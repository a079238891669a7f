"""Who may read the papers of an import."""

from datetime import date

from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.past_papers.models import ImportedFile, PaperImport
from partnership.boards.models import Board
from partnership.boards.regimes import Regime

IN_PUBLIC = (Regime.COUNCIL, Regime.NHS)  # whose meetings the law opens to everybody


def is_usually_closed(board: Board) -> bool:
    """Whether its papers are for members alone unless somebody says otherwise: no law opens its meetings."""
    return board.regime not in IN_PUBLIC


def days_by_invitation(board: Board) -> set[date]:
    """Days on which the board has a meeting in the portal that is by invitation: no paper of it is open to everybody."""
    theirs = Meeting.objects.published().of_boards([board.pk]).filter(by_invitation=True)
    return {timezone.localdate(start) for start in theirs.values_list("starts_at", flat=True)}


def is_for_members(row: ImportedFile, batch: PaperImport, days: set[date]) -> bool:
    """Whether the paper will be for members alone: as somebody said of the file, or else of all; always on these days."""
    said = batch.members_only if row.members_only is None else row.members_only
    return said or row.held_on in days

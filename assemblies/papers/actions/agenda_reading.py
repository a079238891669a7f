"""The chairs of the other boards of a meeting in common read the draft of its agenda, and say so."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import agenda
from assemblies.papers.actions.agenda_publication import fingerprint
from assemblies.papers.models import AgendaReading
from partnership import audit
from partnership.boards.models import Board
from partnership.refusals import Refusal


@transaction.atomic
def confirm(*, meeting: Meeting, board: Board, by, seen: str, now: datetime | None = None) -> AgendaReading:
    """Says that the chair of a board in common has read the draft as it stood; returns that. Read again, it says when last.

    The caller has checked that `by` chairs the board. Raises Refusal where there is no draft any more, and where somebody
    changed it since `seen`.
    """
    draft = agenda.draft_of(agenda.lock(meeting))
    if draft is None:
        raise Refusal("This draft has just been published, or deleted.")
    if fingerprint(draft) != seen:
        raise Refusal("Someone changed the draft after you opened this page. Read it again below.")
    facts = {"read_by": by, "read_at": now or timezone.now(), "seen": seen}
    reading, _ = AgendaReading.objects.update_or_create(version=draft, board=board, defaults=facts)
    audit.record(by=by, verb="agenda.draft_read", subject=meeting, number=draft.number, board=str(board))
    return reading

"""Where an action may have been agreed: the latest meetings of its board, and the items of their agendas."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from partnership import dates
from partnership.boards.models import Board

OFFERED = 6


class Agreed(NamedTuple):
    """A meeting, or one of its items; neither where it was agreed at no meeting."""

    meeting: Meeting | None = None
    item: AgendaItem | None = None


@dataclass
class Offered:
    """What a form offers: `choices` by meeting, and what each stands for."""

    choices: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    stand_for: dict[str, Agreed] = field(default_factory=dict)

    def find(self, chosen: str) -> Agreed:
        return self.stand_for.get(chosen, Agreed())


def agreed_at(board: Board, user) -> Offered:
    """The board's latest meetings that have started, the newest first, with the items that the person may read. Two queries."""
    held = Meeting.objects.visible_to(user).published().of_boards([board]).filter(starts_at__lte=timezone.now())
    meetings = list(held.exclude(state=Meeting.State.CANCELLED).order_by("-starts_at")[:OFFERED])
    items = (
        AgendaItem.objects.visible_to(user).filter(version__meeting__in=meetings).select_related("closure", "version")
    )
    offered = Offered()
    for meeting in meetings:
        whole = f"meeting-{meeting.pk}"
        rows = [(whole, "The meeting as a whole")]
        offered.stand_for[whole] = Agreed(meeting)
        for item in items:
            if item.version.meeting_id == meeting.pk:
                key = f"item-{item.pk}"
                closed = " (closed to the public)" if item.closed_by else ""
                rows.append((key, f"{item.position}. {item.title}{closed}"))
                offered.stand_for[key] = Agreed(meeting, item)
        offered.choices.append((f"{dates.day(meeting.starts_at)}: {meeting.title}", rows))
    return offered

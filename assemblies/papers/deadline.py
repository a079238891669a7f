"""Until when the agenda must be published, and whether publishing it now is late: then the chair says why it cannot wait."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers import changes
from assemblies.papers.models import AgendaVersion
from partnership.refusals import Refusal

FEWEST_LETTERS = 10  # of a reason, in any script


class Deadline(NamedTuple):
    """Until when the agenda may be published by the board's rule, and the days left, today included; 0 once it is late."""

    until: datetime
    left: int
    kind: str

    @property
    def last_day(self) -> date:
        return timezone.localdate(self.until)

    @property
    def is_over(self) -> bool:
        return self.left == 0


def of(meeting: Meeting, now: datetime | None = None) -> Deadline:
    """Source: the host board's rule (Local Government Act 1972 s.100B for committees of councils: five clear days)."""
    board, now, day = meeting.board, now or timezone.now(), timezone.localdate(meeting.starts_at)
    until = board.publish_until(day)
    left = board.days_left_to_publish(timezone.localdate(now), day) if now <= until else 0
    return Deadline(until, left, board.get_day_kind_display())


def needs_urgency(draft: AgendaVersion, now: datetime | None = None) -> bool:
    """Whether publishing it now needs the chair's reason: it is late, and the first version or one with new business."""
    return of(draft.meeting, now).is_over and _has_business(draft)


def _has_business(version: AgendaVersion) -> bool:
    return version.number == 1 or bool(changes.new_business(version))


def late_for(meeting: Meeting, starts_at: datetime) -> datetime | None:
    """Until when to publish for a meeting moved to `starts_at`, where what is published came after it.

    None where the meeting has no agenda yet, does not move to an earlier day, or all of its business was out in time.
    """
    if timezone.localdate(starts_at) >= timezone.localdate(meeting.starts_at):
        return None
    return too_late_for(starts_at, meeting, meeting.agenda_versions.published())


def too_late_for(starts_at: datetime, meeting: Meeting, versions: Iterable[AgendaVersion]) -> datetime | None:
    """Until when to publish for a meeting that begins then, where one of these versions had business after it."""
    until = meeting.board.publish_until(timezone.localdate(starts_at))
    after = (each for each in versions if each.published_at and each.published_at > until)
    return until if any(_has_business(each) for each in after) else None


def refuse_empty_reason(reason: str, field: str) -> None:
    """Raises Refusal where the chair's reason for what is late is missing, or is no sentence that anyone could read."""
    if sum(letter.isalpha() for letter in reason) < FEWEST_LETTERS:
        raise Refusal(
            "It is too late by the board’s rule. Say in a sentence why this is urgent and cannot wait.", field
        )

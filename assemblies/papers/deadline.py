"""Until when the agenda must be published, and whether publishing it now is late: then the chair says why it cannot wait."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from assemblies.meetings import in_common
from assemblies.meetings.in_common import BoardDay
from assemblies.meetings.models import Meeting
from assemblies.papers import changes
from assemblies.papers.models import AgendaVersion
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.text import is_a_reason


class Deadline(NamedTuple):
    """Until when the agenda may be published by the board's rule, and the days left, today included; 0 once it is late.

    Of a meeting in common, `board` is the one whose day comes first and binds all of them; `days` has the day of each.
    """

    until: datetime
    left: int
    kind: str
    board: Board
    days: Sequence[BoardDay] = ()

    @property
    def last_day(self) -> date:
        return timezone.localdate(self.until)

    @property
    def is_the_same_for_all(self) -> bool:
        """Whether the rules of all boards that meet name the same moment."""
        return all(each.until == self.until for each in self.days)

    @property
    def is_over(self) -> bool:
        return self.left == 0


def of(meeting: Meeting, now: datetime | None = None) -> Deadline:
    """Source: the board's rule (Local Government Act 1972 s.100B for committees of councils: five clear days), of several
    boards in common the earliest (DOMAIN §2)."""
    now, day, boards = now or timezone.now(), timezone.localdate(meeting.starts_at), in_common.boards_of(meeting)
    board, until = in_common.binding_day(boards, day)
    left = board.days_left_to_publish(timezone.localdate(now), day) if now <= until else 0
    return Deadline(until, left, board.get_day_kind_display(), board, in_common.days_to_publish(boards, day))


def needs_urgency(
    draft: AgendaVersion, now: datetime | None = None, found: Iterable[changes.Change] | None = None
) -> bool:
    """Whether publishing it now needs the chair's reason: it is late, and the first version or one with new business.

    `found`: the changes since the version before, where they are known.
    """
    return of(draft.meeting, now).is_over and _has_business(draft, found)


def _has_business(version: AgendaVersion, found: Iterable[changes.Change] | None = None) -> bool:
    if version.number == 1:
        return True
    return bool(changes.new_business(version) if found is None else [each for each in found if each.is_new_business])


def late_for(meeting: Meeting, starts_at: datetime) -> datetime | None:
    """Until when to publish for a meeting moved to `starts_at`, where what is published came after it.

    None where the meeting has no agenda yet, does not move to an earlier day, or all of its business was out in time.
    """
    if timezone.localdate(starts_at) >= timezone.localdate(meeting.starts_at):
        return None
    return too_late_for(starts_at, meeting, meeting.agenda_versions.published())


def too_late_for(starts_at: datetime, meeting: Meeting, versions: Iterable[AgendaVersion]) -> datetime | None:
    """Until when to publish for a meeting that begins then, where one of these versions had business after it."""
    until = in_common.publish_until(meeting, starts_at)
    after = (each for each in versions if each.published_at and each.published_at > until)
    return until if any(_has_business(each) for each in after) else None


def refuse_empty_reason(reason: str, field: str) -> None:
    """Raises Refusal where the chair's reason for what is late is missing, or is no sentence that anyone could read."""
    if not is_a_reason(reason):
        raise Refusal(
            "It is too late by the board’s rule. Say in a sentence why this is urgent and cannot wait.", field
        )

"""The programme: rewritten as a draft, released as a version that says what changed."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers import changes
from assemblies.papers.models import ProgrammeVersion, Session
from partnership import audit, dates, states
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale

State = ProgrammeVersion.State


class Row(NamedTuple):
    """A session as the form gives it; `pk` is None for a new one."""

    pk: int | None
    starts_at: datetime
    ends_at: datetime
    kind: str
    title: str
    speakers: str
    description: str


def draft_of(meeting: Meeting) -> ProgrammeVersion | None:
    return meeting.programme_versions.filter(state=State.DRAFT).first()


def released_of(meeting: Meeting) -> ProgrammeVersion | None:
    """The version people see: the newest that is released."""
    return meeting.programme_versions.filter(state=State.RELEASED).first()


@transaction.atomic
def revise(*, meeting: Meeting, by) -> ProgrammeVersion:
    """Returns the draft; if there is none, starts one with the sessions of the version people see."""
    locked = _lock(meeting)
    draft = draft_of(locked)
    if draft:
        return draft
    newest = locked.programme_versions.first()
    draft = ProgrammeVersion.objects.create(meeting=locked, number=newest.number + 1 if newest else 1)
    Session.objects.bulk_create(
        Session(version=draft, carried_from=session, **{name: getattr(session, name) for name in Row._fields[1:]})
        for session in (newest.sessions.all() if newest else [])
    )
    audit.record(by=by, verb="programme.drafted", subject=locked, number=draft.number)
    return draft


@transaction.atomic
def write(*, meeting: Meeting, by, rows: Sequence[Row], seen: str) -> ProgrammeVersion | None:
    """Makes these the sessions of the draft; returns it, or the version that holds just these already.

    A row of the version people see is matched to its copy in the draft. Raises Stale when somebody else wrote since
    `seen`.
    """
    locked = _lock(meeting)
    stands = draft_of(locked) or released_of(locked)
    if (_facts(stands.sessions.all()) if stands else []) == _facts(rows):
        return stands
    if fingerprint(stands) != seen:
        last = Entry.objects.about(locked).filter(verb__startswith="programme.").first()
        raise Stale(who=last.actor_label if last else "", when=last.at if last else timezone.now(), now=stands)
    draft = revise(meeting=locked, by=by)
    here = {session.pk: session for session in draft.sessions.all()}
    here |= {session.carried_from_id: session for session in here.values() if session.carried_from_id}
    kept = [here.get(row.pk) or Session(version=draft) for row in rows]
    draft.sessions.exclude(pk__in=[session.pk for session in kept if session.pk]).delete()
    for session, row in zip(kept, rows, strict=True):
        for name in Row._fields[1:]:
            setattr(session, name, getattr(row, name))
        session.save()
    audit.record(by=by, verb="programme.written", subject=locked, number=draft.number, sessions=len(rows))
    return draft


@transaction.atomic
def release(*, meeting: Meeting, by, seen: str, comment: str = "", now: datetime | None = None) -> ProgrammeVersion:
    """Shows the draft to everybody who sees the meeting. Returns the version people see; a second submission, the same one.

    The list of what changed is the portal's own; staff may add a comment. Raises Refusal when it is empty, changed since
    `seen`, or follows another version and changes nothing.
    """
    locked = _lock(meeting)
    draft, newest = draft_of(locked), released_of(locked)
    if draft is None:
        if newest and fingerprint(newest) == seen:
            return newest
        raise Refusal("There is no draft to release.")
    if not draft.sessions.exists():
        raise Refusal("The programme has no sessions yet. Add the first one.")
    if fingerprint(draft) != seen:
        raise Refusal("Someone changed the draft after you opened this page. Read it again below, then release it.")
    if newest and not changes.of_programme(draft):
        raise Refusal("Nothing has changed since the released version, so there is nothing to release.")
    states.move(
        draft,
        State.RELEASED,
        released_at=now or timezone.now(),
        released_by=by,
        change_note="\n".join(changes.of_programme(draft)) if newest else "",
        comment=comment.strip() if newest else "",
    )
    audit.record(by=by, verb="programme.released", subject=locked, number=draft.number)
    return draft


@transaction.atomic
def discard(*, meeting: Meeting, by) -> None:
    """Deletes the draft; what is released stays."""
    draft = draft_of(_lock(meeting))
    if draft:
        audit.record(by=by, verb="programme.draft_discarded", subject=meeting, number=draft.number)
        draft.delete()


def fingerprint(version: ProgrammeVersion | None) -> str:
    """Stands for the sessions of a version, so that nobody releases or overwrites what they have not read."""
    facts = _facts(version.sessions.all()) if version else []
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def warnings(meeting: Meeting, sessions: Sequence[Session]) -> list[str]:
    """What looks wrong and may yet be meant: sessions that overlap, or lie outside the meeting."""
    ordered = sorted(sessions, key=lambda session: (session.starts_at, session.ends_at))
    lines = [
        f"“{one.title}” and “{other.title}” overlap: {dates.clock(other.starts_at)} is before {dates.clock(one.ends_at)}."
        for one, other in pairwise(ordered)
        if other.starts_at < one.ends_at
    ]
    outside = [one for one in ordered if one.starts_at < meeting.starts_at or one.ends_at > meeting.ends_at]
    return lines + [f"“{session.title}” is outside the times of the meeting." for session in outside]


def _facts(sessions: Iterable[Session | Row]) -> list[tuple[str, ...]]:
    """The sessions as comparable words, whatever time zone their times are in."""
    return sorted(
        tuple(
            value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
            for value in (getattr(session, name) for name in Row._fields[1:])
        )
        for session in sessions
    )


def _lock(meeting: Meeting) -> Meeting:
    locked = Meeting.objects.locked().get(pk=meeting.pk)
    if locked.state in (Meeting.State.CLOSED, Meeting.State.CANCELLED):
        raise Refusal(f"The meeting is {locked.get_state_display()}, so its programme can no longer be changed.")
    return locked

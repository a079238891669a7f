"""The pack of a meeting and its supplements: what comes out together is said here, once, and a worker is told to make it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers import changes, choosing, emails
from assemblies.papers.actions import agenda
from assemblies.papers.models import AgendaVersion, MeetingPack, PackPart, ReplacedPack, Withdrawal
from assemblies.registrations import recipients
from partnership import audit, dates, states
from partnership.outbox import nudge
from partnership.refusals import Refusal

MAKE = "assemblies.papers.tasks.make_packs"
State = MeetingPack.State


def order(*, version: AgendaVersion, by, now: datetime | None = None) -> MeetingPack | None:
    """Says what comes out with a published version of the agenda: all of it with the first, and with a later one what is in no
    pack yet, as the next supplement. Returns the pack, which a worker makes; None where nothing is new.

    The caller holds the meeting's lock, and has published papers and reports.
    """
    found = MeetingPack.objects.filter(agenda=version).first()
    if found:
        return found
    earlier = list(PackPart.objects.filter(pack__meeting=version.meeting))
    parts = choosing.parts_of(version, earlier, changes.items_with_new_business(version))
    return _published(version.meeting, parts, by, now, _came_with(version), agenda=version) if parts else None


@transaction.atomic
def order_all(*, meeting: Meeting, by, now: datetime | None = None) -> MeetingPack:
    """The pack of an agenda that was published before there were packs. Raises Refusal where none is published."""
    locked = Meeting.objects.locked().get(pk=meeting.pk)
    version = agenda.published_of(locked)
    pack = locked.packs.first() or (order(version=version, by=by, now=now) if version else None)
    if pack is None:
        raise Refusal("The agenda is not published yet, so there is nothing to put into a pack.")
    return pack


@transaction.atomic
def order_released(*, meeting: Meeting, by, now: datetime | None = None) -> MeetingPack:
    """The next supplement, of papers that were closed and have been released since they came out. Raises Refusal where none
    was, or where nothing is published."""
    locked = Meeting.objects.locked().get(pk=meeting.pk)
    parts = released_parts(locked)
    if not parts:
        raise Refusal("No paper has been released that is not in the public pack already.")
    pack = _published(locked, parts, by, now, ["These papers were closed to the public. They have been released."])
    people = recipients.of_papers(locked, but=by)
    emails.papers_are_out(version=agenda.published_of(locked), pack=pack, people=people)
    return pack


def released_parts(meeting: Meeting) -> list[PackPart]:
    """What a supplement of released papers would hold; empty where there is nothing."""
    version, earlier = agenda.published_of(meeting), list(PackPart.objects.filter(pack__meeting=meeting))
    return choosing.parts_of(version, earlier) if version and any(part.is_closed for part in earlier) else []


@transaction.atomic
def try_again(*, pack: MeetingPack, by) -> MeetingPack:
    """Lets a worker make a pack that could not be made; returns it."""
    locked = MeetingPack.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=pack.pk)
    if locked.state == State.FAILED:
        states.move(locked, State.WAITING, failed_because="", attempts=0, steps=0, lease_until=None)
        audit.record(by=by, verb="pack.tried_again", subject=locked.meeting, number=locked.number)
        _nudge_on_commit()
    return locked


def replace_edition(*, withdrawal: Withdrawal, is_back: bool = False, now: datetime | None = None) -> list[MeetingPack]:
    """Gives out no more, from this transaction on, the packs that hold the paper, or that lack it where it `is_back`. Each keeps
    its address, and a worker makes the next edition. Returns them. The caller holds the meeting's lock.
    """
    papers = Q(document__in=withdrawal.files.values("document"))
    if withdrawal.report:
        papers |= Q(report__report=withdrawal.report, report__number__lte=withdrawal.up_to)
    holding = PackPart.objects.filter(papers).values("pack")
    packs = list(MeetingPack.objects.select_for_update().filter(pk__in=holding).order_by("pk"))
    now = now or timezone.now()
    for pack in packs:
        ReplacedPack.objects.create(
            withdrawal=withdrawal, pack=pack, edition=pack.edition, is_back=is_back, replaced_at=now
        )
        again = {"edition": pack.edition + 1, "steps": 0, "attempts": 0, "lease_until": None, "started_at": now}
        if pack.state == State.WAITING:
            MeetingPack.objects.filter(pk=pack.pk).update(**again)
        else:
            states.move(pack, State.WAITING, failed_because="", **again)
    if packs:
        _nudge_on_commit()
    return packs


def _published(
    meeting: Meeting, parts: list[PackPart], by, now: datetime | None, notes: Iterable[str], **with_it: AgendaVersion
) -> MeetingPack:
    now, last = now or timezone.now(), meeting.packs.last()
    pack = MeetingPack.objects.create(
        meeting=meeting,
        number=last.number + 1 if last else 0,
        cover=choosing.cover_of(meeting, [*_of_today(meeting, now), *notes]),
        published_at=now,
        started_at=now,
        **with_it,
    )
    for part in parts:
        part.pack = pack
    PackPart.objects.bulk_create(parts)
    audit.record(by=by, verb="pack.published", subject=meeting, number=pack.number, parts=len(parts))
    _nudge_on_commit()
    return pack


def _of_today(meeting: Meeting, now: datetime) -> list[str]:
    invented = ["Illustrative: this meeting is invented."] if meeting.illustrative else []
    return [*invented, f"Published on {dates.moment(now)}."]


def _came_with(version: AgendaVersion) -> list[str]:
    """What the first page says of the version of the agenda: late and why, who acted for the chair, and what changed."""
    notes = []
    if version.by_acting_chair:
        notes.append(f"Published by {version.published_by}, who acted for the chair.")
    if version.urgent_reason:
        late = f"Published late, because: {version.urgent_reason}"
        notes.append(f"{late} It had to be published by {version.due}.")
    if version.number > 1:
        notes += [f"What changed in version {version.number} of the agenda:", *version.change_note.splitlines()]
        notes += [f"Comment from the chair: {version.comment}"] if version.comment else []
    return notes


def _nudge_on_commit() -> None:
    transaction.on_commit(lambda: nudge.nudge(task=MAKE), robust=True)

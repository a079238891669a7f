"""The chair publishes the agenda: once, as it stood on the page they read, with its papers and signed-off reports."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.papers import agenda_reports, changes, closed_matters, deadline, emails, takers
from assemblies.papers.actions import (
    agenda,
    agenda_in_common,
    agenda_paper,
    classification,
    key_decision,
    meeting_pack,
    report_publication,
)
from assemblies.papers.agenda_reports import ComingOut
from assemblies.papers.models import AgendaItem, AgendaVersion, Document
from assemblies.registrations import recipients
from partnership import audit, states
from partnership.refusals import Refusal


def fingerprint(
    version: AgendaVersion,
    items: list[AgendaItem] | None = None,
    coming: Mapping[int, list[ComingOut]] | None = None,
) -> str:
    """Stands for what is on the page, so that nobody publishes anything other than what they read.

    `items` and `coming`: as `changes.all_of_agenda` takes them, where they are read already.
    """
    boards = boards_of(version.meeting)
    items = closed_matters.items_with_papers(version) if items is None else items
    facts = [
        (item.position, item.title, item.purpose, item.presenter, item.summary, str(item.starts_at), _class_of(item),
         sorted((document.pk, document.title, _class_of(document)) for document in item.documents.all()),
         sorted((each.board.pk, str(each.role)) for each in takers.takers_of(item, boards)))
        for item in items
    ]  # fmt: skip
    coming = agenda_reports.coming_out_with(version, items) if coming is None else coming
    reports = sorted(each.report.pk for theirs in coming.values() for each in theirs)
    return hashlib.sha256(repr((facts, reports)).encode()).hexdigest()[:16]


def _class_of(thing: AgendaItem | Document) -> str:
    """Stands for its class: open, or closed on these grounds."""
    return repr(thing.closed_by.facts()) if thing.closed_by else ""


@transaction.atomic
def publish(
    *, meeting: Meeting, by, seen: str, urgent_reason: str = "", comment: str = "", now: datetime | None = None
) -> AgendaVersion:
    """Publishes the draft with its papers, says what comes out in a pack, and tells its boards and followers, once. Returns the
    version in force.

    The caller has checked that `by` chairs the host board. Submitted twice, the second time it returns the same version.
    The list of what changed is the portal's own; the chair may add a comment. Raises Refusal for the first of what `stops`
    them, when the draft was changed since `seen`, and when it is late without a reason: the chair's opinion that it is urgent,
    and the circumstances (Local Government Act 1972 s.100B(4)).
    """
    locked = agenda.lock(meeting)
    draft = agenda.draft_of(locked)
    if draft is None:
        newest = agenda.published_of(locked)
        if newest and fingerprint(newest) == seen:
            return newest
        raise Refusal("There is no draft to publish.")
    now = now or timezone.now()
    _refuse(locked, draft, seen, now)
    late = deadline.needs_urgency(draft, now)
    if late:
        deadline.refuse_empty_reason(urgent_reason, "urgent_reason")
    agenda.link_to_plan(draft)
    for words in closed_matters.without_ground(draft):  # of what the plan closes
        raise Refusal(words)
    emails.take_back_from_chair(agenda.waiting_on(draft), because="The chair has published it.")
    agenda_in_common.freeze_takers(version=draft)
    due = deadline.of(locked)
    states.move(
        draft,
        AgendaVersion.State.PUBLISHED,
        published_at=now,
        published_by=by,
        by_acting_chair=locked.board.chair_on(timezone.localdate(now)) != by,
        due_on=due.last_day,
        due_by=due.board.publish_by,
        urgent_reason=urgent_reason.strip() if late else "",
        change_note="\n".join(changes.of_agenda(draft)),
        comment=comment.strip() if draft.number > 1 else "",
    )
    papers = Document.objects.filter(agenda_items__version=draft, released_at__isnull=True)
    released = Document.objects.filter(pk__in=papers.values("pk")).update(released_at=now)
    classification.record_published(draft, now)
    report_publication.publish_for(meeting=locked, by=by, now=now)
    pack = meeting_pack.order(version=draft, by=by, now=now)
    told = emails.papers_are_out(version=draft, pack=pack, people=recipients.of_papers(locked, but=by))
    audit.record(
        by=by, verb="agenda.published", subject=locked, number=draft.number, due_on=draft.due_on, urgent=late,
        released=released, told=told,
    )  # fmt: skip
    return draft


def stops(
    meeting: Meeting,
    draft: AgendaVersion,
    now: datetime | None = None,
    found: list[str] | None = None,
    items: list[AgendaItem] | None = None,
) -> Iterator[str]:
    """Everything that stops the chair from publishing the draft, each in words; a reason for what is late is asked apart.

    `found`: the changes since the version before, where they are known; `items`: as `fingerprint` takes them.
    """
    if meeting.state == Meeting.State.DRAFT:
        yield "The meeting itself is still a draft. Staff publish it first, then you publish its agenda."
    elif meeting.state != Meeting.State.PUBLISHED:
        yield f"The meeting is {meeting.get_state_display()}, so its agenda can no longer be changed."
    elif meeting.starts_at <= (now or timezone.now()):
        yield "The meeting has started, so its agenda can no longer be changed."
    items = closed_matters.items_with_papers(draft) if items is None else items
    if not items:
        yield "The agenda has no items yet. Add the first one."
    yield from agenda_in_common.without_taker(draft, items)
    for item in items:
        if all(paper.withdrawn_at is None for paper in item.documents.all()):
            continue
        yield f"A paper of item {item.position}, “{item.title}”, was withdrawn. Remove it from the item."
    for unchecked in agenda_paper.being_checked_for(draft):
        yield (
            f"The file “{unchecked}” is still being checked, which takes a minute at most. Wait for it, then publish. "
            "If it takes longer, ask staff to withdraw the file."
        )
    yield from closed_matters.without_ground(draft, items)
    yield from key_decision.without_notice(draft, now)
    if draft.number > 1 and not (changes.of_agenda(draft) if found is None else found):
        yield "Nothing has changed since the published version, so there is nothing to publish."


def _refuse(meeting: Meeting, draft: AgendaVersion, seen: str, now: datetime) -> None:
    for words in stops(meeting, draft, now):
        raise Refusal(words)
    if fingerprint(draft) != seen:
        raise Refusal("Someone changed the draft after you opened this page. Read it again below, then publish it.")

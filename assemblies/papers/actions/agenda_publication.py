"""The chair publishes the agenda: once, as it stood on the page they read, with its papers and signed-off reports."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers import changes, deadline, emails
from assemblies.papers.actions import agenda, agenda_paper, report_publication
from assemblies.papers.models import AgendaVersion, Document
from assemblies.registrations import recipients
from partnership import audit, states
from partnership.refusals import Refusal


def fingerprint(version: AgendaVersion) -> str:
    """Stands for what is on the page, so that nobody publishes anything other than what they read."""
    facts = [
        (item.position, item.title, item.purpose, item.presenter, item.summary, str(item.starts_at),
         sorted((document.pk, document.title) for document in item.documents.all()))
        for item in version.items.prefetch_related("documents")
    ]  # fmt: skip
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


@transaction.atomic
def publish(
    *, meeting: Meeting, by, seen: str, urgent_reason: str = "", comment: str = "", now: datetime | None = None
) -> AgendaVersion:
    """Publishes the draft with its papers, and tells followers, once. Returns the version in force.

    The caller has checked that `by` chairs the host board. Submitted twice, the second time it returns the same version.
    The list of what changed is the portal's own; the chair may add a comment. Raises Refusal when the meeting is not
    public or has started; when the draft is empty or changed since `seen`; and when it is late without a reason: the
    chair's opinion that it is urgent, and the circumstances (Local Government Act 1972 s.100B(4)).
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
    emails.take_back_from_chair(agenda.waiting_on(draft), because="The chair has published it.")
    states.move(
        draft,
        AgendaVersion.State.PUBLISHED,
        published_at=now,
        published_by=by,
        by_acting_chair=locked.board.chair_on(timezone.localdate(now)) != by,
        due_on=deadline.of(locked).last_day,
        due_by=locked.board.publish_by,
        urgent_reason=urgent_reason.strip() if late else "",
        change_note="\n".join(changes.of_agenda(draft)),
        comment=comment.strip() if draft.number > 1 else "",
    )
    papers = Document.objects.filter(agenda_items__version=draft, released_at__isnull=True)
    released = Document.objects.filter(pk__in=papers.values("pk")).update(released_at=now)
    report_publication.publish_for(meeting=locked, by=by, now=now)
    told = emails.agenda_published(version=draft, people=recipients.followers(locked))
    audit.record(
        by=by, verb="agenda.published", subject=locked, number=draft.number, due_on=draft.due_on, urgent=late,
        released=released, told=told,
    )  # fmt: skip
    return draft


def _refuse(meeting: Meeting, draft: AgendaVersion, seen: str, now: datetime) -> None:
    if meeting.state == Meeting.State.DRAFT:
        raise Refusal("The meeting itself is still a draft. Staff publish it first, then you publish its agenda.")
    if meeting.state != Meeting.State.PUBLISHED:
        raise Refusal(f"The meeting is {meeting.get_state_display()}, so its agenda can no longer be changed.")
    if meeting.starts_at <= now:
        raise Refusal("The meeting has started, so its agenda can no longer be changed.")
    if not draft.items.exists():
        raise Refusal("The agenda has no items yet. Add the first one.")
    withdrawn = draft.items.filter(documents__withdrawn_at__isnull=False).first()
    if withdrawn:
        raise Refusal(
            f"A paper of item {withdrawn.position}, “{withdrawn.title}”, was withdrawn. Remove it from the item."
        )
    unchecked = agenda_paper.being_checked_for(draft).first()
    if unchecked:
        raise Refusal(
            f"The file “{unchecked}” is still being checked, which takes a minute at most. Wait for it, then publish. "
            "If it takes longer, ask staff to withdraw the file."
        )
    if fingerprint(draft) != seen:
        raise Refusal("Someone changed the draft after you opened this page. Read it again below, then publish it.")
    if draft.number > 1 and not changes.of_agenda(draft):
        raise Refusal("Nothing has changed since the published version, so there is nothing to publish.")

"""A representative sums up what was answered on a topic, and the summary becomes a paper of the meeting."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers import agenda_history, deadline
from assemblies.papers import emails as paper_emails
from assemblies.papers.actions import agenda, agenda_paper
from assemblies.papers.actions import document as documents
from assemblies.papers.models import AgendaItem, Document
from assemblies.voice import printing
from assemblies.voice.models import CallForViews, CallTopic, TopicSummary
from partnership import audit
from partnership.files.kinds import PDF
from partnership.refusals import Refusal

TITLE = "What members said: {topic}"


def attach(
    *, topic: CallTopic, by, text: str, item: AgendaItem | None = None, now: datetime | None = None
) -> TopicSummary:
    """Makes a paper of the words and puts it on the draft of the agenda, for the chair to publish. Returns the summary.

    `item` is where an answer to a question of the representative's own belongs; None leaves the paper with the
    meeting's documents, for staff to place. The same words again change nothing; other words replace the paper until it
    is published. Raises Refusal once the meeting has started, when the item is off the agenda, or when the paper is out.
    """
    now = now or timezone.now()
    text = text.strip()
    _refuse(topic.call.meeting, now)
    pages = printing.summary(topic.call, str(topic), text)  # before the transaction: drawing it takes a while
    file = SimpleUploadedFile("summary.pdf", pages, PDF.content_type)
    file.kind = PDF  # type: ignore[attr-defined]  # as an upload that was looked at
    return _attach(topic=topic, by=by, text=text, item=topic.item or item, file=file, now=now)


@transaction.atomic
def _attach(*, topic: CallTopic, by, text: str, item: AgendaItem | None, file, now: datetime) -> TopicSummary:
    call = CallForViews.objects.select_for_update(no_key=True, of=("self",)).get(pk=topic.call_id)
    meeting = Meeting.objects.locked().select_related("board").get(pk=call.meeting_id)
    _refuse(meeting, now)
    known = TopicSummary.objects.filter(topic=topic).select_related("paper").first()
    paper = known.paper if known and known.paper and known.paper.withdrawn_at is None else None
    if paper and known.text == text:
        return known
    if paper and agenda_paper.in_force_with(meeting, paper):
        raise Refusal("The paper has been published with the agenda. Ask staff to replace it, so that people are told.")
    if paper and paper.released_at:
        raise Refusal("Staff have released the paper, so people can read it. Ask staff to replace it.")
    if paper:
        paper = documents.replace(document=paper, by=by, file=file, made_by_portal=True)
    else:
        title = TITLE.format(topic=topic)[:200]
        facts = {"kind": Document.Kind.PAPER, "title": title, "file": file, "made_by_portal": True}
        paper = documents.add(meeting=meeting, by=by, **facts)
        if item:
            _put_on_draft(meeting, by, item, paper)
    told = _tell_chair(meeting, by, paper)
    made = {"text": text, "paper": paper, "made_by": by, "made_at": now}
    summary, _ = TopicSummary.objects.update_or_create(topic=topic, defaults=made)
    audit.record(by=by, verb="call.summary_attached", subject=call, topic=topic.position, document=paper.pk, told=told)
    return summary


def _put_on_draft(meeting: Meeting, by, item: AgendaItem, paper: Document) -> None:
    """Only the chair publishes: the paper waits on the draft, which is started where there is none."""
    draft = agenda.revise(meeting=meeting, by=by)
    here = agenda_history.heir(item, draft)
    if here is None:
        raise Refusal(f"“{item.title}” is no longer on the draft of the agenda. Ask the chair or staff about it.")
    here.documents.add(paper)


def _tell_chair(meeting: Meeting, by, paper: Document) -> int:
    """The chair learns that it waits on the draft; one that is on no item waits for staff, who see it on Home."""
    draft = agenda.draft_of(meeting)
    item = draft.items.filter(documents=paper).first() if draft else None
    if item is None:
        return 0
    chair = agenda.chair_of(meeting)
    late = deadline.needs_urgency(draft)
    return paper_emails.new_paper_waits(draft=draft, paper=paper, by=by, chair=chair, place=item.position, late=late)


def is_ahead(meeting: Meeting, now: datetime | None = None) -> bool:
    """Whether papers can still be brought: the meeting stands and has not started."""
    return meeting.state == Meeting.State.PUBLISHED and meeting.starts_at > (now or timezone.now())


def _refuse(meeting: Meeting, now: datetime) -> None:
    if not is_ahead(meeting, now):
        raise Refusal("Papers can be added until the meeting starts. Say in your report back what members thought.")

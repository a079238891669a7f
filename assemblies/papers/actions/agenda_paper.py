"""Papers of an agenda that is published: a newer file waits for the chair, a file that must not be read goes at once."""

from django.db.models import Q, QuerySet

from assemblies.meetings.models import Meeting
from assemblies.papers import agenda_history, deadline, emails
from assemblies.papers.actions import agenda
from assemblies.papers.models import AgendaItem, AgendaVersion, Document
from partnership import audit
from partnership.refusals import Refusal


def in_force_with(meeting: Meeting, paper: Document) -> AgendaVersion | None:
    """The version in force, where the paper goes with one of its items."""
    version = agenda.published_of(meeting)
    return version if version and version.items.filter(documents=paper).exists() else None


def was_published_with(paper: Document) -> bool:
    """Whether the paper goes with an item of any version that is published, in force or not."""
    return paper.agenda_items.filter(version__state=AgendaVersion.State.PUBLISHED).exists()


def waits_on_draft(paper: Document) -> bool:
    """Whether the paper goes with an item of the draft, which only the chair publishes."""
    return paper.agenda_items.filter(version__state=AgendaVersion.State.DRAFT).exists()


def being_checked_for(draft: AgendaVersion) -> QuerySet[Document]:
    """Files that are still being checked and go with the draft, or would take the place of a paper of it."""
    papers = Document.agenda_items.through.objects.filter(agendaitem__version=draft).values("document")
    return Document.objects.being_checked().filter(Q(pk__in=papers) | Q(replaces__in=papers))


def refuse_paper_that_stays(meeting: Meeting, paper: Document, field: str) -> None:
    """Raises Refusal for a paper of the agenda in force once the meeting has started or been cancelled: people came with it."""
    if not agenda.may_change(meeting) and in_force_with(meeting, paper):
        why = "has started" if meeting.state == Meeting.State.PUBLISHED else f"is {meeting.get_state_display()}"
        then = " Upload the new file as another document." if field == "file" else ""
        raise Refusal(f"The meeting {why}, so the papers of its agenda can no longer be changed.{then}", field)


def put_on_draft(*, meeting: Meeting, by, out: Document, new: Document) -> AgendaVersion:
    """Puts `new` on the draft of the next version in place of `out`, which people read until the chair publishes it.

    The draft is started where there is none. The chair is told, once for each file. Returns the draft. The caller holds
    the meeting's lock, and has found `out` with the version in force. Raises Refusal when its item is off the draft.
    """
    force, draft = in_force_with(meeting, out), agenda.revise(meeting=meeting, by=by)
    places = []
    for item in force.items.filter(documents=out):
        here = agenda_history.heir(item, draft)
        if here:
            _put_right(here, out, new)
            places.append(str(here.position))
    if not places:
        raise Refusal("The draft agenda no longer has the item this paper belongs to. Add the item back first.", "file")
    told = emails.waits_for_chair(
        draft=draft, out=out, new=new, by=by, chair=agenda.chair_of(meeting), places=places,
        late=deadline.needs_urgency(draft),
    )  # fmt: skip
    audit.record(
        by=by, verb="agenda.paper_waits", subject=meeting, number=draft.number, document=new.pk, replaces=out.pk,
        told=told,
    )  # fmt: skip
    return draft


def swap_on_draft(*, meeting: Meeting, old: Document, new: Document) -> None:
    """Puts `new` in place of `old` on the draft, where there is one that has it."""
    draft = agenda.draft_of(meeting)
    for item in draft.items.filter(documents=old) if draft else []:
        _put_right(item, old, new)


def take_off_draft(paper: Document) -> None:
    """Takes the paper off the draft. Where it waited to replace a file that people read, that file is back on."""
    before = paper.replaces if paper.released_at is None else None
    for item in paper.agenda_items.filter(version__state=AgendaVersion.State.DRAFT):
        item.documents.remove(paper)
        if before and before.is_in_view:
            item.documents.add(before)


def put_back_on_draft(meeting: Meeting, paper: Document) -> None:
    """Puts a paper that is back in view on the draft again, where its item stands there without a newer one."""
    force, draft = in_force_with(meeting, paper), agenda.draft_of(meeting)
    if force is None or draft is None:
        return
    for item in force.items.filter(documents=paper):
        here = agenda_history.heir(item, draft)
        if here and not here.documents.filter(replaces=paper).exists():
            here.documents.add(paper)


def _put_right(item: AgendaItem, old: Document, new: Document) -> None:
    item.documents.remove(old, *Document.objects.waiting().filter(replaces=old).exclude(pk=new.pk))
    item.documents.add(new)

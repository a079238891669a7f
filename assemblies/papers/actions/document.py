"""Documents of a meeting: added, put in order, released, withdrawn, replaced. None is ever overwritten.

A PDF that was uploaded is checked first (`pdf_check`); one that the portal made itself needs no check.
"""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.meetings.models import Meeting
from assemblies.papers import closed_matters, emails
from assemblies.papers.actions import agenda_paper, classification, pdf_check
from assemblies.papers.models import AgendaItem, Document
from partnership import audit, positions
from partnership.files import storing
from partnership.refusals import Refusal


@transaction.atomic
def add(
    *,
    meeting: Meeting,
    by,
    kind: str,
    title: str,
    file: UploadedFile,
    closed: bool = False,
    made_by_portal: bool = False,
) -> Document:
    """Adds a file that `UploadField` has recognised; returns the document, not released yet.

    With `closed` it is closed to the public at once, and its ground is still to be given. The same file under the same title
    is the same document: a second submission adds nothing.
    """
    _refuse_closed(Meeting.objects.locked().get(pk=meeting.pk))
    digest = storing.digest_of(file)
    for rows in (meeting.documents.current(), meeting.documents.being_checked()):
        here = rows.same_file(digest).filter(title=title, kind=kind).first()
        if here:
            return here
    last = meeting.documents.filter(kind=kind).aggregate(last=Max("position"))["last"] or 0
    document = Document(meeting=meeting, kind=kind, title=title, position=last + 1, uploaded_by=by)
    _store(document, file, digest)
    if closed:
        classification.begin(thing=document, by=by)
    if not made_by_portal:
        pdf_check.begin(document)
    audit.record(by=by, verb="document.added", subject=document, bytes=document.size, type=document.content_type)
    return document


@transaction.atomic
def describe(*, document: Document, by, kind: str, title: str) -> Document:
    """Changes what a document is called and what kind it is; returns the one that has the title.

    A paper of the agenda in force keeps its title until the chair publishes the draft, where the same file waits under the
    new one, as a newer file does (see `replace`). Raises Refusal where a newer one waits already, for a paper of an agenda
    that stays as it is, for one of an earlier version alone, and for one that was withdrawn: people read why under its title.
    """
    meeting = Meeting.objects.locked().get(pk=document.meeting_id)
    row = _lock(document)
    if row.withdrawn_at:
        raise Refusal("This document was withdrawn, so it can no longer be changed.")
    if row.kind != kind:
        row.kind = kind
        row.save(update_fields=["kind"])
        audit.record(by=by, verb="document.described", subject=row)
    if row.title == title:
        return row
    _refuse_while_newer_is_checked(row, "title")
    if agenda_paper.in_force_with(meeting, row):
        return _rename_for_chair(meeting, row, by, title)
    if agenda_paper.was_published_with(row):
        raise Refusal("It belongs to an earlier version of the agenda, which stays as it was published.", "title")
    if row.is_renamed and row.released_at is None and row.replaces and row.replaces.title == title:
        return withdraw(document=row, by=by)  # it has its old title again, so nothing waits
    row.title = title
    row.save(update_fields=["title"])
    audit.record(by=by, verb="document.described", subject=row)
    return row


def _rename_for_chair(meeting: Meeting, out: Document, by, title: str) -> Document:
    waiting = out.newer
    if waiting and waiting.is_renamed and waiting.title == title:
        return waiting  # submitted twice
    if waiting:
        raise Refusal("A newer file or title of this paper is waiting for the chair: change that one.", "title")
    agenda_paper.refuse_paper_that_stays(meeting, out, "title")
    new = Document.objects.create(
        meeting=meeting, kind=out.kind, title=title, file=out.file.name, content_type=out.content_type,
        extension=out.extension, size=out.size, sha256=out.sha256, position=out.position, replaces=out, uploaded_by=by,
        closure=out.closure,
    )  # fmt: skip
    agenda_paper.put_on_draft(meeting=meeting, by=by, out=out, new=new)
    audit.record(by=by, verb="document.renamed", subject=new, before=out.title)
    return new


@transaction.atomic
def release(*, document: Document, by, now: datetime | None = None) -> Document:
    """Shows it to everybody who sees the meeting; one that is closed, to those of them who may know of it.

    Raises Refusal for one that was withdrawn, is being checked or is closed without a ground, for the newer file of a paper
    of the agenda in force, and for one that goes with an item of the draft: these are the chair's to publish.
    """
    row = _lock(document)
    if row.withdrawn_at:
        raise Refusal("This document was withdrawn. Upload it again to show it.")
    if row.is_being_checked:
        raise Refusal("The file is still being checked. You can release it when that is done.")
    if row.released_at is None and row.replaces and agenda_paper.in_force_with(row.meeting, row.replaces):
        raise Refusal("It replaces a paper of the published agenda, so only the chair can publish it.")
    if row.released_at is None and agenda_paper.waits_on_draft(row):
        raise Refusal("It is on the draft of the agenda, so people see it when the chair publishes that.")
    if row.closed_by and row.closed_by.lacks_ground_of(closed_matters.boards_that_take(row)):
        raise Refusal("It is closed to the public, and its ground is still to be given. Say first why it is closed.")
    if row.released_at is None:
        row.released_at = now or timezone.now()
        row.save(update_fields=["released_at"])
        closures.record([row.closure_id], row.released_at)
        audit.record(by=by, verb="document.released", subject=row)
    return row


@transaction.atomic
def withdraw(*, document: Document, by) -> Document:
    """Takes a file that nobody but those who prepare the meeting has seen off the draft of the agenda; it is kept.

    Raises Refusal for one that people can open: see `withdrawal.withdraw`, which takes more than one of the staff.
    """
    Meeting.objects.locked().get(pk=document.meeting_id)
    rows = Document.objects.select_for_update(of=("self",)).select_related("meeting__board", "replaces__meeting")
    row = rows.get(pk=document.pk)
    if row.withdrawn_at:
        return row
    if row.is_in_view:
        raise Refusal("People can open it now. Withdraw it as a published paper.")
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    agenda_paper.take_off_draft(row)
    emails.take_back_from_chair([row], because="The file was withdrawn.")
    audit.record(by=by, verb="document.withdrawn", subject=row, was_in_view=False, told=0)
    return row


@transaction.atomic
def replace(*, document: Document, by, file: UploadedFile, made_by_portal: bool = False) -> Document:
    """Puts a new file in its place, with the same visibility; returns the new document. The old one is kept.

    A PDF takes its place once it is checked; until then everything stays as it is. Raises Refusal when the file is the
    same, when the document was withdrawn or replaced meanwhile or a newer file of it is being checked, and for a paper of
    an agenda that stays as it is because the meeting has started or been cancelled.
    """
    meeting = Meeting.objects.locked().get(pk=document.meeting_id)
    old = _lock(document)
    waited = Document.objects.waiting().filter(pk=old.pk).first()
    out = waited.replaces if waited else old
    digest = storing.digest_of(file)
    newer = out.replaced_by.same_file(digest).filter(withdrawn_at=None)  # type: ignore[misc]  # a relation to itself
    known = newer.exclude(pk=old.pk).first()
    if known:
        return known
    in_force = agenda_paper.in_force_with(meeting, out)
    if (old.withdrawn_at and not (old.withdrawn_because and in_force)) or (out.newer and out.newer != waited):
        raise Refusal("This document has just been withdrawn or replaced. Look at the list again.")
    _refuse_while_newer_is_checked(out, "file")
    same = Document.objects.same_file(digest).filter(pk__in=[old.pk, out.pk], withdrawn_at=None)
    if same.exists():
        raise Refusal("This is the same file. Choose the new one.", "file")
    agenda_paper.refuse_paper_that_stays(meeting, out, "file")
    new = Document(
        meeting=old.meeting, kind=old.kind, title=old.title, position=old.position, replaces=out, uploaded_by=by,
        closure=old.closure,
    )  # fmt: skip
    _store(new, file, digest)
    if made_by_portal or not pdf_check.begin(new):
        put_in_place(new=new, by=by)
    audit.record(by=by, verb="document.replaced", subject=new, replaces=old.pk)
    return new


@transaction.atomic
def put_in_place(*, new: Document, by) -> Document:
    """Shows a newer file, which nothing speaks against, instead of the document it replaces; returns it.

    A paper of the agenda in force stays in view until the chair publishes the draft on which the new file waits (see
    `agenda_paper.put_on_draft`); one that was withdrawn from view is replaced in the same way. Raises Refusal where the
    meeting has started meanwhile, or the draft has lost the item.
    """
    meeting = Meeting.objects.locked().get(pk=new.meeting_id)
    out, now = new.replaces, timezone.now()
    waited = Document.objects.waiting().filter(replaces=out).exclude(pk=new.pk).first()
    old = waited or out
    agenda_paper.refuse_paper_that_stays(meeting, out, "file")
    if new.closure is None and old.closure:  # closed while the new file was being checked
        new.closure = old.closure
        new.save(update_fields=["closure"])
    if agenda_paper.in_force_with(meeting, out):
        agenda_paper.put_on_draft(meeting=meeting, by=by, out=out, new=new)
    else:
        closed = AgendaItem.objects.closed().filter(documents=old).first()  # also of an earlier version of the agenda
        if closed and new.closed_by is None:
            new.closure = closed.closure
            new.save(update_fields=["closure"])
        if old.released_at and old.withdrawn_at is None:
            new.released_at = now
            new.save(update_fields=["released_at"])
            closures.record([new.closure_id], now)
        agenda_paper.swap_on_draft(meeting=meeting, old=old, new=new)
    if old.withdrawn_at is None and not old.agenda_items.exists():
        old.withdrawn_at = now
        old.save(update_fields=["withdrawn_at"])
        emails.take_back_from_chair([old], because="A newer file replaced it.")
    return new


@transaction.atomic
def shift(*, document: Document, by, up: bool) -> None:
    """Moves it one place among those of its kind; at the end of the list nothing happens."""
    Meeting.objects.locked().get(
        pk=document.meeting_id
    )  # first: of two that are moved at once each would wait for the other
    row = _lock(document)
    positions.shift(row.meeting.documents.current().filter(kind=row.kind), row.pk, up=up)


def _store(document: Document, file: UploadedFile, digest: str) -> None:
    document.content_type, document.extension = file.kind.content_type, file.kind.extension  # type: ignore[attr-defined]  # set when it was looked at
    document.size, document.sha256 = file.size, digest
    storing.keep(document.file, file)
    document.save()


def _lock(document: Document) -> Document:
    row = Document.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=document.pk)
    _refuse_closed(row.meeting)
    return row


def _refuse_while_newer_is_checked(out: Document, field: str) -> None:
    if out.is_being_checked or out.replaced_by.being_checked().exists():
        raise Refusal("A file of this document is still being checked. Wait until that is done, or withdraw it.", field)


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.state == Meeting.State.CLOSED:
        raise Refusal("This meeting is closed, so its documents can no longer be changed.")

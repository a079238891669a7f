"""One file of an import that waits to be confirmed: whether it can be imported, and what somebody says of it."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import Document
from assemblies.past_papers.file_names.days import Order
from assemblies.past_papers.file_names.understood import understand
from assemblies.past_papers.models import ImportedFile, PaperImport, PastPaper
from partnership import dates
from partnership.files import previews
from partnership.refusals import Refusal

Outcome = ImportedFile.Outcome
BY_HAND = "Somebody left it out"
NO_LONGER = "This import has been confirmed or discarded meanwhile."
NOT_READ = "This import is still being read. Look at it again when that is done."


def read_path(row: ImportedFile, order: str = "") -> None:
    """Sets what the path of a file says, and whether it can be imported; the row is saved by the caller."""
    found = understand(row.path, timezone.localdate(), order)
    row.held_on, row.kind, row.title, row.reason = found.held_on, found.kind or "", found.title, found.why
    row.could_be, row.closed_by = [day.isoformat() for day in found.could_be], found.closed_by
    if found.closed_by:
        row.members_only = True
    settle(row)


def settle(row: ImportedFile) -> None:
    """Sets what happens to a file that was read; the row is saved by the caller."""
    outcome, reason = _already_there(row)
    if reason:
        row.outcome, row.reason = outcome, reason
    elif row.held_on and row.kind and row.title:
        row.outcome, row.reason = Outcome.READY, ""
    else:
        row.outcome = Outcome.ASK


@transaction.atomic
def correct(
    *,
    row: ImportedFile,
    by,
    held_on: date,
    kind: str,
    title: str,
    members_only: bool | None,
    whole_folder: bool = False,
) -> ImportedFile:
    """Says what a file is, and returns it; with `whole_folder` its day is the day of all in its folder that need one.

    Raises Refusal for a day to come, for a file that is there with that day, and where it can no longer be changed.
    """
    batch, row = _lock(row)
    if held_on > timezone.localdate():
        raise Refusal("Enter a day that is past", "held_on")
    if not row.can_be_imported:
        raise Refusal("We do not have this file: we could not read it.")
    row.held_on, row.kind, row.title, row.members_only = held_on, kind, title, members_only
    row.corrected, row.reason = True, ""
    settle(row)
    if row.outcome != Outcome.READY:
        raise Refusal(row.reason, "held_on")
    row.save()
    if whole_folder:
        for each in batch.rows.filter(outcome=Outcome.ASK, held_on=None, path__startswith=f"{row.folder}/"):
            if each.folder == row.folder:
                each.held_on = held_on
                settle(each)
                each.save()
    _touch(batch)
    return row


@transaction.atomic
def leave_out(*, row: ImportedFile, by) -> ImportedFile:
    """Leaves a file out of the import, and returns it; saying what it is takes it in again."""
    batch, row = _lock(row)
    row.outcome, row.reason = Outcome.LEFT_OUT, BY_HAND
    row.save(update_fields=["outcome", "reason"])
    _touch(batch)
    return row


@transaction.atomic
def read_days_as(*, batch: PaperImport, by, order: Order) -> int:
    """Reads six numbers as days in this order, where somebody has not said the day; returns for how many files that decided."""
    batch = _lock_import(batch)
    decided = 0
    for row in batch.rows.filter(outcome=Outcome.ASK, corrected=False).exclude(could_be=[]):
        readers = row.members_only
        read_path(row, order)
        row.members_only = readers
        row.save()
        decided += row.held_on is not None
    _touch(batch)
    return decided


@transaction.atomic
def set_readers(*, batch: PaperImport, by, members_only: bool) -> PaperImport:
    """Says who may read the papers of an import, but for those of which somebody said it one by one; returns the import."""
    batch = _lock_import(batch)
    batch.members_only = members_only
    batch.save(update_fields=["members_only"])
    _touch(batch)
    return batch


def _lock(row: ImportedFile) -> tuple[PaperImport, ImportedFile]:
    batch = _lock_import(row.batch)
    found = batch.rows.filter(pk=row.pk).first()
    if found is None:
        raise Refusal(NO_LONGER)
    found.batch = batch
    return batch, found


def _lock_import(batch: PaperImport) -> PaperImport:
    batch = previews.lock(batch)
    if batch.state != PaperImport.State.PREVIEW:
        raise Refusal(NO_LONGER)
    if batch.is_being_read:
        raise Refusal(NOT_READ)
    return batch


def _touch(batch: PaperImport) -> None:
    """Whoever looked at the import before must look again; and it is kept for another day."""
    batch.revision += 1
    batch.touched_at = timezone.now()
    batch.save(update_fields=["revision", "touched_at"])


def _already_there(row: ImportedFile) -> tuple[str, str]:
    """What happens to a file that the board has, and why in words; empty where it has not. Somebody who said which day it is of
    may add it to another day, and bring back what was withdrawn."""
    known, before = _known(row), _before(row)
    for day, title in known:
        if day == row.held_on:
            return Outcome.SAME, f"It is there already: “{title}”, {dates.short_day(day)}"
    if before and (before.held_on == row.held_on or not row.corrected):
        return Outcome.SAME, f"It is the same file as “{before.path}”"
    return ("", "") if row.corrected else _there_in_another_way(row, known)


def _there_in_another_way(row: ImportedFile, known: list[tuple[date, str]]) -> tuple[str, str]:
    if known:
        day, title = known[0]
        return Outcome.SAME, f"The same file is there already with another day: “{title}”, {dates.short_day(day)}"
    same = PastPaper.objects.filter(meeting__board=row.batch.board_id, sha256=row.sha256)
    gone = same.exclude(withdrawn_because="").order_by("-withdrawn_at").first() or _withdrawn_document(row)
    if gone:
        return Outcome.LEFT_OUT, f"It was withdrawn on {dates.short_day(gone.withdrawn_at)}: {gone.withdrawn_because}"
    return "", ""


def _known(row: ImportedFile) -> list[tuple[date, str]]:
    """The same file where the board has it: the day of the meeting and the title of each."""
    board = row.batch.board_id
    papers = PastPaper.objects.in_view().filter(meeting__board=board, sha256=row.sha256).select_related("meeting")
    released = _documents(row).filter(released_at__isnull=False, withdrawn_at=None)
    documents = released.select_related("meeting")
    return [(paper.meeting.held_on, paper.title) for paper in papers] + [
        (timezone.localdate(document.meeting.starts_at), document.title) for document in documents
    ]


def _withdrawn_document(row: ImportedFile) -> Document | None:
    """The same file where it was a paper of a meeting in the portal, and was withdrawn from view."""
    return _documents(row).exclude(withdrawn_because="").order_by("-withdrawn_at").first()


def _documents(row: ImportedFile):
    """The same file among the papers of the board's meetings in the portal, as it was sent or as it is kept."""
    meetings = Meeting.objects.of_boards([row.batch.board_id]).values("pk")
    return Document.objects.same_file(row.sha256).filter(meeting__in=meetings)


def _before(row: ImportedFile) -> ImportedFile | None:
    """The same file, in this import, that is taken in place of this one."""
    others = row.batch.rows.filter(Q(outcome=Outcome.READY) | Q(outcome=Outcome.ASK), sha256=row.sha256)
    return others.exclude(pk=row.pk).order_by("pk").first()

"""One file of an import that waits to be confirmed: whether it can be imported, and what somebody says of it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from assemblies.past_papers.already_there import AlreadyThere
from assemblies.past_papers.file_names.days import Order
from assemblies.past_papers.file_names.understood import understand
from assemblies.past_papers.models import ImportedFile, PaperImport
from partnership.files import previews
from partnership.refusals import Refusal

Outcome = ImportedFile.Outcome
BY_HAND = "Somebody left it out"
NO_LONGER = "This import has been confirmed or discarded meanwhile."
READ = ["held_on", "kind", "title", "reason", "could_be", "closed_by", "outcome"]  # what `read_path` sets
NOT_READ = "This import is still being read. Look at it again when that is done."


def read_path(row: ImportedFile, order: str = "", there: AlreadyThere | None = None) -> None:
    """Sets what the path of a file says, and whether it can be imported; the row is saved by the caller. `there`: what the board
    has already, where that was read for many files at once."""
    found = understand(row.path, timezone.localdate(), order)
    row.held_on, row.kind, row.title, row.reason = found.held_on, found.kind or "", found.title, found.why
    row.could_be, row.closed_by = [day.isoformat() for day in found.could_be], found.closed_by
    if found.closed_by:
        row.members_only = True
    settle(row, there)


def settle(row: ImportedFile, there: AlreadyThere | None = None) -> None:
    """Sets what happens to a file that was read; the row is saved by the caller. `there`: as above."""
    outcome, reason = (there or AlreadyThere(row.batch, [row])).what_of(row)
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
        rows = batch.rows.filter(outcome=Outcome.ASK, held_on=None, path__startswith=f"{row.folder}/").order_by("pk")
        beside = [each for each in rows if each.folder == row.folder]
        there = AlreadyThere(batch, beside)
        for each in beside:
            each.held_on = held_on
            settle(each, there)
        ImportedFile.objects.bulk_update(beside, ["held_on", "outcome", "reason"], batch_size=500)
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
    rows = list(batch.rows.filter(outcome=Outcome.ASK, corrected=False).exclude(could_be=[]).order_by("pk"))
    there = AlreadyThere(batch, rows)
    for row in rows:
        readers = row.members_only
        read_path(row, order, there)
        row.members_only = readers
    ImportedFile.objects.bulk_update(rows, READ, batch_size=500)
    _touch(batch)
    return sum(row.held_on is not None for row in rows)


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

"""The files of an import are read by a worker, in a child process, some at a time.

What is read is a row, written in a transaction of its own, so a worker may be killed at any moment: another goes on with what
has no outcome yet. Files are read together because a child takes longer to start than a small PDF to read; where one breaks
the child, and after a worker was killed, each is read alone. One that is not read in three attempts is left out.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from assemblies.past_papers.actions import imported_file
from assemblies.past_papers.models import ImportedFile, ImportZip, PaperImport
from partnership import leasing
from partnership.files import safely, storing
from partnership.files.kinds import PDF
from partnership.files.limits import (
    MOST_BYTES_AT_ONCE,
    MOST_BYTES_OF_A_PAPER_IMPORT,
    MOST_FILES_OF_A_PAPER_IMPORT,
    MOST_PAPERS_AT_ONCE,
)
from partnership.files.work_folder import work_folder
from partnership.refusals import Refusal
from partnership.text import one_line

RESUME = "assemblies.past_papers.tasks.read_imports"
LEASE = timedelta(minutes=2)  # the child has one
MOST_ATTEMPTS = 3
LONGEST_PATH = 1000
TOO_MUCH = "With it this import would hold more than one may: import this zip by itself"
Outcome = ImportedFile.Outcome


def resume(now: datetime | None = None) -> int:
    """Carries on every import that nobody is reading; returns how many zips and files were looked at."""
    return leasing.carry_on(PaperImport.objects, read_some, now)


def read_some(batch_id: int) -> int:
    """Reads the next zip or files of an import; returns how many, 0 when all is read."""
    zipped, rows = _claim(batch_id)
    if zipped:
        _list(zipped)
        return 1
    if rows:
        _read(rows)
    return len(rows)


@transaction.atomic
def _claim(batch_id: int) -> tuple[ImportZip | None, list[ImportedFile]]:
    """What is to be read now, counted as an attempt; nothing where the import is read, which is then said."""
    batch = PaperImport.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if not batch.is_being_read:
        return None, []
    zipped = batch.zips.filter(listed_at=None).first()
    rows = [] if zipped else _next_rows(batch)
    now = timezone.now()
    batch.lease_until = now + LEASE
    if zipped:
        zipped.attempts += 1
        zipped.save(update_fields=["attempts"])
    elif rows:
        batch.rows.filter(pk__in=[row.pk for row in rows]).update(attempts=rows[0].attempts + 1)
    else:
        batch.lease_until, batch.read_at, batch.touched_at = None, now, now
        batch.forget_zips()
    batch.save(update_fields=["lease_until", "read_at", "touched_at"])
    return zipped, rows


def _next_rows(batch: PaperImport) -> list[ImportedFile]:
    """Files of one zip, or of none, that nobody has tried to read; or one alone that somebody has."""
    waiting = list(
        batch.rows.filter(outcome=Outcome.WAITING)
        .select_related("zip")
        .order_by("attempts", "pk")[:MOST_PAPERS_AT_ONCE]
    )
    rows: list[ImportedFile] = []
    for row in waiting:
        together = row.zip_id == waiting[0].zip_id and not row.attempts
        if rows and not (together and sum(each.sent for each in rows) + row.sent <= MOST_BYTES_AT_ONCE):
            break
        rows.append(row)
    return rows


def _list(zipped: ImportZip) -> None:
    """Makes a row of each file in the zip, or one that says why there are none."""
    problem, files = safely.BROKEN_ZIP, []
    if zipped.attempts <= MOST_ATTEMPTS:
        try:
            files = safely.list_archive(zipped.file.path)
        except Refusal as refusal:
            problem = str(refusal)
    above = zipped.name.rpartition("/")[0]
    with transaction.atomic():
        batch = PaperImport.objects.select_for_update(of=("self",)).get(pk=zipped.batch_id)
        if (
            not batch.is_being_read
            or batch.zips.filter(pk=zipped.pk, listed_at=None).update(listed_at=timezone.now()) == 0
        ):
            return
        if files and _is_too_much(batch, files):
            problem, files = TOO_MUCH, []
        files = files or [{"path": zipped.name, "number": 0, "size": 0, "problem": problem}]
        ImportedFile.objects.bulk_create(
            (_row(batch, zipped, above if each["path"] != zipped.name else "", each) for each in files), batch_size=1000
        )


def _is_too_much(batch: PaperImport, files: list[dict]) -> bool:
    """Whether the import, which may have other zips, would be larger with these files than one may be."""
    rows = batch.rows.exclude(outcome=Outcome.LEFT_OUT)
    size = (rows.aggregate(Sum("sent"))["sent__sum"] or 0) + sum(each["size"] for each in files if not each["problem"])
    return size > MOST_BYTES_OF_A_PAPER_IMPORT or batch.rows.count() + len(files) > MOST_FILES_OF_A_PAPER_IMPORT


def _row(batch: PaperImport, zipped: ImportZip, above: str, found: dict) -> ImportedFile:
    path = one_line("/".join(part for part in (above, found["path"]) if part))[-LONGEST_PATH:]
    row = ImportedFile(batch=batch, zip=zipped, number=found["number"], path=path or "?", sent=found["size"])
    if found["problem"]:
        row.outcome, row.reason = Outcome.LEFT_OUT, found["problem"]
    return row


def _read(rows: list[ImportedFile]) -> None:
    asked = [_asked(row) for row in rows if row.attempts < MOST_ATTEMPTS]
    with work_folder() as folder:
        try:
            found = safely.read_papers(asked, folder) if asked else []
        except Refusal as refusal:
            if len(rows) > 1:
                return  # which of them it was shows when each is read alone
            found = [{"row": rows[0].pk, "refused": str(refusal)}]
        answers = {each["row"]: each for each in found}
        try:
            for row in rows:
                _keep(row, answers.get(row.pk, {"refused": safely.BROKEN_PAPER}), folder)
        except OSError:  # files cannot be written here: that has nothing to do with these
            waiting = ImportedFile.objects.filter(pk__in=[row.pk for row in rows], outcome=Outcome.WAITING)
            waiting.update(attempts=rows[0].attempts)
            raise


def _asked(row: ImportedFile) -> dict:
    if row.zip:
        return {"row": row.pk, "zip": row.zip.file.path, "number": row.number}
    return {"row": row.pk, "path": row.file.path}


def _keep(row: ImportedFile, found: dict, folder: Path) -> None:
    """Keeps what was found in a file, and the file where it can be imported."""
    new = ImportedFile()
    if found.get("left"):
        try:
            with (folder / f"{row.pk}.pdf").open("rb") as opened:
                file = File(opened)
                file.kind = PDF  # type: ignore[attr-defined]  # as `UploadField` sets it
                storing.keep(new.file, file)
        except Refusal as refusal:
            found = {"refused": str(refusal)}
    with transaction.atomic():
        batch = PaperImport.objects.select_for_update(of=("self",)).select_related("board").get(pk=row.batch_id)
        current = batch.rows.filter(pk=row.pk, outcome=Outcome.WAITING).first()
        if current is None:  # somebody has discarded it, or another worker was quicker
            _delete(new.file)
            return
        current.batch = batch
        _write(current, new, found)
        current.save()


def _write(row: ImportedFile, new: ImportedFile, found: dict) -> None:
    old = row.file.name
    if "refused" in found:
        row.outcome, row.reason, row.file = Outcome.LEFT_OUT, found["refused"], ""
    else:
        for name in ("sha256", "sent", "size", "pages", "tagged", "cleaned", "notes"):
            setattr(row, name, found[name])
        row.file = new.file.name or old
        imported_file.read_path(row)
    if old and row.file.name != old:
        storage = new.file.storage
        transaction.on_commit(lambda: storage.delete(old), robust=True)


def _delete(file) -> None:
    if file.name:
        file.storage.delete(file.name)

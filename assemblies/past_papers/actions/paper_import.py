"""Old papers of a board come together, wait to be looked at, and are imported by one confirmation, or taken back at once."""

import os
import stat
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from assemblies.past_papers.access import days_by_invitation, is_for_members
from assemblies.past_papers.actions.file_reading import LONGEST_PATH, RESUME
from assemblies.past_papers.already_there import AlreadyThere
from assemblies.past_papers.models import ImportedFile, ImportZip, PaperImport, PastMeeting, PastPaper
from assemblies.past_papers.models.paper_import import WAITS_FOR, forget_files
from partnership import audit
from partnership.boards.models import Board
from partnership.files import archives, kinds, previews, storing
from partnership.files.limits import (
    MOST_BYTES_OF_A_PAPER_IMPORT,
    MOST_BYTES_OF_A_PAST_PAPER,
    MOST_FILES_OF_A_PAPER_IMPORT,
)
from partnership.outbox import nudge
from partnership.refusals import Refusal
from partnership.text import one_line

Outcome = ImportedFile.Outcome
KEEPS_ROWS_DAYS = 30
NOT_READABLE = "The portal may not read it: let the account it runs as read it, and import it again"
FOLDER_NOT_READABLE = "The portal may not read this folder, so we do not know what is in it"
CHANGED = "Somebody has just changed what will be imported. Look at it again, then import it."


def start(*, board: Board, by, files: Iterable[File], members_only: bool, key: UUID | None = None) -> PaperImport:
    """Keeps a zip, or PDFs, that somebody sent in; a worker reads them. Returns the import, the same one for the same key.

    Nothing is held in memory. Raises Refusal when there is no room.
    """
    key = key or uuid4()
    known = PaperImport.objects.filter(key=key, board=board).first()
    if known:
        return known
    files = list(files)
    batch = PaperImport(board=board, key=key, members_only=members_only, uploaded_by=by, filename=_named(files))
    return _begin(batch, _all_kept(_kept(batch, file, file.name or "") for file in files), by)


def start_from_folder(*, board: Board, by, folder: Path, members_only: bool) -> PaperImport:
    """Copies a folder of this machine, with all below it, as an import; whoever calls has it read. Returns the import.

    Links are not followed; what cannot be read is left out, and said. Raises Refusal where the folder holds
    nothing, or more than an import may.
    """
    found = list(_below(folder))
    if not found:
        raise Refusal(f"There is no file in {folder}.")
    if len(found) > MOST_FILES_OF_A_PAPER_IMPORT:
        raise Refusal(
            f"{folder} holds more than {MOST_FILES_OF_A_PAPER_IMPORT:,} files: import its folders one by one."
        )
    if sum(_size(path) for path in found) > MOST_BYTES_OF_A_PAPER_IMPORT:
        raise Refusal(f"{folder} holds more than an import may: import its folders one by one.")
    batch = PaperImport(board=board, key=uuid4(), members_only=members_only, uploaded_by=by, filename=folder.name[:200])
    kept = _all_kept(_copied(batch, path, path.relative_to(folder).as_posix()) for path in found)
    return _begin(batch, kept, by)


def _named(files: list[File]) -> str:
    return one_line(files[0].name or "")[:200] if len(files) == 1 else f"{len(files):,} files"


def _all_kept(each: Iterator[ImportZip | ImportedFile]) -> list[ImportZip | ImportedFile]:
    """All files, kept on the disk; where there is no room for one, none."""
    kept: list[ImportZip | ImportedFile] = []
    try:
        for row in each:
            kept.append(row)  # noqa: PERF402 - what is kept so far is known when the next is refused
    except (Refusal, OSError):
        for row in kept:
            row.file.delete(save=False)
        raise
    return kept


def _kept(batch: PaperImport, file: File, name: str) -> ImportZip | ImportedFile:
    """Keeps a file on the disk, as a zip or as a PDF by its first bytes; what it is, the worker finds."""
    head = file.read(4)
    file.seek(0)
    name = one_line(name)[-LONGEST_PATH:] or "?"
    if head in kinds.PACKED:
        zipped = ImportZip(batch=batch, name=name[-255:])
        return _into(zipped, file, kinds.ARCHIVE)
    return _into(ImportedFile(batch=batch, path=name, sent=file.size), file, kinds.PDF)


def _into(row, file: File, kind: kinds.Kind):
    if file.size:
        file.kind = kind  # type: ignore[attr-defined]  # as `UploadField` sets it
        storing.keep(row.file, file)
    else:
        row.outcome, row.reason = Outcome.LEFT_OUT, archives.EMPTY
    return row


def _below(folder: Path) -> Iterator[Path]:
    """Files, links, and folders that cannot be read: what is in these nobody knows."""
    closed: list[OSError] = []
    for above, folders, names in os.walk(folder, onerror=closed.append):
        folders.sort()
        links = [name for name in folders if (Path(above) / name).is_symlink()]  # which are not followed
        for name in sorted([*names, *links]):
            path = Path(above) / name
            if not archives.is_of_the_computer(path.relative_to(folder).as_posix()):
                yield path
    yield from (Path(error.filename) for error in closed)


def _size(path: Path) -> int:
    """Bytes; 0 where that cannot be read."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _copied(batch: PaperImport, path: Path, name: str) -> ImportZip | ImportedFile:
    problem, size = _problem_of(path), _size(path)
    if not problem:
        try:
            opened = path.open("rb")
        except OSError:
            problem = NOT_READABLE
        else:
            with opened:
                return _kept(batch, File(opened), name)
    name = one_line(name)[-LONGEST_PATH:]
    return ImportedFile(batch=batch, path=name, sent=size, outcome=Outcome.LEFT_OUT, reason=problem)


def _problem_of(path: Path) -> str:
    """Why a file is not copied, in words; "" where it is, or where only opening it will show."""
    try:
        mode, size = path.lstat().st_mode, path.lstat().st_size
    except OSError:
        return NOT_READABLE
    problems = {
        archives.IS_LINK: stat.S_ISLNK(mode),
        FOLDER_NOT_READABLE: stat.S_ISDIR(mode),
        "It is not a file": not stat.S_ISREG(mode),
        archives.TOO_LARGE: size > MOST_BYTES_OF_A_PAST_PAPER and path.suffix.lower() != ".zip",
    }
    return next((problem for problem, there in problems.items() if there), "")


@transaction.atomic
def _begin(batch: PaperImport, kept: list[ImportZip | ImportedFile], by) -> PaperImport:
    """Writes the import and its rows; of two that were sent at once with one key, the first."""
    lock_board(batch.board)
    known = PaperImport.objects.filter(key=batch.key).first()
    if known:
        return known  # the clock deletes the second copy of its files
    batch.save()
    for each in kept:
        each.batch = batch
    ImportZip.objects.bulk_create(each for each in kept if isinstance(each, ImportZip))
    ImportedFile.objects.bulk_create(each for each in kept if isinstance(each, ImportedFile))
    audit.record(by=by, verb="past_papers.uploaded", subject=batch.board, files=len(kept), title=batch.filename)
    transaction.on_commit(lambda: nudge.nudge(task=RESUME), robust=True)
    return batch


def lock_board(board: Board) -> None:
    """Imports into one board wait for one another until the transaction ends."""
    Board.objects.select_for_update(no_key=True, of=("self",)).get(pk=board.pk)


@transaction.atomic
def confirm(*, batch: PaperImport, by, seen: str | None = None) -> int:
    """Imports what is ready, and returns how many papers; 0 when it is confirmed already. What is not ready is left out.

    Raises Refusal where there is nothing to import, while it is being read, and where somebody changed it since the person looked
    (`seen`, its revision then).
    """
    lock_board(batch.board)
    batch = previews.to_confirm(batch)
    if batch is None:
        return 0
    if batch.is_being_read:
        raise Refusal("This import is still being read.")
    if seen is not None and seen != str(batch.revision):
        raise Refusal(CHANGED)
    rows = _not_there_yet(batch)
    if not rows:
        raise Refusal("There is nothing to import: say of each file what is missing, or discard the import.")
    meetings = _meetings(batch.board, {row.held_on for row in rows})
    closed_days = days_by_invitation(batch.board)
    papers = [_paper(row, batch, meetings[row.held_on], is_for_members(row, batch, closed_days), by) for row in rows]
    PastPaper.objects.bulk_create(papers, batch_size=500)
    batch.rows.filter(pk__in=[row.pk for row in rows]).update(file="")  # the papers name them now
    previews.confirm(batch)
    open_ones = sum(not paper.members_only for paper in papers)
    audit.record(
        by=by,
        verb="past_papers.imported",
        subject=batch.board,
        files=len(papers),
        meetings=len(meetings),
        open_to_all=open_ones,
    )
    return len(papers)


def _not_there_yet(batch: PaperImport) -> list[ImportedFile]:
    """The files that are ready, without those that another import has brought since somebody looked, and those that were
    withdrawn since: these say so."""
    ready = list(batch.rows.filter(outcome=Outcome.READY))
    known = set(
        PastPaper.objects.in_view().filter(meeting__board=batch.board).values_list("meeting__held_on", "sha256")
    )
    there = AlreadyThere(batch, ready)
    new: list[ImportedFile] = []
    left: list[ImportedFile] = []
    for row in ready:
        what, gone = (row.held_on, row.sha256), there.gone(row)
        if what in known:
            row.outcome, row.reason = Outcome.SAME, "Another import has brought it meanwhile"
        elif gone and (gone.is_held or not row.corrected or gone.since > batch.touched_at):
            row.outcome, row.reason = Outcome.LEFT_OUT, str(gone)
        (new if row.outcome == Outcome.READY else left).append(row)
        known.add(what)
    ImportedFile.objects.bulk_update(left, ["outcome", "reason"], batch_size=500)
    return new


def _meetings(board: Board, days: set[date]) -> dict[date, PastMeeting]:
    """The past meetings of these days; those that are not there are made."""
    PastMeeting.objects.bulk_create((PastMeeting(board=board, held_on=day) for day in days), ignore_conflicts=True)
    found = PastMeeting.objects.filter(board=board, held_on__in=days)
    return {meeting.held_on: meeting for meeting in found}


def _paper(row: ImportedFile, batch: PaperImport, meeting: PastMeeting, members_only: bool, by) -> PastPaper:
    return PastPaper(
        meeting=meeting, kind=row.kind, title=row.title, members_only=members_only, file=row.file.name, size=row.size,
        pages=row.pages, tagged=row.tagged, cleaned=row.cleaned, sha256=row.sha256, batch=batch, added_by=by,
    )  # fmt: skip


def discard(*, batch: PaperImport, by) -> PaperImport:
    """Deletes an import that nobody confirmed, with its files. Raises Refusal when it is confirmed."""
    return previews.discard(
        batch, lambda gone: audit.record(by=by, verb="past_papers.discarded", subject=gone.board, title=gone.filename)
    )


@transaction.atomic
def undo(*, batch: PaperImport, by) -> int:
    """Takes back all of an import at once, and deletes the files; returns how many papers, 0 when that was done already.

    Their addresses say that they were withdrawn. What was withdrawn one by one stays so, with its reason. Raises Refusal once
    it is no longer recent.
    """
    batch = previews.lock(batch)
    if batch.undone_at:
        return 0
    if not batch.can_be_undone:
        raise Refusal("This import can no longer be taken back as a whole. Withdraw its papers one by one.")
    papers = PastPaper.objects.select_for_update(of=("self",)).filter(batch=batch).in_view()
    pks, now = list(papers.values_list("pk", flat=True)), timezone.now()
    withdrawn = PastPaper.objects.filter(pk__in=pks)
    count = withdrawn.update(withdrawn_at=now, withdrawn_by=by)
    forget_files(withdrawn)
    batch.undone_at = now
    batch.save(update_fields=["undone_at"])
    audit.record(by=by, verb="past_papers.undone", subject=batch.board, files=count, title=batch.filename)
    return count


def expire(now: datetime) -> int:
    """Deletes imports that nobody has worked on for a day; returns how many rows. Safe at any time, and twice."""
    before = now - WAITS_FOR
    return previews.expire(PaperImport.objects.to_check().filter(touched_at__lt=before), before, _record_expired)


def _record_expired(batch: PaperImport, count: int) -> None:
    audit.record(by=None, verb="past_papers.expired", subject=batch.board, deleted=count, title=batch.filename)


def delete_old_rows(now: datetime) -> int:
    """Deletes the list of what came with an import, a month after; the papers stay. Returns how many rows."""
    before = now - timedelta(days=KEEPS_ROWS_DAYS)
    old = ImportedFile.objects.filter(batch__uploaded_at__lt=before).exclude(batch__state=PaperImport.State.PREVIEW)
    return old.delete()[0]

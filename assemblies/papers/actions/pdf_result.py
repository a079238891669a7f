"""A worker checks PDFs that were uploaded; what the check says is written down here: the file is kept, or refused in words."""

import hashlib
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import document as documents
from assemblies.papers.actions import pdf_check, report_appendix
from assemblies.papers.models import Document, PdfCheck, Report, ReportAppendix
from partnership import audit, leasing, states
from partnership.files import kinds, safely, storing
from partnership.files.checked_pdf import CheckedPdf
from partnership.one_by_one import one_by_one
from partnership.outbox import nudge
from partnership.refusals import Refusal

State = PdfCheck.State
MOST_SECONDS = 30
MOST_ATTEMPTS = 3  # a worker that died with the file in hand counts as one
LOST = "The file is no longer there: upload it again"
REFUSED_KEPT = timedelta(days=30)
_turn = threading.Lock()


def run(now: datetime | None = None) -> int:
    """Checks PDFs that no other worker is checking, one after the other; returns how many. Safe at any time, and twice.

    After half a minute the rest is left to another turn, so that emails do not wait behind many files. A process that is
    checking already does nothing: a check may take 700 MiB.
    """
    if not _turn.acquire(blocking=False):
        return 0
    try:
        done = one_by_one(_taken(now, time.monotonic() + MOST_SECONDS), _check, "PdfCheck")
    finally:
        _turn.release()
    if leasing.free(PdfCheck.objects, now or timezone.now()).exists():
        nudge.nudge(task=pdf_check.CHECK)
    return done


def _taken(now: datetime | None, until: float) -> Iterator[PdfCheck]:
    while time.monotonic() < until and (check := pdf_check.take(now or timezone.now())):
        yield check


def _check(check: PdfCheck) -> int:
    """Checks the file outside of a transaction: it may take a minute. Where the machine cannot read or keep files, it goes on
    waiting: no file is refused for that."""
    try:
        accept(check=check, found=safely.check_pdf(_bytes_of(check)))
    except Refusal as refusal:  # of the file, or because there is no room for the one to keep
        refuse(check=check, because=refusal.message)
    except OSError:
        pdf_check.give_back(check)
        raise
    return 1


def _bytes_of(check: PdfCheck) -> bytes:
    """Raises Refusal where the file is gone, and for one that ends every worker that opens it."""
    if check.attempts > MOST_ATTEMPTS:
        raise Refusal(safely.BROKEN_PDF)
    try:
        with check.file_of.file.open("rb") as opened:
            return opened.read()
    except FileNotFoundError as error:
        if not Path(check.file_of.file.path).parent.is_dir():
            raise  # the folder of all files is away
        raise Refusal(LOST) from error


@transaction.atomic
def accept(*, check: PdfCheck, found: CheckedPdf) -> PdfCheck:
    """The file may be used from now on; returns the check. Where the file had to change, the changed one is kept instead.

    A newer file of a document takes its place now. Where that can no longer be, the file is refused, with the reason.
    """
    locked = _lock(check)
    if locked.state != State.WAITING:
        return locked
    file, now = locked.file_of, timezone.now()
    if found.clean is not None:
        _keep(file, found.clean)
    try:
        with transaction.atomic():
            if isinstance(file, Document) and file.replaces and file.withdrawn_at is None:
                documents.put_in_place(new=file, by=file.uploaded_by)
    except Refusal as refusal:
        return _refused(locked, refusal.message)
    said = {"notes": list(found.notes), "tagged": found.tagged, "sizes": [list(size) for size in found.sizes]}
    states.move(locked, State.PASSED, done_at=now, lease_until=None, **said)
    counted = _count(file) if found.clean is not None and not _is_gone(file) else {}
    _record(file, "checked", None, cleaned=found.clean is not None, **counted)
    return locked


@transaction.atomic
def refuse(*, check: PdfCheck, because: str) -> PdfCheck:
    """Takes the file back and keeps why; returns the check. What it was to replace stays as it is."""
    locked = _lock(check)
    return _refused(locked, because) if locked.state == State.WAITING else locked


@transaction.atomic
def put_away(*, check: PdfCheck, by) -> None:
    """Deletes a file that was refused, once somebody has read why. Raises Refusal for any other."""
    locked = _lock(check)
    if locked.state != State.REFUSED:
        raise Refusal("Only a file that was refused can be put away.")
    file = locked.file_of
    _record(file, "put_away", by)
    pdf_check.delete_refused(type(file).objects.filter(pk=file.pk))


def delete_old(now: datetime) -> int:
    """Deletes files that were refused 30 days ago; returns how many."""
    old = PdfCheck.objects.refused().filter(done_at__lt=now - REFUSED_KEPT)
    for check in old:
        put_away(check=check, by=None)
    return len(old)


def _lock(check: PdfCheck) -> PdfCheck:
    """The check as it is now, locked with its file, after the meeting or the report as everywhere."""
    if check.document_id:
        Meeting.objects.locked().get(pk=check.document.meeting_id)
        Document.objects.select_for_update(of=("self",)).get(pk=check.document_id)
    else:
        Report.objects.locked().get(pk=check.appendix.report_id)
    rows = PdfCheck.objects.select_for_update(of=("self",))
    return rows.select_related("document__meeting", "document__replaces", "appendix__report").get(pk=check.pk)


def _keep(file: Document | ReportAppendix, clean: bytes) -> None:
    """The file that was sent is no row's any more, so the clock deletes it within a day."""
    new = ContentFile(clean)
    new.kind = kinds.PDF  # type: ignore[attr-defined]  # as `UploadField` sets it
    storing.keep(file.file, new)
    file.size, file.sha256 = len(clean), hashlib.sha256(clean).hexdigest()
    file.save(update_fields=["file", "size", "sha256"])


def _refused(locked: PdfCheck, because: str) -> PdfCheck:
    file, now, counted = locked.file_of, timezone.now(), {}
    states.move(locked, State.REFUSED, refused_because=because, done_at=now, lease_until=None)
    if not _is_gone(file):
        gone = "withdrawn_at" if isinstance(file, Document) else "removed_at"
        setattr(file, gone, now)
        file.save(update_fields=[gone])
        counted = _count(file)
    _record(file, "refused", None, reason=because, **counted)
    return locked


def _is_gone(file: Document | ReportAppendix) -> bool:
    """Whether somebody took it back while it was being checked."""
    return (file.withdrawn_at if isinstance(file, Document) else file.removed_at) is not None


def _count(file: Document | ReportAppendix) -> dict[str, Any]:
    """Counts a change of a report's appendices; returns what the audit log says of it."""
    if isinstance(file, Document):
        return {}
    report_appendix.count(file.report)
    return {"revision": file.report.revision, "fields": ["appendices"]}


def _record(file: Document | ReportAppendix, what: str, by, **details) -> None:
    if isinstance(file, Document):
        audit.record(by=by, verb=f"document.{what}", subject=file, **details)
    else:
        audit.record(by=by, verb=f"report.appendix_{what}", subject=file.report, title=file.title, **details)

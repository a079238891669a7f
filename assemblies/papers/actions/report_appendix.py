"""Appendices of a report are added and removed here."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assemblies.papers.actions import classification, pdf_check
from assemblies.papers.models import Report, ReportAppendix
from partnership import audit
from partnership.files import storing
from partnership.refusals import Refusal


@transaction.atomic
def add(
    *, report: Report, by, title: str, file: UploadedFile, closed: bool = False, made_by_portal: bool = False
) -> ReportAppendix:
    """Adds a file to a report that is being written; returns it. The same file sent twice under one title is one.

    With `closed` it is closed to the public at once, and its ground is still to be given. A PDF is checked before anybody
    opens it, but for one that the portal made itself.
    """
    locked = _lock(report)
    digest = storing.digest_of(file)
    same = Q(sha256=digest) | Q(pdf_check__sent_sha256=digest)
    known = locked.appendices.in_use().filter(same, title=title).first()
    if known:
        return known
    kind = file.kind  # type: ignore[attr-defined]  # set when it was looked at
    appendix = ReportAppendix(
        report=locked, title=title, content_type=kind.content_type, extension=kind.extension, size=file.size,
        sha256=digest, added_by=by,
    )  # fmt: skip
    storing.keep(appendix.file, file)
    appendix.save()
    if closed:
        classification.begin(thing=appendix, by=by)
    if not made_by_portal:
        pdf_check.begin(appendix)
    count(locked)
    audit.record(
        by=by,
        verb="report.appendix_added",
        subject=locked,
        title=title,
        revision=locked.revision,
        fields=["appendices"],
    )
    return appendix


@transaction.atomic
def remove(*, appendix: ReportAppendix, by) -> None:
    """Takes it from the report; those after it move up. The file is kept: versions may name it."""
    locked = _lock(appendix.report)
    row = locked.appendices.in_use().filter(pk=appendix.pk).first()
    if row is None:
        return
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    count(locked)
    audit.record(
        by=by, verb="report.appendix_removed", subject=locked, title=row.title, revision=locked.revision,
        fields=["appendices"],
    )  # fmt: skip


def count(report: Report) -> None:
    """Counts a change of the appendices of a locked report: a page that was opened before is not the report that would be
    submitted now."""
    report.revision += 1
    report.save(update_fields=["revision"])


def _lock(report: Report) -> Report:
    locked = Report.objects.locked().get(pk=report.pk)
    if not locked.is_open:
        raise Refusal(f"The report is {locked.get_state_display()}, so its appendices stay as they are.")
    return locked

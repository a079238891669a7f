"""Appendices of a report as one person sees them: of a closed one outsiders see its safe title and the ground."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse

from assemblies.closures.models import Closure
from assemblies.papers.models import Document, Report, ReportAppendix, ReportVersion
from assemblies.papers.report_text import Appendix, ReportText
from assemblies.papers.seen_reports import readable


@dataclass(frozen=True)
class SeenAppendix:
    """An appendix as somebody may see it; no `address` where they may not open it. `closure`: its own, not the report's;
    `withdrawn`: the file that was, in whose place people read why; `is_untagged`: a PDF that was not made for screen readers."""

    title: str
    address: str
    closure: Closure | None
    withdrawn: Document | None = None
    is_untagged: bool = False


def of_version(version: ReportVersion, user, *, works: bool) -> list[SeenAppendix]:
    """The appendices that a version names, in their order. `works`: the person works on the report, so reads all of them."""
    numbers = [each["pk"] for each in version.content["appendices"]]
    rows = version.report.appendices.filter(pk__in=numbers).with_closures()
    rows = rows.select_related("pdf_check", "document__meeting", "document__closure").prefetch_related(
        "document__closure__grounds__board"
    )
    found = {row.pk: row for row in rows}
    closed = [row.document.pk for row in found.values() if row.document and row.document.closed_by]
    read = set() if works else readable(Document, closed, user)
    matter = version.closed_by
    return [_of_version(found[pk], matter, may_read=works or found[pk].document_id in read) for pk in numbers]


def of_draft(report: Report) -> list[SeenAppendix]:
    """Those that the report has now, for those who work on it."""
    return [
        SeenAppendix(row.title, "" if row.is_being_checked else _own(row), row.closure, is_untagged=row.is_untagged)
        for row in report.appendices_in_use
    ]


def text_for(version: ReportVersion, user, *, works: bool) -> ReportText:
    """What the version says, with the titles of its appendices that the person may read."""
    return with_titles(version.text, of_version(version, user, works=works))


def with_titles(text: ReportText, seen: Iterable[SeenAppendix]) -> ReportText:
    return replace(text, appendices=tuple(Appendix(each.title) for each in seen))


def _of_version(row: ReportAppendix, matter: Closure | None, *, may_read: bool) -> SeenAppendix:
    """Of one that is published, the class of the document that it is now."""
    thing: Document | ReportAppendix = row.document or row
    closure = thing.closed_by
    own = thing.closure if matter is None or thing.closure_id != matter.pk else None
    if closure and not may_read:
        return SeenAppendix(closure.title_for_public(row.title), "", own)
    address = reverse("document", args=[row.document.meeting.slug, row.document.pk]) if row.document else _own(row)
    gone = row.document if row.document and row.document.withdrawn_because else None
    return SeenAppendix(row.title, address, own, gone, is_untagged=row.is_untagged and gone is None)


def _own(row: ReportAppendix) -> str:
    return reverse("report_appendix_file", args=[row.report_id, row.pk])

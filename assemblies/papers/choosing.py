"""What comes out in a pack: every paper of an agenda, or in a supplement what is in no pack yet. Chosen on publication, once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from assemblies.closures.models import Closure
from assemblies.meetings.in_common import boards_of, recording_of
from assemblies.meetings.models import Meeting
from assemblies.papers.agenda_reports import appendices_of, reports_of
from assemblies.papers.models import AgendaItem, AgendaVersion, Document, PackPart, ReportVersion
from assemblies.papers.withdrawn import withdrawals_of
from partnership import dates

LONGEST = 200  # of a title in a pack


@dataclass
class _Papers:
    """The papers of an item in one of the two parts of a pack, and what closes those that are closed."""

    rows: list[PackPart] = field(default_factory=list)
    closures: list[Closure] = field(default_factory=list)

    def add(self, row: PackPart, closure: Closure | None) -> None:
        row.is_closed = closure is not None
        self.rows.append(row)
        self.closures += [closure] if closure else []


def parts_of(
    version: AgendaVersion, earlier: Collection[PackPart] = (), business: Collection[int] = ()
) -> list[PackPart]:
    """Returns the parts, not saved, of the pack of an agenda: every item, with its reports, appendices and documents.

    With `earlier`, the parts of the packs that are out, those of the next supplement: papers that are in none of them, or only
    among the closed ones; their items, and the items `business` (their numbers), which are new or about something else now.
    Empty where there is nothing.
    """
    known = {(part.report_id, part.document_id, part.is_closed) for part in earlier if not part.is_item}
    reports = reports_of(version)
    gone = withdrawals_of([report for each in reports.values() for report in each])
    reports = {item: [report for report in each if report.pk not in gone] for item, each in reports.items()}
    documents = Prefetch("documents", Document.objects.with_closures())
    items = version.items.with_closures().prefetch_related(documents)
    opened: list[PackPart] = []
    closed: list[PackPart] = []
    for item in items:
        papers = _papers_of(item, reports.get(item.pk, []))
        rows = _not_out_yet(papers.rows, known) if earlier else papers.rows
        if earlier and not rows and item.pk not in business:
            continue
        why = _why(item, papers.closures)
        opened += [
            PackPart(item=item, title=item.public_title, closed=why),
            *(row for row in rows if not row.is_closed),
        ]
        shut = [row for row in rows if row.is_closed]
        if shut or item.closed_by:
            closed += [PackPart(item=item, title=item.title, closed=why, is_closed=True), *shut]
    for position, row in enumerate([*opened, *closed], start=1):
        row.position = position
    return [*opened, *closed]


def _papers_of(item: AgendaItem, reports: list[ReportVersion]) -> _Papers:
    papers, shut = _Papers(), item.closed_by
    for report in reports:
        _add_report(papers, item, report, is_one_of_several=len(reports) > 1)
    for document in item.documents.all():
        if document.withdrawn_at is None:
            closure = shut or document.closed_by or _of_other_item(document)
            papers.add(PackPart(item=item, document=document, title=document.title), closure)
    return papers


def _add_report(papers: _Papers, item: AgendaItem, report: ReportVersion, *, is_one_of_several: bool) -> None:
    shut = item.closed_by or report.closed_by
    title = f"{report.report.board}: {report.text.title}" if is_one_of_several else report.text.title
    papers.add(PackPart(item=item, report=report, title=title[:LONGEST], closed=shut.class_name if shut else ""), shut)
    for number, document in appendices_of(report):
        if document.withdrawn_at is None:
            row = PackPart(item=item, document=document, appendix=number, title=document.title)
            papers.add(row, shut or document.closed_by)


def _of_other_item(document: Document) -> Closure | None:
    """What closes a file of an open item that goes with a closed one too."""
    item = document.agenda_items.closed().with_closures().first() if document.closed_with_item else None
    return item.closed_by if item else None


def _not_out_yet(rows: Iterable[PackPart], known: Collection[tuple[int | None, int | None, bool]]) -> list[PackPart]:
    """Those that are in no pack yet, in this part; a new report with all its appendices."""
    found, with_report = [], False
    for row in rows:
        is_new = (row.report_id, row.document_id, row.is_closed) not in known
        if not row.appendix:
            with_report = is_new and row.report_id is not None
        if is_new or (row.appendix and with_report):
            found.append(row)
    return found


def _why(item: AgendaItem, closures: Iterable[Closure]) -> str:
    """Why papers of the item are not in the open part, in words that anybody may read; "" where all are."""
    if item.closed_by:
        return " ".join(item.closed_by.why)
    words = " ".join(dict.fromkeys(each for closure in closures for each in closure.why))
    return f"Part of its papers are closed. {words}" if words else ""


def cover_of(meeting: Meeting, notes: Iterable[str]) -> dict[str, Any]:
    """What stands on the first page, as it is today; `notes` below it."""
    boards = boards_of(meeting)
    ways = [meeting.venue or "in person"] * meeting.has_room + ["online"] * meeting.has_link
    hours = f"{dates.clock(meeting.starts_at)} to {dates.clock(meeting.ends_at)}"
    return {
        "board": ", ".join(str(board) for board in boards),
        "meeting": meeting.title,
        "day": dates.day(meeting.starts_at),
        "place": f"{hours}, {' and '.join(ways)}",
        "recording": "" if meeting.by_invitation else " ".join(each.rule for each in recording_of(boards)),
        "contact": settings.CONTACT_EMAIL,
        "notes": [note for note in notes if note],
    }

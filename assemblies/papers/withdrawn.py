"""What is known of withdrawn papers: what keeps one out of view, who had opened it, and what can be withdrawn of a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from assemblies.meetings.models import Meeting
from assemblies.papers.models import (
    Document,
    MeetingPack,
    PackFile,
    PackPart,
    PaperOpening,
    ReportAppendix,
    ReportVersion,
    Withdrawal,
)
from partnership import dates


@dataclass(frozen=True)
class Paper:
    """A paper that people can read now: a report with its appendices, or a file that belongs to no report."""

    title: str
    report: ReportVersion | None = None
    document: Document | None = None
    appendices: tuple[Document, ...] = ()


def withdrawal_of(document: Document) -> Withdrawal | None:
    """What keeps a file out of view: its own withdrawal, or that of a paper it went with; None where one of the staff took it
    away before two were asked."""
    found = Withdrawal.objects.in_force().filter(files__document=document)
    return found.select_related("meeting__board", "report__item").prefetch_related("erasures").first()


def withdrawals_of(versions: Iterable[ReportVersion]) -> dict[int, Withdrawal]:
    """What keeps each of these versions of reports out of view, by their numbers; one query where there is none."""
    versions = list(versions)
    rows = Withdrawal.objects.in_force().filter(report__in={each.report_id for each in versions})
    rows = rows.select_related("report__item__closure").prefetch_related("report__item__closure__grounds__board")
    found: dict[int, Withdrawal] = {}
    for row in rows:  # the newest first: the oldest that covers a version is when it went
        found |= {
            each.pk: row for each in versions if each.report_id == row.report_id and each.number <= (row.up_to or 0)
        }
    return found


def withdrawn_parts(rows: Iterable[PackPart]) -> dict[int, str]:
    """What people read in the place of each paper that is out of view, by its part: when it was withdrawn, and why."""
    rows = list(rows)
    reports = withdrawals_of(row.report for row in rows if row.report)
    said = {}
    for row in rows:
        if row.report and row.report.pk in reports:
            withdrawal = reports[row.report.pk]
            said[row.pk] = _withdrawn(withdrawal.asked_at, withdrawal.because)
        elif row.document and row.document.withdrawn_at:
            said[row.pk] = _withdrawn(row.document.withdrawn_at, row.document.withdrawn_because)
    return said


def _withdrawn(when: datetime, why: str) -> str:
    return f"was withdrawn from view on {dates.moment(when)}.{f' The reason: {why}' if why else ''}"


def is_closed(withdrawal: Withdrawal) -> bool:
    """Whether what was withdrawn is closed to the public."""
    if withdrawal.document_id:
        return Document.objects.closed().filter(pk=withdrawal.document_id).exists()
    return versions_of(withdrawal).filter(pk__in=ReportVersion.objects.closed().values("pk")).exists()


def versions_of(withdrawal: Withdrawal) -> QuerySet[ReportVersion]:
    """The versions of a report that went; none for a file."""
    up_to = withdrawal.up_to or 0
    return ReportVersion.objects.filter(report=withdrawal.report_id, number__lte=up_to)


def openings_of(withdrawal: Withdrawal) -> QuerySet[PaperOpening]:
    """Who had opened what went with it, the newest first. Openings are written down of papers that are closed to the public."""
    files = withdrawal.files.values("document")
    theirs = Q(document__in=files) | Q(version__in=versions_of(withdrawal).values("pk"))
    theirs |= Q(appendix__document__in=files)
    return PaperOpening.objects.filter(theirs).select_related("person", "document", "version", "appendix")


def papers_in_view(meeting: Meeting) -> list[Paper]:
    """What people can read of the meeting now, in order: reports with their appendices, then the other files."""
    if meeting.state == Meeting.State.DRAFT:
        return []
    newest: dict[int, ReportVersion] = {}
    rows = meeting.reports.published().not_withdrawn().select_related("report").order_by("item_number", "number")
    for version in rows:
        newest[version.report_id] = version
    files = meeting.documents.filter(released_at__isnull=False, withdrawn_at=None).order_by("kind", "position", "pk")
    by_report: dict[int, list[Document]] = {}
    other = []
    appendices = ReportAppendix.objects.filter(report__in=newest, document__in=files.values("pk"))
    of_report = dict(appendices.values_list("document", "report"))
    for file in files:
        if file.pk in of_report:
            by_report.setdefault(of_report[file.pk], []).append(file)
        else:
            other.append(Paper(file.title, document=file))
    reports = [
        Paper(version.text.title, report=version, appendices=tuple(by_report.get(pk, ())))
        for pk, version in newest.items()
    ]
    return [*reports, *other]


def packs_of(withdrawal: Withdrawal) -> list[tuple[MeetingPack, list[PackFile]]]:
    """The packs in which it stood, each with the files that held it and are given out no more."""
    rows = PackPart.objects.filter(
        Q(document__in=withdrawal.files.values("document")) | Q(report__in=versions_of(withdrawal).values("pk"))
    )
    found: dict[MeetingPack, dict[PackFile, None]] = {}
    for part in (
        rows.select_related("pack__meeting").prefetch_related("pack__files").order_by("pack__number", "position")
    ):
        files = found.setdefault(part.pack, {})
        files |= {file: None for file in part.pack.files.all() if file.has(part)}
    return [(pack, list(files)) for pack, files in found.items()]

"""Cover reports beside the items of an agenda, as one person sees them, with their appendices."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from assemblies.closures.models import Closure
from assemblies.papers.agenda_reports import host_first
from assemblies.papers.models import AgendaItem, Document, Report, ReportAppendix, ReportVersion, Withdrawal
from assemblies.papers.withdrawn import withdrawals_of
from partnership.boards.models import Board


@dataclass
class SeenReport:
    """A report that the person may read. `board`: the one that it is for; `closure`: why it is closed to others, or was; `page`:
    where it stands in a pack. `withdrawal`: what keeps it out of view, in whose place people read why."""

    pk: int
    title: str
    board: Board
    url: str
    closure: Closure | None
    appendices: list[Document] = field(default_factory=list)
    withdrawal: Withdrawal | None = None
    page: str = ""


@dataclass(frozen=True)
class ClosedPaper:
    """A paper that the person may not read, beside an item that they may: its safe title, and why. `board`: that of a report."""

    title: str
    closure: Closure
    board: Board | None = None


def seen_reports(numbers: Collection[int], user) -> dict[int, SeenReport | ClosedPaper]:
    """Published versions of reports, by their numbers, as the person sees them: of closed ones outsiders see the safe title. Of
    several on one topic that of the meeting's host comes first.

    Nothing is asked where there is none; otherwise the same number of queries whatever there is.
    """
    if not numbers:
        return {}
    rows = (
        ReportVersion.objects.filter(pk__in=numbers)
        .defer("content")
        .select_related("closure", "meeting", "report__item__closure", "report__item__board")
    )
    rows = rows.prefetch_related("closure__grounds__board", "report__item__closure__grounds__board")
    rows = rows.annotate(
        heading=KeyTextTransform("title", KeyTransform("text", "content")), listed=KeyTransform("appendices", "content")
    )
    found = sorted(rows, key=lambda row: host_first(row.report.item.board, row.meeting))
    read = readable(ReportVersion, [row.pk for row in found if row.closed_by], user)
    files = _files([each["pk"] for row in found for each in row.listed], user)
    gone = withdrawals_of(found)
    return {
        row.pk: _seen(row, files, gone.get(row.pk), may_read=row.closed_by is None or row.pk in read) for row in found
    }


def _seen(
    row, files: dict[int, Document], withdrawal: Withdrawal | None, *, may_read: bool
) -> SeenReport | ClosedPaper:
    closure, board = row.closed_by, row.report.item.board
    if closure and not may_read:
        return ClosedPaper(closure.title_for_public(row.heading), closure, board)
    if withdrawal:
        return SeenReport(row.pk, withdrawal.title, board, row.get_absolute_url(), closure, withdrawal=withdrawal)
    appendices = [files[each["pk"]] for each in row.listed if each["pk"] in files]
    return SeenReport(row.pk, row.heading, board, row.get_absolute_url(), closure or row.closure, appendices)


def _files(appendices: Collection[int], user) -> dict[int, Document]:
    """The files of these appendices that the person may open, by the numbers of the appendices."""
    if not appendices:
        return {}
    rows = ReportAppendix.objects.filter(pk__in=appendices, document__isnull=False)
    documents = Prefetch("document", Document.objects.with_closures())
    files = {row.pk: row.document for row in rows.prefetch_related(documents) if row.document}
    read = readable(Document, [file.pk for file in files.values() if file.closed_by], user)
    return {pk: file for pk, file in files.items() if not file.closed_by or file.pk in read}


def readable(model: type[AgendaItem] | type[ReportVersion] | type[Document], closed: list[int], user) -> set[int]:
    """Those of the closed rows, by their numbers, that the person may read. No query where there is none."""
    if not closed or not user.is_authenticated:
        return set()
    read = set(model.objects.readable_by(user).filter(pk__in=closed).values_list("pk", flat=True))
    if model is ReportVersion:  # those who work on a report read all of it
        read |= set(Report.objects.of_person(user).filter(versions__in=closed).values_list("versions", flat=True))
    return read

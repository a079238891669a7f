"""Which cover reports go with the items of an agenda: those that were out while that version was in force."""

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Prefetch, When

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, AgendaVersion, Document, Report, ReportVersion
from assemblies.papers.models.agenda import AgendaItemQuerySet
from partnership.boards.models import Board


def with_reports(items: AgendaItemQuerySet, until: datetime | None = None):
    """Each item with `reports_out`, the numbers of the newest published version of each of its reports: at a meeting in common
    every board may have one of its own on the topic.

    `until`: when the next version of the agenda came out, which may have brought newer reports: the one before it goes on
    showing what it came with. A report belongs to the topic of the row; where the row was written by hand, to the row of its
    title.
    """
    out = ReportVersion.objects.published().filter(meeting=OuterRef("version__meeting"))
    out = out.filter(published_at__lt=until) if until else out
    newest = out.order_by("report_id", "-published_at", "-number").distinct("report_id").values("pk")
    of_topic = newest.filter(report__item__topic=OuterRef("planned__topic"))
    of_title = newest.filter(report__item__topic__title__iexact=OuterRef("title"))
    return items.annotate(
        reports_out=Case(When(planned=None, then=ArraySubquery(of_title)), default=ArraySubquery(of_topic))
    )


def reports_of(version: AgendaVersion) -> dict[int, list[ReportVersion]]:
    """Returns the reports of each item that has any, by the number of the item, each with what closes it; that of the host
    first, then by the names of the boards."""
    later = version.meeting.agenda_versions.published().filter(number__gt=version.number).order_by("number").first()
    items = with_reports(version.items.all(), later.published_at if later else None)
    numbers = {item.pk: item.reports_out for item in items if item.reports_out}
    rows = ReportVersion.objects.select_related("closure", "report__item__closure", "report__item__board")
    grounds = ("closure__grounds__board", "report__item__closure__grounds__board")
    found = rows.prefetch_related(*grounds).in_bulk([number for each in numbers.values() for number in each])
    ordered = sorted(found.values(), key=lambda row: host_first(row.report.item.board, version.meeting))
    return {item: [row for row in ordered if row.pk in theirs] for item, theirs in numbers.items()}


def host_first(board: Board, meeting: Meeting | None) -> tuple[bool, str]:
    """Sorts what several boards of a meeting have: the host's first, then by the names of the boards."""
    return meeting is None or board.pk != meeting.board_id, board.name


def appendices_of(report: ReportVersion) -> list[tuple[int, Document]]:
    """The appendices of a published report as documents of the meeting, each after its number in the text of the report; those
    that were withdrawn too."""
    numbers = {each["pk"]: number for number, each in enumerate(report.content["appendices"], start=1)}
    rows = report.report.appendices.filter(pk__in=numbers, document__isnull=False)
    rows = rows.prefetch_related(Prefetch("document", Document.objects.with_closures()))
    return sorted(((numbers[row.pk], row.document) for row in rows if row.document), key=itemgetter(0))


class ComingOut(NamedTuple):
    """A report that comes out with a version of an agenda, or came. `is_newer`: an earlier version of it was out before."""

    report: Report
    is_newer: bool


def coming_out_with(version: AgendaVersion, items: Iterable[AgendaItem] | None = None) -> dict[int, list[ComingOut]]:
    """Returns the reports by the items of the agenda (`items`, where they are known): for a draft those that are signed off."""
    reports = sorted(_reports(version), key=lambda report: host_first(report.item.board, version.meeting))
    found = {}
    for item in version.items.select_related("planned") if items is None else items:
        topic, title = item.planned.topic_id if item.planned else None, item.title.casefold()
        theirs = [each for each in reports if (each.item.topic_id == topic if topic else _is_called(each, title))]
        if theirs:
            found[item.pk] = [ComingOut(report, report.was_out) for report in theirs]
    return found


def _is_called(report: Report, title: str) -> bool:
    return report.item.topic.title.casefold() == title


def _reports(version: AgendaVersion):
    """Reports of the meeting that come out with the version; `was_out` says whether one was out before."""
    theirs = ReportVersion.objects.published().filter(report=OuterRef("pk"))
    if version.state == AgendaVersion.State.DRAFT:
        items = version.meeting.planned_items.live()
        rows, before = Report.objects.signed_off().filter(item__in=items), theirs
    else:
        now = theirs.filter(meeting=version.meeting_id, published_at=version.published_at)
        rows, before = Report.objects.filter(Exists(now)), theirs.filter(published_at__lt=version.published_at)
    return rows.select_related("item__topic", "item__board", "item__closure").annotate(was_out=Exists(before))

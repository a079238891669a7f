"""Which cover reports go with the items of an agenda: those that were out while that version was in force."""

from operator import itemgetter
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from assemblies.papers.models import AgendaVersion, Document, Report, ReportVersion


def reports_of(version: AgendaVersion) -> dict[int, ReportVersion]:
    """Returns the newest published version of the report of each item that has one, by the item. Two queries.

    A later agenda may come with a newer version of a report: the one before it goes on showing what it came with.
    """
    later = version.meeting.agenda_versions.published().filter(number__gt=version.number).order_by("number").first()
    found = version.meeting.reports.published().select_related("report__item", "closure")
    if later:
        found = found.filter(published_at__lt=later.published_at)
    out = list(found.order_by("published_at", "number"))
    by_planned = {each.report.item_id: each for each in out}
    by_number = {each.item_number: each for each in out}  # of agendas that were not made from a forward plan
    reports = {}
    for item in version.items.all():
        report = by_planned.get(item.planned_id) if item.planned_id else by_number.get(item.position)
        if report is not None:
            reports[item.pk] = report
    return reports


def appendices_of(report: ReportVersion) -> list[tuple[int, Document]]:
    """The appendices of a published report as documents of the meeting, each after its number in the text of the report; those
    that were withdrawn too."""
    numbers = {each["pk"]: number for number, each in enumerate(report.content["appendices"], start=1)}
    rows = report.report.appendices.filter(pk__in=numbers, document__isnull=False)
    rows = rows.select_related("document__closure").prefetch_related("document__closure__grounds__board")
    return sorted(((numbers[row.pk], row.document) for row in rows), key=itemgetter(0))


class ComingOut(NamedTuple):
    """A report that comes out with a version of an agenda, or came. `is_newer`: an earlier version of it was out before."""

    report: Report
    is_newer: bool


def coming_out_with(version: AgendaVersion) -> dict[int, ComingOut]:
    """Returns the reports by the items of the agenda: for a draft those that are signed off. Two queries."""
    found = {}
    by_planned = {report.item_id: report for report in _reports(version)}
    by_title = {report.item.topic.title.casefold(): report for report in by_planned.values()}
    for item in version.items.all():
        report = by_planned.get(item.planned_id) if item.planned_id else by_title.get(item.title.casefold())
        if report is not None:
            found[item.pk] = ComingOut(report, report.was_out)
    return found


def _reports(version: AgendaVersion) -> QuerySet[Report]:
    """Reports of the meeting that come out with the version; `was_out` says whether one was out before."""
    theirs = ReportVersion.objects.published().filter(report=OuterRef("pk"))
    if version.state == AgendaVersion.State.DRAFT:
        items = version.meeting.planned_items.live()
        rows, before = Report.objects.signed_off().filter(item__in=items), theirs
    else:
        now = theirs.filter(meeting=version.meeting_id, published_at=version.published_at)
        rows, before = Report.objects.filter(Exists(now)), theirs.filter(published_at__lt=version.published_at)
    return rows.select_related("item__topic").annotate(was_out=Exists(before))

"""Which cover reports go with the items of an agenda: those that were out while that version was in force."""

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Case, Exists, OuterRef, Prefetch, Subquery, When

from assemblies.papers.models import AgendaItem, AgendaVersion, Document, Report, ReportVersion
from assemblies.papers.models.agenda import AgendaItemQuerySet


def with_reports(items: AgendaItemQuerySet, until: datetime | None = None):
    """Each item with `report_out`, the number of the newest published version of its report; None where it has none.

    `until`: when the next version of the agenda came out, which may have brought newer reports: the one before it goes on
    showing what it came with. A report belongs to the planned item of the row; where the row was written by hand, to the row
    of its title.
    """
    out = ReportVersion.objects.published().filter(meeting=OuterRef("version__meeting"))
    newest = (out.filter(published_at__lt=until) if until else out).order_by("-published_at", "-number").values("pk")
    of_plan = newest.filter(report__item=OuterRef("planned"))
    of_title = newest.filter(report__item__topic__title__iexact=OuterRef("title"))
    return items.annotate(
        report_out=Case(When(planned=None, then=Subquery(of_title[:1])), default=Subquery(of_plan[:1]))
    )


def reports_of(version: AgendaVersion) -> dict[int, ReportVersion]:
    """Returns the report of each item that has one, by the number of the item, with what closes it."""
    later = version.meeting.agenda_versions.published().filter(number__gt=version.number).order_by("number").first()
    items = with_reports(version.items.all(), later.published_at if later else None)
    numbers = {item.pk: item.report_out for item in items if item.report_out}
    rows = ReportVersion.objects.select_related("closure", "report__item__closure")
    grounds = ("closure__grounds__board", "report__item__closure__grounds__board")
    found = rows.prefetch_related(*grounds).in_bulk(numbers.values())
    return {item: found[number] for item, number in numbers.items()}


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


def coming_out_with(version: AgendaVersion, items: Iterable[AgendaItem] | None = None) -> dict[int, ComingOut]:
    """Returns the reports by the items of the agenda (`items`, where they are known): for a draft those that are signed off."""
    found = {}
    by_planned = {report.item_id: report for report in _reports(version)}
    by_title = {report.item.topic.title.casefold(): report for report in by_planned.values()}
    for item in version.items.all() if items is None else items:
        report = by_planned.get(item.planned_id) if item.planned_id else by_title.get(item.title.casefold())
        if report is not None:
            found[item.pk] = ComingOut(report, report.was_out)
    return found


def _reports(version: AgendaVersion):
    """Reports of the meeting that come out with the version; `was_out` says whether one was out before."""
    theirs = ReportVersion.objects.published().filter(report=OuterRef("pk"))
    if version.state == AgendaVersion.State.DRAFT:
        items = version.meeting.planned_items.live()
        rows, before = Report.objects.signed_off().filter(item__in=items), theirs
    else:
        now = theirs.filter(meeting=version.meeting_id, published_at=version.published_at)
        rows, before = Report.objects.filter(Exists(now)), theirs.filter(published_at__lt=version.published_at)
    return rows.select_related("item__topic", "item__closure").annotate(was_out=Exists(before))

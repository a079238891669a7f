"""Decisions that the person may read. Nobody finds one by the name of somebody, or by what a report said that is out of view."""

from assemblies.decisions.models import Decision
from assemblies.papers.models import ReportVersion
from partnership import search
from partnership.dates import day
from partnership.search import Found, Result


@search.kind("Decisions")
def decisions(user) -> Found:
    rows = Decision.objects.visible_to(user).readable_by(user)
    withdrawn = ReportVersion.objects.withdrawn().values("pk")
    rows = rows.exclude(report_version__isnull=False, report_version__in=withdrawn)
    return Found(
        rows.select_related("board", "on_behalf_of"),
        ("title", "text", "recommendation", "reasons"),
        decision,
        "decided_on",
    )


def decision(row: Decision) -> Result:
    outcome = row.get_outcome_display()
    return Result(row.title, row.get_absolute_url(), search.line(str(row), outcome, row.who, day(row.decided_on)))

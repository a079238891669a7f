"""Who opened a closed paper, and when."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from assemblies.closures.models import Closure
from assemblies.papers.models import Document, PaperOpening, ReportAppendix, ReportVersion

FIELD_OF = {Document: "document", ReportVersion: "version", ReportAppendix: "appendix"}


def record(*, paper: Document | ReportVersion | ReportAppendix, by, now: datetime | None = None) -> PaperOpening:
    """Writes down that somebody opens a paper that is closed to the public. The caller has checked that they may."""
    known = {FIELD_OF[type(paper)]: paper}
    return PaperOpening.objects.create(person=by, opened_at=now or timezone.now(), closure=_closure_of(paper), **known)


def delete_old(now: datetime) -> int:
    """Deletes what is kept no longer; returns how many."""
    return PaperOpening.objects.over_since(now - timedelta(days=settings.OPENINGS_KEPT_DAYS)).delete()[0]


def _closure_of(paper: Document | ReportVersion | ReportAppendix) -> Closure | None:
    """What closes it: its own closure, or that of the item it goes with."""
    if paper.closed_by or isinstance(paper, ReportVersion):
        return paper.closed_by
    if isinstance(paper, ReportAppendix):
        return paper.report.item.closed_by
    item = paper.agenda_items.closed().select_related("closure").first()
    return item.closure if item else None

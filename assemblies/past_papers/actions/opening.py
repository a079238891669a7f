"""Who opened an old paper that is for members alone, and when."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from assemblies.past_papers.models import PastPaper, PastPaperOpening


def record(*, paper: PastPaper, by, now: datetime | None = None) -> PastPaperOpening:
    """Writes down that somebody opens a paper that is for members alone. The caller has checked that they may."""
    return PastPaperOpening.objects.create(person=by, opened_at=now or timezone.now(), paper=paper)


def delete_old(now: datetime) -> int:
    """Deletes what is kept no longer; returns how many."""
    return PastPaperOpening.objects.over_since(now - timedelta(days=settings.OPENINGS_KEPT_DAYS)).delete()[0]

"""Blockers by what stands in the way, for those who may read them. Nobody finds them by their owner."""

from assemblies.blockers.models import Blocker
from partnership import search
from partnership.search import Found, Result


@search.kind("Blockers")
def blockers(user) -> Found:
    rows = Blocker.objects.visible_to(user).select_related("partner")
    return Found(rows, ("title", "text", "tried", "outcome"), blocker)


def blocker(row: Blocker) -> Result:
    invented = "illustrative" if row.illustrative else ""
    about = search.line(row.get_state_display(), row.get_theme_display(), str(row.partner), invented)
    return Result(f"{row}: {row.title}", row.get_absolute_url(), about)

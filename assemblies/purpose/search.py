"""Purposes of boards by their words: those in force."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery

from assemblies.purpose.models import PurposeLine, PurposeVersion
from partnership import search
from partnership.dates import day
from partnership.search import Found, Result


@search.kind("Purposes")
def purposes(user) -> Found:
    lines = PurposeLine.objects.filter(version=OuterRef("pk")).order_by().values("version")
    texts = lines.annotate(all_of_them=StringAgg("text", " ")).values("all_of_them")
    rows = PurposeVersion.objects.visible_to(user).newest().select_related("board")
    return Found(rows.annotate(line_texts=Subquery(texts)), ("opening", "line_texts"), purpose)


def purpose(row: PurposeVersion) -> Result:
    about = search.line(f"version {row.number}", f"in force from {day(row.in_force_from)}")
    return Result(f"Purpose of the {row.board}: {row.opening}", row.get_absolute_url(), about)

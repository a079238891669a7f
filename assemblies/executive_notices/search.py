"""Notices of council executives, those of past decisions too; withdrawn ones are not found."""

from assemblies.executive_notices.models import ExecutiveNotice
from partnership import search
from partnership.dates import day
from partnership.search import Found, Result


@search.kind("Notices of council executives")
def notices(user) -> Found:
    return Found(ExecutiveNotice.objects.public().in_force().select_related("board"), ("matter", "reasons"), notice)


def notice(row: ExecutiveNotice) -> Result:
    return Result(
        row.matter, row.get_absolute_url(), search.line(row.get_kind_display(), row.board.name, day(row.first_on))
    )

"""Minutes that stand, item by item, as far as the person may read them. Nobody finds drafts or versions that were replaced."""

from assemblies.minutes.models import MinutesItem, MinutesVersion
from partnership import search
from partnership.search import Found, Result

DAY = "version__minutes__meeting__starts_at__date"


@search.kind("Minutes")
def minutes(user) -> Found:
    standing = MinutesVersion.objects.visible_to(user).standing().values("pk")
    rows = MinutesItem.objects.visible_to(user).filter(version__in=standing)
    return Found(
        rows.select_related("version__minutes__meeting", "version__minutes__board"), ("title", "text"), item, DAY
    )


def item(row: MinutesItem) -> Result:
    about = row.version.minutes
    return Result(f"{row.number}. {row.title}", f"{about.get_absolute_url()}#item-{row.number}", str(about))

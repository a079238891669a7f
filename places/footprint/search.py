"""Places, past ones included."""

from django.utils import timezone

from partnership import search
from partnership.dates import day
from partnership.search import Found, Result
from places.footprint.models import Place


@search.kind("Places")
def places(user) -> Found:
    return Found(Place.objects.visible_to(user), ("name", "summary", "system"), place)


def place(row: Place) -> Result:
    ended = f"Until {day(row.ends_on)}" if row.ends_on and row.ends_on < timezone.localdate() else ""
    return Result(row.name, row.get_absolute_url(), search.line(row.system, ended, row.summary))

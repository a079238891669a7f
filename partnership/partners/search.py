"""Partner organisations whose page the person may open; nobody's contact details."""

from partnership import search
from partnership.partners.models import Partner
from partnership.search import Found, Result


@search.kind("Partner organisations")
def partners(user) -> Found:
    return Found(Partner.objects.visible_to(user), ("name", "summary", "neighbourhoods"), partner)


def partner(row: Partner) -> Result:
    state = "" if row.is_listed else row.get_state_display().capitalize()
    return Result(row.name, row.get_absolute_url(), search.line(state, row.get_kind_display(), row.summary))

"""Actions by what is to be done. Nobody finds them by their owner."""

from assemblies.follow_up.models import FollowUp
from partnership import search
from partnership.dates import day
from partnership.search import Found, Result


@search.kind("Actions")
def follow_ups(user) -> Found:
    return Found(FollowUp.objects.visible_to(user).select_related("board"), ("text",), follow_up)


def follow_up(row: FollowUp) -> Result:
    due = f"due {day(row.due_on)}" if row.is_open else ""
    invented = "illustrative" if row.illustrative else ""
    about = search.line(row.get_state_display(), str(row.board), due, invented)
    return Result(f"{row}: {row.text}", row.get_absolute_url(), about)

"""Meetings the person may see, drafts of their own and meetings they are invited to among them."""

from assemblies.meetings.models import Meeting
from partnership import search
from partnership.dates import day
from partnership.search import Found, Result


@search.kind("Meetings")
def meetings(user) -> Found:
    return Found(
        Meeting.objects.visible_to(user).select_related("board"),
        ("title", "summary", "venue_name"),
        meeting,
        "starts_at__date",
    )


def meeting(row: Meeting) -> Result:
    state = row.get_state_display().capitalize() if row.state in (row.State.DRAFT, row.State.CANCELLED) else ""
    invited = "By invitation" if row.by_invitation else ""
    invented = "Illustrative" if row.illustrative else ""
    about = search.line(state, invited, invented, row.get_kind_display(), row.board.name, row.summary)
    return Result(f"{row.title}, {day(row.starts_at)}", row.get_absolute_url(), about)

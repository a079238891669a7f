"""The latest reports back, on the page of a seat."""

from django.http import HttpRequest

from assemblies.voice.models import ReportBack
from partnership import panels
from partnership.boards.models import Seat
from partnership.panels import Panel

SHOWN = 5


@panels.on("seat.main")
def reports_back(seat: Seat, request: HttpRequest) -> Panel:
    """Those that are open to everybody, or a sentence that there are none."""
    found = (
        ReportBack.objects.public()
        .filter(seat=seat)
        .with_correction()
        .select_related("meeting", "seat__board", "made_by")
    )
    rows = list(found[: SHOWN + 1])
    return Panel("voice/of_seat.html", {"reports": rows[:SHOWN], "more": len(rows) > SHOWN})

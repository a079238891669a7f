"""Until when agendas must be out, worked out of rows that one query gave, for lists of many meetings: see `deadline` for one."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from assemblies.meetings.models import MeetingBoard
from partnership.boards.clear_days import DayKind, latest_time_to_publish
from partnership.boards.models import BankHoliday

BOARD = {
    "board": "board__name", "clear_days": "board__clear_days", "day_kind": "board__day_kind",
    "publish_by": "board__publish_by",
}  # fmt: skip


def rules_of(meeting: str = "") -> dict[str, Any]:
    """The facts that `binding` reads of a row, beside its `starts_at`: of a meeting, or of what has one in that column."""
    before = f"{meeting}__" if meeting else ""
    rows = MeetingBoard.objects.filter(meeting=OuterRef(meeting or "pk")).order_by()
    return {name: f"{before}{path}" for name, path in BOARD.items()} | {
        "others": ArraySubquery(rows.values(rule=JSONObject(**BOARD))),
        "holidays": ArraySubquery(BankHoliday.objects.order_by().values("day")),
    }


class Binding(NamedTuple):
    """The board whose day comes first, its rule, and until when that is."""

    board: str
    clear_days: int
    day_kind: str
    until: datetime


def binding(row) -> Binding:
    """Of the boards that meet the one whose rule binds: the earliest day (DOMAIN §2)."""
    added, meeting_day = [date.fromisoformat(each) for each in row.holidays], timezone.localdate(row.starts_at)
    host = {name: getattr(row, name) for name in BOARD}
    return min((_rule_of(each, meeting_day, added) for each in [host, *row.others]), key=lambda each: each.until)


def _rule_of(board: Mapping[str, Any], meeting_day: date, added: list[date]) -> Binding:
    days, kind, hour = board["clear_days"], board["day_kind"], time.fromisoformat(board["publish_by"])
    until = latest_time_to_publish(meeting_day, days, DayKind(kind), hour, also=added)
    return Binding(board["board"], days, kind, until)

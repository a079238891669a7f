"""What council executives have to give notice of, for their chairs and staff: until when, and what is left after that."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from assemblies.closures.models import is_closed
from assemblies.executive_notices import standing
from assemblies.executive_notices.asked import LIVE, address, missing
from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.executive_notices.standing import Published, Rule, Standing
from assemblies.forward_plan.models import PlannedItem
from partnership import dates, todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.clear_days import DayKind
from partnership.boards.models import BankHoliday, Board
from partnership.boards.rules import boards_chaired_by
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo

ASKED_FROM = timedelta(days=21)  # before the last moment of the notice that is asked for
AHEAD = ASKED_FROM + timedelta(days=56)  # 28 working days take less than twice as many
NOTICE = JSONObject(kind="kind", at="published_at", first_on="first_on", last_on="last_on")


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    executives = cached_until_changed("council executives", lambda: set(_executives()))
    if not is_partnership_staff(user):
        executives = executives & {board.pk for board in boards_chaired_by(user, timezone.localdate())}
    if not executives:
        return
    now = timezone.now()
    ahead = PlannedItem.objects.live().filter(
        board__in=executives, meeting__state__in=LIVE, meeting__starts_at__gt=now, meeting__starts_at__lt=now + AHEAD
    )
    yield todo.kind(give_notice, ahead.filter(is_key=True), "pk", **_facts(Q(item=OuterRef("pk"))))
    private = Q(in_private=True) | is_closed()
    earlier = PlannedItem.objects.live().filter(
        private, board=OuterRef("board"), meeting=OuterRef("meeting"), pk__lt=OuterRef("pk")
    )
    of_meeting = Q(meeting=OuterRef("meeting"), board=OuterRef("board"))
    first = ahead.filter(private, ~Exists(earlier))
    yield todo.kind(give_notice_of_meeting, first, meeting="meeting__slug", **_facts(of_meeting))


def _executives():
    return Board.objects.filter(is_executive=True).values_list("pk", flat=True)


def _facts(notices: Q) -> dict:
    """What a to-do needs of a row: its meeting, how its board counts, and the notices there are."""
    rows = ExecutiveNotice.objects.in_force().filter(notices).order_by()
    return {
        "title": "topic__title", "slug": "board__slug", "board": "board__name", "starts_at": "meeting__starts_at",
        "day_kind": "board__notice_day_kind", "publish_by": "board__publish_by",
        "notices": ArraySubquery(rows.values(notice=NOTICE)),
        "holidays": ArraySubquery(BankHoliday.objects.order_by().values("day")),
    }  # fmt: skip


def give_notice(row) -> Todo | None:
    rule, published = _read(row)
    return _todo(row, standing.of_key_decision(row.starts_at, rule, published, timezone.now()), is_key=True)


def give_notice_of_meeting(row) -> Todo | None:
    rule, published = _read(row)
    return _todo(row, standing.of_private_meeting(row.starts_at, rule, published, timezone.now()), is_key=False)


def _read(row) -> tuple[Rule, list[Published]]:
    holidays = [date.fromisoformat(each) for each in row.holidays]
    published = [
        Published(
            each["kind"], datetime.fromisoformat(each["at"]), date.fromisoformat(each["first_on"]),
            date.fromisoformat(each["last_on"]),
        )
        for each in row.notices
    ]  # fmt: skip
    return Rule(DayKind(row.day_kind), time.fromisoformat(row.publish_by), holidays), published


def _todo(row, stands: Standing, *, is_key: bool) -> Todo | None:
    """None where nothing is missing, or there is plenty of time."""
    if stands.next is None or stands.until is None or stands.until > timezone.now() + ASKED_FROM:
        return None
    what = f"“{row.title}”" if is_key else f"the private meeting on {dates.short_day(row.starts_at)}"
    return Todo(
        title=f"Give notice of {what}",
        why=f"{row.board}. {missing(row.title, is_key=is_key, stands=stands, starts_at=row.starts_at)}",
        url=address(row.slug, stands.next, item=row.pk if is_key else None, meeting="" if is_key else row.meeting),
        due=timezone.localdate(stands.until),
    )

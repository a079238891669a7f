"""What is asked about minutes: drafted and circulated after the meeting, checked by those who were there, corrections answered,
agreed by the chair, confirmed."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.meetings.models.taking_part import MeetingBoard
from assemblies.minutes.models import Correction, Minutes, MinutesVersion
from assemblies.sittings.models import Sitting
from partnership import dates, todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.clear_days import next_working_day
from partnership.boards.rules import boards_chaired_by
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo

ABOUT = {
    "board": F("board__name"),
    "slug": F("meeting__slug"),
    "board_slug": F("board__slug"),
    "day_on": F("meeting__starts_at__date"),
}
ABOUT_VERSION = {
    "board": F("minutes__board__name"),
    "slug": F("minutes__meeting__slug"),
    "board_slug": F("minutes__board__slug"),
    "day_on": F("minutes__meeting__starts_at__date"),
}


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    """For who was there, minutes to check; for staff all but agreeing; for chairs all of their boards. One query."""
    today, now = timezone.localdate(), timezone.now()
    chaired = [board.pk for board in boards_chaired_by(user, today)]
    of_staff = is_partnership_staff(user)
    if cached_until_changed("minutes are circulated", Minutes.objects.circulated().exists):
        yield todo.kind(check, _to_check(user, today), "number", **ABOUT_VERSION, until_on="corrections_by")
    if not of_staff and not chaired:
        return
    theirs = Minutes.objects.editable_by(user)
    hosts = Meeting.objects.filter(sitting__state=Sitting.State.ENDED, board__isnull=False)
    beside = MeetingBoard.objects.filter(meeting__sitting__state=Sitting.State.ENDED)
    if not of_staff:
        hosts, beside = hosts.filter(board__in=chaired), beside.filter(board__in=chaired)
    host = {
        "board": F("board__name"),
        "slug": F("slug"),
        "board_slug": F("board__slug"),
        "day_on": F("starts_at__date"),
    }
    yield todo.kind(draft, hosts.filter(~Exists(_of("pk", "board"))), **host)
    yield todo.kind(draft, beside.filter(~Exists(_of("meeting", "board"))), **ABOUT)
    yield todo.kind(circulate, theirs.filter(state=Minutes.State.DRAFT), **ABOUT)
    to_agree = MinutesVersion.objects.filter(minutes=OuterRef("pk"), agreed_at__isnull=True)
    until = {"until_on": Subquery(to_agree.values("corrections_by")[:1])}
    yield todo.kind(answer, theirs.to_correct(), **ABOUT, **until)
    own = Minutes.objects.filter(board__in=chaired)
    ready = own.circulated().exclude(pk__in=own.to_correct().values("pk"))
    yield todo.kind(agree, ready.filter(Exists(to_agree.filter(corrections_by__lt=today))), **ABOUT, **until)
    started = Meeting.objects.published().filter(starts_at__gt=OuterRef("meeting__starts_at"), starts_at__lte=now)
    started = started.exclude(state=Meeting.State.CANCELLED)
    confirms = Exists(started.filter(board=OuterRef("board"))) | Exists(
        started.filter(boards_in_common=OuterRef("board"))
    )
    yield todo.kind(confirm, own.filter(Q(confirms), state=Minutes.State.AGREED), **ABOUT)


def _to_check(user, today: date):
    """Versions that wait for corrections from the person, who was there and has proposed none, nor circulated them."""
    own = Correction.objects.of_person(user).filter(version=OuterRef("pk"))
    open_to = MinutesVersion.objects.open_to_corrections(today).filter(minutes__in=Minutes.objects.of_person(user))
    return open_to.exclude(circulated_by=user).exclude(Exists(own))


def _of(meeting: str, board: str):
    return Minutes.objects.filter(meeting=OuterRef(meeting), board=OuterRef(board))


def draft(row) -> Todo:
    return Todo(
        title=f"Draft the minutes of {dates.short_day(row.day_on)}, {row.board}",
        why="They are drafted from the record. Those who were there remember best in the first days.",
        url=reverse("minutes_draft", args=[row.slug, row.board_slug]),
        due=_after(row.day_on),
    )


def circulate(row) -> Todo:
    return Todo(
        title=f"Circulate the minutes of {dates.short_day(row.day_on)}, {row.board}",
        why="Those who were there read them and propose corrections. Until then nobody else sees them.",
        url=_work(row),
        due=_after(row.day_on),
    )


def check(row) -> Todo:
    return Todo(
        title=f"Check the minutes of {dates.short_day(row.day_on)}, {row.board}",
        why="You were there. Propose what should be corrected before the chair agrees them.",
        url=reverse("minutes_version", args=[row.slug, row.board_slug, row.number]),
        due=row.until_on,
    )


def answer(row) -> Todo:
    return Todo(
        title=f"Answer corrections to the minutes of {dates.short_day(row.day_on)}, {row.board}",
        why="The chair agrees the minutes when each correction is answered.",
        url=_work(row),
        due=row.until_on,
    )


def agree(row) -> Todo:
    return Todo(
        title=f"Agree the minutes of {dates.short_day(row.day_on)}, {row.board}",
        why="The time for corrections is over. They are public when you agree them.",
        url=_work(row),
        due=row.until_on,
    )


def confirm(row) -> Todo:
    return Todo(
        title=f"Confirm the minutes of {dates.short_day(row.day_on)}, {row.board}",
        why="The next meeting of the board has started. Enter that it confirmed them.",
        url=reverse("minutes_confirm", args=[row.slug, row.board_slug]),
    )


def _work(row) -> str:
    return reverse("minutes_work", args=[row.slug, row.board_slug])


def _after(day: date) -> date:
    """The last day to draft the minutes of a meeting on the day."""
    for _ in range(settings.DRAFT_MINUTES_WITHIN_DAYS):
        day = next_working_day(day)
    return day

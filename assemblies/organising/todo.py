"""What a meeting asks for to go ahead: to be published, introduced by its places, marked as held."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting, MeetingBoard, MeetingPlace
from assemblies.meetings.named import WHICH, on_its_day
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.dates import short_day
from partnership.todo import Todo
from places.footprint.models import Place
from places.footprint.rules import is_place_lead

State = Meeting.State
SERIES_ASKED_FROM = timedelta(weeks=6)  # before each meeting: a year of drafts made at once is not a year of tasks


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    now = timezone.now()
    if is_partnership_staff(user):
        meetings = Meeting.objects.visible_to(user).order_by("starts_at")
        far = Q(in_series__isnull=False, starts_at__gt=now + SERIES_ASKED_FROM)
        drafts = meetings.filter(state=State.DRAFT, starts_at__gt=now).exclude(far)
        yield todo.kind(publish, drafts, "title", "slug", "starts_at")
        without_host = meetings.outliving_their_boards().filter(starts_at__gt=now)
        yield todo.kind(
            find_host, without_host, "title", "slug", "starts_at", board="board__name", ended_on="board__ends_on"
        )
        ended = MeetingBoard.objects.outliving_their_boards().filter(meeting__starts_at__gt=now)
        yield todo.kind(take_off_board, ended, **WHICH, board="board__name", ended_on="board__ends_on")
        over = meetings.filter(state=State.PUBLISHED, ends_at__lt=now)
        yield todo.kind(mark_as_held, over, "title", "slug", "starts_at")
    if is_place_lead(user):
        without_introduction = MeetingPlace.objects.filter(
            place__in=Place.objects.led_by(user).values("pk"),
            introduction="",
            meeting__state__in=[State.DRAFT, State.PUBLISHED],
            meeting__starts_at__gt=now,
        )
        yield todo.kind(
            introduce,
            without_introduction,
            place="place__name",
            place_slug="place__slug",
            meeting="meeting__title",
            slug="meeting__slug",
            starts_at="meeting__starts_at",
        )


def publish(row) -> Todo:
    return Todo(
        title=f"Publish {on_its_day(row.title, row.starts_at)}",
        why="It is a draft. Nobody can be invited, and nobody can register.",
        url=reverse("manage", args=[row.slug]),
        due=timezone.localdate(row.starts_at),
    )


def find_host(row) -> Todo:
    return Todo(
        title=f"Move or cancel {on_its_day(row.title, row.starts_at)}",
        why=f"Its host, the {row.board}, ends before it: its last day is {short_day(row.ended_on)}.",
        url=reverse("manage", args=[row.slug]),
        due=timezone.localdate(row.starts_at),
    )


def take_off_board(row) -> Todo:
    """For a board that meets in common with the host, and ends before the meeting."""
    return Todo(
        title=f"Take the {row.board} off {on_its_day(row.meeting, row.starts_at)}",
        why=f"It ends before the meeting: its last day is {short_day(row.ended_on)}.",
        url=reverse("manage_edit", args=[row.slug, "boards"]),
        due=timezone.localdate(row.starts_at),
    )


def mark_as_held(row) -> Todo:
    return Todo(
        title=f"Mark {on_its_day(row.title, row.starts_at)}, as held",
        why="It is over. You can close it once it is marked as held.",
        url=reverse("manage_hold", args=[row.slug]),
    )


def introduce(row) -> Todo:
    return Todo(
        title=f"Introduce {row.place}",
        why=f"People coming to {on_its_day(row.meeting, row.starts_at)}, read it on the meeting’s page.",
        url=reverse("manage_introduction", args=[row.slug, row.place_slug]),
        due=timezone.localdate(row.starts_at),
    )

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings import guests
from assemblies.meetings.models.taking_part import MeetingBoard, MeetingPlace
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import is_chair, seats_of
from partnership.page_cache.triggers import renew_pages
from places.footprint.models import Place
from places.footprint.rules import is_place_lead

OPEN_BEFORE_END = timedelta(minutes=15)
IN_CALENDARS = (
    "title", "slug", "kind", "summary", "starts_at", "ends_at", "format", "venue_name", "venue_address", "venue_access",
    "joining_link", "joining_instructions", "by_invitation", "state", "cancelled_reason", "sequence",
)  # fmt: skip
PUBLIC_STATES = ["published", "held", "closed", "cancelled"]
OVER = ["held", "closed"]  # somebody said that it took place


def _columns(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in IN_CALENDARS)


def _takes_part(boards: Iterable) -> Q:
    """The condition that one of the boards meets: as the host, or in common with it."""
    return Q(board__in=boards) | Q(pk__in=MeetingBoard.objects.filter(board__in=boards).values("meeting"))


def _has_something_to_do(user) -> Q:
    """The condition that the person chairs a board that takes part in the meeting, or leads a place that does."""
    led = MeetingPlace.objects.filter(place__in=Place.objects.led_by(user).values("pk"))
    return _takes_part(Board.objects.chaired_by(user).values("pk")) | Q(pk__in=led.values("meeting"))


def _is_over(now: datetime) -> Q:
    """The condition that a meeting is over: its end is past, its record was ended, or somebody said that it was held."""
    return Q(ends_at__lt=now) | Q(ended_at__lte=now) | Q(state__in=OVER)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def published(self):
        """Meetings whose existence is public knowledge to those who may see them: everything but drafts."""
        return self.filter(state__in=PUBLIC_STATES)

    def public(self):
        """Published meetings that anyone may see. Those by invitation are not among them."""
        return self.published().filter(by_invitation=False)

    def visible_to(self, user):
        """What a signed-in person may see: to draw a page, not to decide under a lock, since their terms are remembered.

        Staff see everything, the chairs of its boards and the leads of its places their drafts too. A meeting by
        invitation is seen by people who are invited or registered, and, from the first day of their term to the last,
        by those who hold a seat on one of its boards and by their deputies, who attend in their place.
        """
        if not user.is_authenticated:
            return self.public()
        if is_partnership_staff(user):
            return self
        boards = {seat.board_id for seat in seats_of(user)}
        may_know = Q(by_invitation=False) | guests.has_part(user.email) | _takes_part(boards)
        seen = Q(state__in=PUBLIC_STATES) & may_know
        return self.filter(seen | _has_something_to_do(user) if is_chair(user) or is_place_lead(user) else seen)

    def editable_by(self, user):
        """Meetings the person has something to do for: staff, chairs of its boards, leads of places that take part."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        return self.filter(_has_something_to_do(user))

    def upcoming(self, now: datetime | None = None):
        return self.coming(now).exclude(state="cancelled")

    def coming(self, now: datetime | None = None):
        """Meetings that are not over, cancelled ones among them, so that nobody turns up for nothing."""
        return self.filter(~_is_over(now or timezone.now())).order_by("starts_at")

    def of_boards(self, boards: Iterable):
        """Meetings that one of the boards hosts, or takes part in, in common with others."""
        return self.filter(_takes_part(boards))

    def with_boards(self):
        """Each with its host and the boards that meet in common with it: two queries, however many meetings."""
        return self.select_related("board").prefetch_related("boards_in_common")

    def at_place(self, place):
        """Meetings in which the place takes part, and those of boards that serve it."""
        served = _takes_part(place.boards.values("pk"))
        return self.filter(Q(pk__in=place.meeting_places.values("meeting")) | served)

    def past(self, now: datetime | None = None):
        return self.filter(_is_over(now or timezone.now())).order_by("-starts_at")

    def outliving_their_boards(self):
        """Meetings still planned for a day after the last day of their host board."""
        return self.filter(state__in=["draft", "published"], starts_at__date__gt=F("board__ends_on"))

    def outliving(self, board):
        """Meetings of the board, as host or in common, still planned for a day after its last one."""
        planned = self.of_boards([board]).filter(state__in=["draft", "published"])
        return planned.filter(starts_at__date__gt=board.ends_on) if board.ends_on else self.none()

    def locked(self):
        """Locks the meetings' rows until the transaction ends: `Meeting.objects.locked().get(pk=meeting.pk)`.

        Whoever gives or frees a place, or changes the meeting, waits here. FOR NO KEY UPDATE, so that foreign-key
        checks of other transactions, some of which wait until their commit, never wait for us.
        """
        return self.select_for_update(no_key=True, of=("self",))


class Meeting(models.Model):
    """A meeting from first draft to closed file: an assembly, a board in public, an executive group, a workshop."""

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", "Assembly"
        BOARD = "board", "Board meeting in public"
        EXECUTIVE = "executive", "Executive group"
        WORKSHOP = "workshop", "Workshop"

    class Format(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        ONLINE = "online", "Online"
        HYBRID = "hybrid", "In person and online"

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        HELD = "held", "held"
        CLOSED = "closed", "closed"
        CANCELLED = "cancelled", "cancelled"

    title = models.CharField(max_length=200)
    slug = models.SlugField("address", max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="meetings", verbose_name="host board")
    boards_in_common = models.ManyToManyField(
        "boards.Board", through="meetings.MeetingBoard", related_name="meetings_in_common",
        verbose_name="boards that meet in common with the host",
    )  # fmt: skip
    summary = models.TextField("what it is about", blank=True)
    starts_at = models.DateTimeField("start")
    ends_at = models.DateTimeField("end")
    ended_at = models.DateTimeField("when its record was ended", null=True, blank=True, editable=False)
    format = models.CharField("how people attend", max_length=10, choices=Format, default=Format.ONLINE)
    venue_name = models.CharField("venue", max_length=200, blank=True)
    venue_address = models.TextField(blank=True)
    venue_access = models.TextField("getting in and around the venue", blank=True)
    joining_link = models.URLField(max_length=500, blank=True)
    joining_instructions = models.TextField(blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    allocation_released_on = models.DateField("unused seats go to everyone on", null=True, blank=True)
    by_invitation = models.BooleanField("by invitation only", default=False)
    registration_opens_at = models.DateTimeField(null=True, blank=True)
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField("hours a person has to take an offered place", default=48)
    discussion_question = models.CharField(max_length=300, blank=True)
    letter = models.TextField("letter from the chair", blank=True)
    letter_from = models.CharField("signed by", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)
    answers_open_at = models.DateTimeField("exit questions open", null=True, blank=True)
    full = models.BooleanField("every place is taken", default=False)
    uid = models.UUIDField("calendar identity", default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField("calendar sequence", default=0)
    revision = models.PositiveIntegerField("times edited", default=0)
    illustrative = models.BooleanField("invented for a demonstration", default=False)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    organisers = models.ManyToManyField(
        "accounts.User", related_name="+", blank=True, verbose_name="staff who organise it"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField("last change people can see", db_default=Now(), editable=False)
    attendance_deleted_at = models.DateTimeField(null=True, blank=True)
    needs_deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["state", "starts_at"], name="meeting_state_start")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="registration_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(published_at__isnull=False), name="published_has_time"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1), name="capacity_at_least_one"
            ),
        ]
        triggers = [
            *renew_pages(),
            # The database itself says when something people see in their calendars last changed: a bulk update, or a row
            # put right by hand, counts as well, and an object that was read earlier cannot put an older time back.
            pgtrigger.Trigger(
                name="changed_at",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF ROW({_columns("OLD")}) IS DISTINCT FROM ROW({_columns("NEW")}) THEN
                        NEW.changed_at := clock_timestamp();
                    ELSE
                        NEW.changed_at := OLD.changed_at;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.slug])

    @property
    def manage_url(self) -> str:
        """The overview for those who make the meeting happen."""
        return reverse("manage", args=[self.slug])

    @property
    def answers_url(self) -> str:
        """What people answered on the way out, as everybody may read it."""
        return reverse("meeting_answers", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES and not self.by_invitation

    def is_over_at(self, now: datetime) -> bool:
        """Whether its end is past, its record was ended, or somebody said that it was held."""
        return self.ends_at <= now or self.state in OVER or (self.ended_at is not None and self.ended_at <= now)

    @property
    def is_over(self) -> bool:
        return self.is_over_at(timezone.now())

    @property
    def is_under_way(self) -> bool:
        """Whether it has started, and is not over."""
        now = timezone.now()
        return self.state == self.State.PUBLISHED and self.starts_at <= now and not self.is_over_at(now)

    @property
    def has_room(self) -> bool:
        return self.format != self.Format.ONLINE

    @property
    def has_link(self) -> bool:
        return self.format != self.Format.IN_PERSON

    @property
    def venue(self) -> str:
        """The venue and its address on one line; empty where nobody named one."""
        return ", ".join(part for part in (self.venue_name, *self.venue_address.splitlines()) if part.strip())

    @property
    def exit_questions_open_at(self) -> datetime:
        """When the exit questions open: the moment staff opened them, or a quarter of an hour before the end."""
        return self.answers_open_at or self.ends_at - OPEN_BEFORE_END

from datetime import date, datetime, time

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from partnership.boards import regimes
from partnership.boards.clear_days import (
    DayKind,
    days_left,
    latest_day_to_publish,
    latest_time_to_publish,
    working_days_before,
)
from partnership.boards.models import bank_holiday
from partnership.boards.regimes import Regime
from partnership.dates import clock
from partnership.page_cache.triggers import renew_pages

FIVE_PM = time(17)


def running(on: date) -> list[Q]:
    """The condition that a board's seat exists on the day and a term in it runs; first and last days included."""
    return [
        Q(seats__starts_on__isnull=True) | Q(seats__starts_on__lte=on),
        Q(seats__ends_on__isnull=True) | Q(seats__ends_on__gte=on),
        Q(seats__appointments__ends_on__isnull=True) | Q(seats__appointments__ends_on__gte=on),
        Q(seats__appointments__starts_on__lte=on),
    ]


class BoardQuerySet(models.QuerySet["Board"]):
    def public(self):
        return self

    def visible_to(self, user):
        """Boards are public: everyone sees each of them."""
        return self

    def in_being(self, on: date):
        """Boards that exist on the day, first and last day included."""
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )

    def known_on(self, on: date):
        """Boards of the day, without those of which nothing says that they were there on a day that is past.

        A first day says it: the board's own or one of its seats'; and so does a term that ran on the day.
        """
        from partnership.boards.models.seat import Seat  # a seat names its board, so it is defined after it

        found = self.in_being(on)
        if on >= timezone.localdate():
            return found
        return found.filter(Q(starts_on__isnull=False) | Q(pk__in=Seat.objects.known_on(on).values("board")))

    def not_ended(self, on: date):
        """Boards that exist on the day, or will."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def to_choose(self, *kept: int | None):
        """What a form offers: boards that have not ended, and those of the numbers that it holds already."""
        return self.not_ended(timezone.localdate()) | self.filter(pk__in=[pk for pk in kept if pk])

    def ended(self, on: date):
        """Boards whose last day was before the day."""
        return self.filter(ends_on__lt=on)

    def held_by(self, user, on: date | None = None, *, or_deputises: bool = False):
        """Boards on which the person holds a seat on the day (today unless given), first and last day included.

        With `or_deputises` also those where they are the deputy of somebody who does.
        """
        if not user.is_authenticated:
            return self.none()
        on = on or timezone.localdate()
        who = Q(seats__appointments__holder=user)
        if or_deputises:
            who |= Q(seats__appointments__deputy=user)
        return self.in_being(on).filter(who, *running(on)).distinct()

    def chaired_by(self, user, on: date | None = None):
        """Boards whose chair the person is on the day (today unless given), or for whose chair they act."""
        if not user.is_authenticated:
            return self.none()
        on = on or timezone.localdate()
        chairs = self.filter(*running(on), seats__is_chair=True, seats__appointments__holder=user)
        acts = self.filter(acting_chairs__person=user, acting_chairs__starts_on__lte=on, acting_chairs__ends_on__gte=on)
        return self.in_being(on).filter(Q(pk__in=chairs.values("pk")) | Q(pk__in=acts.values("pk")))

    def with_chairs(self, on: date):
        """Each board with `chair_seats`: its chair's seat in a list of one, each with its `holders` on the day."""
        from partnership.boards.models.seat import Seat  # a seat names its board, so it is defined after it

        chairs = Seat.objects.filter(is_chair=True).with_holders(on)
        return self.prefetch_related(models.Prefetch("seats", chairs, to_attr="chair_seats"))


class Board(models.Model):
    """A body that meets and decides, advises or steers, the law it meets under, and the rule by which it publishes its agenda."""

    chair_seats: list  # of Seat, as the structure of boards gives it

    class Kind(models.TextChoices):
        ICB_COMMITTEE = "icb_committee", "Committee of the integrated care board"
        STATUTORY = "statutory", "Statutory board"
        FORUM = "forum", "Consultative forum"
        EXECUTIVE = "executive", "Executive group"
        ALLIANCE = "alliance", "Alliance"
        AREA_GROUP = "area_group", "Area group"
        WORKSTREAM = "workstream", "Workstream group"

    DayKind = DayKind
    Regime = Regime

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    regime = models.CharField("law it meets under", max_length=12, choices=Regime)
    is_executive = models.BooleanField("executive of a council", default=False, db_default=False)
    notice_day_kind = models.CharField(
        "days that 28-day notices count", max_length=10, choices=DayKind, default=DayKind.CALENDAR,
        db_default=DayKind.CALENDAR,
    )  # fmt: skip
    purpose = models.TextField(blank=True)
    reports_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reporting")
    clear_days = models.PositiveSmallIntegerField("clear days before a meeting", default=5)
    day_kind = models.CharField(max_length=10, choices=DayKind, default=DayKind.WORKING)
    publish_by = models.TimeField("by what time on the last day", default=FIVE_PM, db_default=FIVE_PM)
    rule_source = models.CharField("where the rule comes from", max_length=200, blank=True)
    report_days = models.PositiveSmallIntegerField("working days from report to publication", default=5)
    recording_policy = models.TextField("filming and recording of its meetings", blank=True)
    quorum_number = models.PositiveSmallIntegerField("members needed", null=True, blank=True)
    quorum_one_in = models.PositiveSmallIntegerField(
        "or one in how many of the members", null=True, blank=True, help_text="3 for a third, 2 for a half"
    )
    quorum_needs = models.JSONField("sectors that must be there", default=list, blank=True)
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    revision = models.PositiveIntegerField("times edited", default=0)
    illustrative = models.BooleanField("invented for a demonstration", default=False)
    places = models.ManyToManyField("places.Place", through="boards.PlaceBoard", related_name="boards")

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="board_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=models.F("pk")),
                name="board_does_not_report_to_itself",
            ),
            models.CheckConstraint(
                condition=Q(quorum_one_in__isnull=True) | Q(quorum_one_in__gte=1),
                name="quorum_is_a_part_of_the_members",
            ),
            models.CheckConstraint(
                condition=Q(is_executive=False) | Q(regime=Regime.COUNCIL), name="executive_is_a_council_body"
            ),
            models.CheckConstraint(
                condition=~Q(regime=Regime.COUNCIL) | Q(clear_days__gte=5, day_kind=DayKind.WORKING),
                name="council_body_gives_five_clear_working_days",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("board", args=[self.slug])

    @cached_property
    def added_holidays(self) -> frozenset[date]:
        """Bank holidays that staff added, read once for each board that is looked at."""
        return bank_holiday.added()

    def latest_day_to_publish(self, meeting_day: date) -> date:
        """The last day on which an agenda for a meeting on `meeting_day` may be published by this board's rule."""
        return latest_day_to_publish(
            meeting_day, self.clear_days, self.DayKind(self.day_kind), also=self.added_holidays
        )

    def days_left_to_publish(self, today: date, meeting_day: date) -> int:
        """On how many days from today on an agenda for a meeting on `meeting_day` is still in time; 0 when it is late."""
        last = self.latest_day_to_publish(meeting_day)
        return days_left(today, last, self.DayKind(self.day_kind), also=self.added_holidays)

    def publish_until(self, meeting_day: date) -> datetime:
        """Until when an agenda for a meeting on `meeting_day` may be published: the board’s hour on that last day."""
        kind, added = self.DayKind(self.day_kind), self.added_holidays
        return latest_time_to_publish(meeting_day, self.clear_days, kind, self.publish_by, also=added)

    def report_due(self, meeting_day: date) -> date:
        """The day on which reports for a meeting on `meeting_day` are due unless somebody says another."""
        return working_days_before(self.latest_day_to_publish(meeting_day), self.report_days, also=self.added_holidays)

    @property
    def publication_rule(self) -> str:
        """The rule in words, for those who read the board's page."""
        if self.clear_days == 0:
            return f"The agenda may be published up to the day before a meeting, by {clock(self.publish_by)}."
        plural = "" if self.clear_days == 1 else "s"
        return (
            f"The agenda is published at least {self.clear_days} clear {self.day_kind} day{plural} before a meeting, "
            f"by {clock(self.publish_by)}. The day of publication and the day of the meeting do not count."
        )

    @property
    def regime_source(self) -> str:
        """The law, or the board's own document, that its rules come from."""
        return regimes.RULES[Regime(self.regime)].source

    @property
    def notice_rule(self) -> str:
        """What the law says of public notice of its meetings, in words; "" where it says nothing."""
        days = regimes.RULES[Regime(self.regime)].notice_days
        if not days:
            return ""
        return (
            f"The public gets notice of the time and place at least {days} clear days before a meeting, or when it is "
            "called, if that is later."
        )

    @property
    def executive_rule(self) -> str:
        """What the law asks of a council's executive besides, in words; "" for every other board."""
        if not self.is_executive:
            return ""
        return (
            f"As an executive of a council, it gives {regimes.EXECUTIVE.notice_days} clear {self.notice_day_kind} days’ notice "
            "of key decisions and private meetings."
        )

    @property
    def recording_rule(self) -> str:
        """Who may film and record its meetings in public: what the law says, or else the board; "" where neither does."""
        return regimes.RULES[Regime(self.regime)].recording or self.recording_policy

    def chair_on(self, day: date):
        """Who holds the chair's seat on the day; None while it is vacant."""
        term = self.appointments.current(day).filter(seat__is_chair=True).select_related("holder").first()
        return term.holder if term else None

    def chairs_on(self, day: date) -> list:
        """Who is told what is for the chair that day, each once: who holds the seat, and who acts for them."""
        acting = self.acting_chairs.current(day).select_related("person")
        people = [self.chair_on(day), *(each.person for each in acting)]
        return list({person.pk: person for person in people if person is not None}.values())

    @property
    def appointments(self):
        """Every appointment to a seat of this board, past ones too."""
        from partnership.boards.models.seat import Appointment  # a seat names its board, so it is defined after it

        return Appointment.objects.filter(seat__board=self)

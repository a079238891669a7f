from django.db import models
from django.db.models import Q

from assemblies.closures.models import MayBeClosed, is_closed
from assemblies.forward_plan.withholding import plans_withheld_from
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import Purpose
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_sat_on
from partnership.page_cache.triggers import renew_pages


class PlannedItemQuerySet(models.QuerySet["PlannedItem"]):
    def live(self):
        """Items that are still meant to be taken up, or were."""
        return self.filter(withdrawn_at__isnull=True)

    def public(self):
        """Items planned for a published meeting that anyone may see. Of closed ones the public sees that they are there."""
        return self.live().filter(meeting__in=Meeting.objects.public().values("pk"))

    def visible_to(self, user):
        """Staff see every item; who sits on a board, or deputises there, those of that board; a lead their own; all what is
        public."""
        if not user.is_authenticated:
            return self.public()
        if is_partnership_staff(user):
            return self
        theirs = Board.objects.held_by(user, or_deputises=True).values("pk")
        public = PlannedItem.objects.public().values("pk")
        return self.filter(Q(board__in=theirs) | Q(lead=user, withdrawn_at__isnull=True) | Q(pk__in=public))

    def closed(self):
        """Items that are closed to the public: it learns that they are there, and why they are closed."""
        return self.filter(is_closed())

    def readable_by(self, user):
        """Items of which the person may read everything: open ones, and closed ones for staff, for who leads them, and for
        those who sit on their board or another board of their meeting, deputies included; but what is withheld from them."""
        if not user.is_authenticated:
            return self.exclude(is_closed())
        if is_partnership_staff(user):
            return self
        sits_on = boards_sat_on(user)
        meetings = Meeting.objects.of_boards(sits_on).values("pk")
        theirs = Q(lead=user) | Q(board__in=sits_on) | Q(meeting__in=meetings)
        return self.filter(~is_closed() | (theirs & ~Q(pk__in=plans_withheld_from(user))))

    def closed_under_another_title(self):
        """Items that are closed to the public, and whose own title is not for it."""
        return self.filter(is_closed()).exclude(closure__public_title="")

    def with_closures(self):
        """Each with why it is closed, two queries more where any is."""
        return self.select_related("closure").prefetch_related("closure__grounds__board")

    def for_meeting(self, meeting):
        return self.live().filter(meeting=meeting).order_by("position", "pk")

    def without_meeting(self):
        """Items that a board is to take up, nobody has said when."""
        return self.live().filter(meeting__isnull=True)

    def ahead(self, now):
        """Items that a board is still to take up: without a meeting, or at one that is not over."""
        return self.live().filter(Q(meeting__isnull=True) | Q(meeting__ends_at__gte=now))

    def taken_up(self, now):
        """Items of meetings that are over, the last one first: what the board said, or what nobody has written down yet."""
        over = self.filter(meeting__ends_at__lt=now).exclude(meeting__state="cancelled")
        return over.order_by("-meeting__starts_at", "position", "pk")

    def next_ones(self, now):
        """Those at meetings that are not over, the next first, with what a list shows of them."""
        ahead = self.filter(meeting__ends_at__gte=now, meeting__ended_at=None).exclude(meeting__state="cancelled")
        return (
            ahead.with_closures()
            .select_related("topic", "board", "meeting")
            .order_by("meeting__starts_at", "position", "pk")
        )

    def route(self):
        """In the order in which boards take them up; those without a meeting last."""
        return self.live().order_by(models.F("meeting__starts_at").asc(nulls_last=True), "pk")


class PlannedItem(MayBeClosed, models.Model):
    """A topic on its way to one board: for which meeting, in which role, who leads it, when its report is due."""

    class Role(models.TextChoices):
        ADVISORY = "advisory", "Advises"
        DECISIVE = "decisive", "Decides"

    Purpose = Purpose

    topic = models.ForeignKey("forward_plan.Topic", models.CASCADE, related_name="items")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="planned_items")
    meeting = models.ForeignKey(
        "meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="planned_items"
    )
    position = models.PositiveSmallIntegerField(default=0)
    role = models.CharField("what the board does", max_length=10, choices=Role, default=Role.DECISIVE)
    purpose = models.CharField(max_length=12, choices=Purpose)
    is_key = models.BooleanField("key decision of a council’s executive", default=False)
    in_private = models.BooleanField("to be taken in private, by a council’s executive", default=False)
    lead = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="who leads it"
    )
    needs_report = models.BooleanField("it needs a cover report", default=True)
    report_due_on = models.DateField("day the report is due", null=True, blank=True)
    report_day_chosen = models.BooleanField("somebody chose that day; else it is the board’s usual one", default=False)
    report_received_at = models.DateTimeField("when the report came in", null=True, blank=True)
    result = models.TextField("what the board said", blank=True)
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="planned_items",
        verbose_name="why it is closed to the public",
    )  # fmt: skip
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField("why it was taken off", blank=True)
    revision = models.PositiveIntegerField("times edited", default=0)

    objects = PlannedItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "board", "meeting"],
                condition=Q(withdrawn_at__isnull=True, meeting__isnull=False),
                name="topic_once_for_a_board_at_a_meeting",
            ),
            models.UniqueConstraint(
                fields=["topic", "board"],
                condition=Q(withdrawn_at__isnull=True, meeting__isnull=True),
                name="topic_waits_once_at_a_board",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.topic.title

    @property
    def title(self) -> str:
        return self.topic.title

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: with its board."""
        return f"{self.topic}: {self.board}"

    @property
    def report_is_expected(self) -> bool:
        return self.needs_report and self.report_due_on is not None and self.report_received_at is None


class ItemMove(models.Model):
    """That an item went from one meeting to another, or to none, and what the board had said by then: a fact of record."""

    item = models.ForeignKey(PlannedItem, models.CASCADE, related_name="moves")
    old_meeting = models.ForeignKey("meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="+")
    new_meeting = models.ForeignKey("meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    result = models.TextField("what the board said at the old meeting", blank=True)
    moved_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["moved_at", "pk"]
        triggers = renew_pages()

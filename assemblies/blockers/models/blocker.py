from datetime import date, datetime
from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.blockers.models.people import takes_part, who_may_own
from partnership.dates import how_long

# What was raised stays as it was said. The organisation is not among it: one that is merged takes its blockers along.
AS_RAISED = ("theme", "title", "text", "tried", "place_id", "raised_by_id", "raised_by_name", "raised_at", "key")
STAYS = f"""
    IF TG_OP = 'UPDATE' AND ROW({", ".join(f"OLD.{name}" for name in AS_RAISED)})
        IS NOT DISTINCT FROM ROW({", ".join(f"NEW.{name}" for name in AS_RAISED)})
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a blocker stays as it was raised, only its outcome changes' USING ERRCODE = 'restrict_violation';
"""
ENDED = Q(state__in=["resolved", "withdrawn"])
NOBODY_HAS_IT, A_BOARD_HAS_IT = Q(owner__isnull=True, owner_since__isnull=True), Q(state="escalated")
HAS_OWNER = Q(owner__isnull=False, owner_since__isnull=False)


class BlockerQuerySet(models.QuerySet["Blocker"]):
    def visible_to(self, user):
        """All of them, for who is an accepted member of a partner, sits on a board or is staff; none for anybody else."""
        return self if takes_part(user) else self.none()

    def open(self):
        """Those that still stand in the way."""
        return self.exclude(ENDED)

    def of_person(self, user):
        """Those that the person owns."""
        return self.filter(owner=user)

    def without_owner(self):
        """Open ones that nobody has taken on."""
        return self.filter(state=Blocker.State.RAISED)

    def left_behind(self, today: date):
        """Open ones whose owner has left: their account is closed, or they take part no more. It is worked out, not stored."""
        return self.open().filter(owner__isnull=False).exclude(owner__in=who_may_own(today).values("pk"))

    def quiet(self, before: datetime):
        """Those that somebody owns, and of which nothing was heard since."""
        return self.filter(state=Blocker.State.OWNED, moved_at__lte=before)

    def with_board(self, board):
        """Those that wait with the board."""
        return self.filter(A_BOARD_HAS_IT, board=board)

    def with_facts(self):
        """Each with what a list shows of it, in the same query."""
        return self.select_related("partner", "place", "owner", "raised_by", "board", "topic")

    def oldest_first(self):
        """Open ones, the oldest first; then those that came to an end, the last first."""
        is_over = models.Case(models.When(ENDED, then=1), default=0)
        day = models.Case(models.When(~ENDED, then=F("raised_at")))
        return self.order_by(is_over, day, F("ended_at").desc(nulls_last=True), "pk")


class Blocker(models.Model):
    """What stands in the way of a partner, who owns it, which board is asked to help, and the outcome.

    What was raised is a fact of record, and a trigger in the database refuses to change it. Each step is a `BlockerStep`; the
    row itself says how things stand. In the state `raised` nobody owns it; in `escalated` it waits with its `board`, as the
    `topic` of that board's forward plan.
    """

    class Theme(models.TextChoices):
        PERFORMANCE = "performance", "Performance"
        INTELLIGENCE = "intelligence", "Intelligence"
        EFFICIENCY = "efficiency", "Efficiency"
        QUALITY = "quality", "Quality"
        FINANCE = "finance", "Finance"

    class State(models.TextChoices):
        RAISED = "raised", "raised"
        OWNED = "owned", "owned"
        ESCALATED = "escalated", "escalated"
        RESOLVED = "resolved", "resolved"
        WITHDRAWN = "withdrawn", "withdrawn"

    partner = models.ForeignKey("partners.Partner", models.PROTECT, related_name="blockers")
    theme = models.CharField(max_length=12, choices=Theme)
    title = models.CharField(max_length=200)
    text = models.TextField("what is blocked, and what it costs")
    tried = models.TextField("what was tried", blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="blockers")
    raised_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    raised_by_name = models.CharField("who raised it, as recorded", max_length=200)
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.RAISED)
    owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="blockers")
    owner_name = models.CharField("owner, as recorded", max_length=200, blank=True)
    owner_since = models.DateField("since when they own it", null=True, blank=True)
    board = models.ForeignKey(
        "boards.Board",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="blockers",
        verbose_name="board it waits with",
    )
    topic = models.ForeignKey(
        "forward_plan.Topic", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="what it is on the plan of that board",
    )  # fmt: skip
    escalated_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField("when something last happened to it")
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField("what unblocked it, or why it was withdrawn", blank=True)
    key = models.UUIDField("raised once, however often it is sent", default=uuid4, unique=True, editable=False)
    reminded = models.CharField("of what its owner was last reminded", max_length=40, blank=True)
    illustrative = models.BooleanField("invented for a demonstration", default=False)
    revision = models.PositiveIntegerField("times edited", default=0)

    objects = BlockerQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "pk"]
        indexes = [models.Index(fields=["state", "raised_at"], name="blocker_oldest_first")]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="blocker_says_what_is_blocked"),
            models.CheckConstraint(
                condition=ENDED | (Q(state="raised") & NOBODY_HAS_IT) | (~Q(state="raised") & HAS_OWNER),
                name="blocker_has_an_owner_once_it_is_owned",
            ),
            models.CheckConstraint(
                condition=Q(A_BOARD_HAS_IT, board__isnull=False, topic__isnull=False, escalated_at__isnull=False)
                | (~A_BOARD_HAS_IT & Q(board__isnull=True, topic__isnull=True, escalated_at__isnull=True)),
                name="blocker_waits_with_a_board_while_escalated",
            ),
            models.CheckConstraint(
                condition=(ENDED & Q(ended_at__isnull=False) & ~Q(outcome=""))
                | (~ENDED & Q(ended_at__isnull=True, outcome="")),
                name="blocker_that_ended_says_how",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="raised_stays", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=STAYS
            )
        ]

    def __str__(self) -> str:
        return f"Blocker {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("blocker", args=[self.pk])

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: never by its words, which are not for everybody."""
        return f"Blocker {self.pk}, {self.partner}"[:200]

    @property
    def is_open(self) -> bool:
        return self.state not in (self.State.RESOLVED, self.State.WITHDRAWN)

    @property
    def is_escalated(self) -> bool:
        return self.state == self.State.ESCALATED

    def days_old(self, now: datetime) -> int:
        """How many days it stands, or stood, in the way."""
        return (timezone.localdate(self.ended_at or now) - timezone.localdate(self.raised_at)).days

    @property
    def age(self) -> str:
        """How long it stands, or stood, in the way, in words: "47 days"."""
        return how_long(self.days_old(timezone.now())) if self.days_old(timezone.now()) else "less than a day"

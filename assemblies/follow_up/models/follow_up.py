from collections.abc import Iterable
from datetime import date
from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.closures.models import Closure, is_closed
from assemblies.decisions.models import Decision
from assemblies.decisions.models.closed_decisions import CLOSES as CLOSES_A_DECISION
from assemblies.decisions.models.closed_decisions import on_same_item
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, ReportVersion
from assemblies.papers.models.agenda import withheld_from
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Appointment, Board
from partnership.boards.rules import boards_chaired_by, boards_sat_on
from partnership.page_cache.triggers import renew_pages

# What was agreed stays: who has it, by when and how far it is may change, and each change is a row of its own beside it.
AS_AGREED = (
    "board_id",
    "meeting_id",
    "item_id",
    "text",
    "agreed_on",
    "key",
    "closure_id",
    "created_by_id",
    "created_at",
)
STAYS = f"""
    IF TG_OP = 'UPDATE' AND ROW({", ".join(f"OLD.{name}" for name in AS_AGREED)})
        IS NOT DISTINCT FROM ROW({", ".join(f"NEW.{name}" for name in AS_AGREED)})
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was agreed is never changed, only its outcome' USING ERRCODE = 'restrict_violation';
"""
CLOSES = ("closure", "item__closure", *(f"decision__{path}" for path in CLOSES_A_DECISION))


def closed() -> Q:
    """The condition that an action is closed to the public: itself, or with its item, the report of that, or the decision that it
    carries out; also one that its board took on the same item."""
    found = Q(Exists(_closed_decisions()), item__isnull=False) | Q(Exists(_closed_reports()), item__isnull=False)
    for path in CLOSES:
        found |= is_closed(path)
    return found


def _closed_decisions():
    """For a query of actions: closed decisions of the board on the item."""
    return Decision.objects.closed().filter(on_same_item(), meeting=OuterRef("meeting"), board=OuterRef("board"))


def _closed_reports():
    """For a query of actions: closed reports on the item at its meeting, as `agenda_reports` finds them."""
    topic, title = OuterRef("item__planned__topic"), OuterRef("item__title")
    about = Q(report__item__topic=topic) | Q(report__item__topic__title__iexact=title)
    return ReportVersion.objects.published().filter(is_closed(), about, meeting=OuterRef("meeting"))


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self):
        return self.filter(state=FollowUp.State.OPEN)

    def public(self):
        """Open and done actions of public meetings. Those that are closed to the public are not among them."""
        meetings = Meeting.objects.public().values("pk")
        return self.filter(~closed(), meeting__in=meetings).exclude(state=FollowUp.State.DROPPED)

    def visible_to(self, user):
        """What the person may read: staff all; owners theirs; who sits on a board those of its; others those of meetings that
        they may see. A closed one is read by its owner, and by those who may read the item it was agreed on."""
        if not user.is_authenticated:
            return self.public()
        if is_partnership_staff(user):
            return self
        sits_on = boards_sat_on(user)
        meetings = Meeting.objects.visible_to(user).published().values("pk")
        seen = Q(meeting__in=meetings) & ~Q(state=FollowUp.State.DROPPED)
        return self.filter(Q(owner=user) | (self._may_be_read(user, sits_on) & (Q(board__in=sits_on) | seen)))

    @staticmethod
    def _may_be_read(user, sits_on: set[int]) -> Q:
        items = AgendaItem.objects.closed().readable_by(user).values("pk")
        meetings = Meeting.objects.of_boards(sits_on).values("pk")
        theirs = Q(board__in=sits_on) | Q(meeting__in=meetings) | Q(item__in=items)
        rows = withheld_from(user).items
        withheld = Q(item__isnull=False, item__in=rows)
        withheld |= Q(decision__isnull=False, decision__item__isnull=False, decision__item__in=rows)
        return ~closed() | (theirs & ~withheld)

    def editable_by(self, user):
        """Those the person may close, hand on and so forth: staff all; owners theirs; chairs, or who acts for them, those of
        their board."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        chaired = [board.pk for board in boards_chaired_by(user, timezone.localdate())]
        return self.filter(Q(owner=user) | Q(board__in=chaired))

    def of_person(self, user):
        """Those that the person has."""
        return self.filter(owner=user)

    def of_boards(self, boards: Iterable):
        return self.filter(board__in=boards)

    def with_facts(self):
        """Each with what a list shows of it, in the same query, and why it is closed, in two more where any is."""
        rows = self.select_related("board", "meeting", "owner", "item__version__meeting", *CLOSES)
        rows = rows.defer("decision__report_version__content")
        rows = rows.annotate(closing_decision=models.Subquery(_closed_decisions().order_by("pk").values("pk")[:1]))
        return rows.prefetch_related(*(f"{path}__grounds__board" for path in CLOSES))

    def late_first(self):
        """Open ones by their day, which puts the late ones first; then those that are closed, the last first."""
        is_open = models.Case(models.When(state=FollowUp.State.OPEN, then=0), default=1)
        day = models.Case(models.When(state=FollowUp.State.OPEN, then=F("due_on")))
        return self.order_by(is_open, day, F("done_at").desc(nulls_last=True), "due_on", "pk")

    def due_by(self, on: date):
        """Open ones that are due on the day or before."""
        return self.open().filter(due_on__lte=on)

    def late(self, today: date):
        """Open ones whose day is past."""
        return self.open().filter(due_on__lt=today)

    def left_behind(self, today: date):
        """Open ones whose owner has left: their account is closed, or they sat on the board when they took it on and sit
        there no more. Who deputises sits there too."""
        owner = Q(holder=OuterRef("owner")) | Q(deputy=OuterRef("owner"))
        terms = Appointment.objects.filter(owner, seat__board=OuterRef("board"))
        then = terms.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("owner_since")))
        sat = then.filter(starts_on__lte=OuterRef("owner_since"))
        gone = Exists(sat) & ~Exists(terms.not_ended(today))
        return self.open().filter(Q(owner__is_active=False) | gone)


class FollowUp(models.Model):
    """An action: what somebody agreed to do, for which board, by when, and the outcome.

    What was agreed is a fact of record, and a trigger in the database refuses to change it. That it was handed on, put off,
    done, dropped or opened again is a `FollowUpChange` each time; the row itself says how things stand.
    """

    closing_decision: int | None = None  # one on the same item that is closed, as lists read it

    class State(models.TextChoices):
        OPEN = "open", "open"
        DONE = "done", "done"
        DROPPED = "dropped", "dropped"

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="follow_ups")
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="follow_ups",
        verbose_name="meeting at which it was agreed",
    )  # fmt: skip
    item = models.ForeignKey("papers.AgendaItem", models.PROTECT, null=True, blank=True, related_name="follow_ups")
    decision = models.ForeignKey(
        "decisions.Decision", models.PROTECT, null=True, blank=True, related_name="follow_ups",
        verbose_name="decision that it carries out",
    )  # fmt: skip
    text = models.TextField("what is to be done")
    owner = models.ForeignKey("accounts.User", models.PROTECT, related_name="follow_ups")
    owner_name = models.CharField("owner, as recorded", max_length=200)
    owner_since = models.DateField("since when they have it")
    agreed_on = models.DateField("day on which it was agreed")
    due_on = models.DateField("due")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    evidence = models.TextField("what shows that it is done", blank=True)
    evidence_link = models.URLField("link to that", max_length=500, blank=True)
    dropped_because = models.TextField("why nobody does it any more", blank=True)
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="follow_ups",
        verbose_name="why it is closed to the public, where its item is not",
    )  # fmt: skip
    key = models.UUIDField("entered once, however often it is sent", default=uuid4, unique=True, editable=False)
    illustrative = models.BooleanField("invented for a demonstration", default=False)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    told_at = models.DateTimeField("when its owner was told", null=True, blank=True)
    reminded = models.CharField("of what its owner was last reminded", max_length=40, blank=True)
    revision = models.PositiveIntegerField("times edited", default=0)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["board", "state", "due_on"], name="follow_up_of_board")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="follow_up_says_what_is_to_be_done"),
            models.CheckConstraint(condition=Q(due_on__gte=F("agreed_on")), name="follow_up_due_after_it_is_agreed"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) & ~Q(evidence="")
                | (~Q(state="done") & Q(done_at__isnull=True, evidence="", evidence_link="")),
                name="done_follow_up_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(state="dropped") & ~Q(dropped_because="") | (~Q(state="dropped") & Q(dropped_because="")),
                name="dropped_follow_up_says_why",
            ),
        ]
        triggers = [
            *renew_pages("owner_id", "owner_name", "due_on", "state", "done_at"),
            pgtrigger.Trigger(
                name="agreed_stays", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=STAYS
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Action {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("follow_up", args=[self.pk])

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: never by its words, which may be closed to the public."""
        return f"Action {self.pk}, {self.board}"[:200]

    @property
    def closed_by(self) -> Closure | None:
        """What closes it to the public now: its own closure, that of its item, or of a decision on it; None where everybody reads
        it."""
        mine = (self.closure, self.item.closure if self.item else None)
        found = next((closure for closure in mine if closure and closure.in_force), None)
        if found or (self.decision is None and self.closing_decision is None):
            return found
        if self.decision and self.decision.closed_by:
            return self.decision.closed_by
        other = Decision.objects.closed().listed().filter(pk=self.closing_decision).first()
        return other.closed_by if other else None

    def item_title_for(self, user) -> str:
        """The title of its item as the person may read it, who may have a closed action without reading its item; "" without
        one."""
        if self.item is None:
            return ""
        reads = AgendaItem.objects.readable_by(user).filter(pk=self.item.pk).exists()
        return self.item.title if reads else self.item.public_title

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_late(self, today: date) -> bool:
        return self.is_open and self.due_on < today

    @property
    def late_now(self) -> bool:
        """Whether it is late today, for lists."""
        return self.is_late(timezone.localdate())


def boards_with_log() -> models.QuerySet[Board]:
    """Boards for which somebody ever agreed to do something."""
    return Board.objects.filter(Exists(FollowUp.objects.filter(board=OuterRef("pk"))))

import pgtrigger
from django.db import models
from django.db.models import F, Q

from assemblies.papers.models.on_record import REFUSE, append_only
from partnership.page_cache.triggers import renew_pages


class ReportStepQuerySet(models.QuerySet["ReportStep"]):
    def of_person(self, user):
        """Steps the person takes, has taken, or would have taken before they were stopped."""
        return self.filter(holder=user) if user.is_authenticated else self.none()

    def held_by(self, user):
        """Steps that are the person's to take now."""
        return self.filter(holder=user, state="open")

    def wanted(self, now):
        """Open steps of reports that can still come out: their item is on the plan, and its meeting has not started."""
        item = "version__report__item"
        ahead = Q(**{f"{item}__meeting": None}) | Q(**{f"{item}__meeting__starts_at__gt": now})
        return self.filter(ahead, state="open", **{f"{item}__withdrawn_at": None})


class ReportStep(models.Model):
    """One step of the chain by which a version is signed off: who holds it, until when, and what they said.

    A step that was taken names the fingerprint of the text that was signed, and a trigger in the database refuses to change or
    delete it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "not reached yet"
        OPEN = "open", "waiting for them"
        APPROVED = "approved", "approved"
        RETURNED = "returned", "returned"
        STOPPED = "stopped", "not needed any more"

    version = models.ForeignKey("papers.ReportVersion", models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    holder = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="who takes the step")
    by_chair = models.BooleanField("taken by whoever chairs the board", default=False)
    working_days = models.PositiveSmallIntegerField("working days for it")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField("with them since", null=True, blank=True)
    due_on = models.DateField("last day for it", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)
    sha256 = models.CharField("fingerprint of the text that was signed", max_length=64, blank=True)
    reminded_on = models.DateField("day of the last reminder", null=True, blank=True)

    objects = ReportStepQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="report_step_once_at_a_place"),
            models.UniqueConstraint(fields=["version", "holder"], name="nobody_takes_two_steps_of_a_report"),
            models.UniqueConstraint(fields=["version"], condition=Q(state="open"), name="one_report_step_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(opened_at__isnull=False, due_on__isnull=False),
                name="open_report_step_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "returned"]) | (Q(done_at__isnull=False) & ~Q(sha256="")),
                name="signed_report_step_says_when_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(comment=""), name="returned_report_step_says_why"
            ),
        ]
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="what_is_over_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state IN ('approved', 'returned', 'stopped')"),
                func=REFUSE,
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StepHandover(models.Model):
    """That a step went from one person to another: a fact of record."""

    step = models.ForeignKey(ReportStep, models.PROTECT, related_name="handovers")
    old_holder = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    new_holder = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    handed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(old_holder=F("new_holder")), name="step_is_handed_to_somebody_else")
        ]
        triggers = append_only()

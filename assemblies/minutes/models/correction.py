from django.db import models
from django.db.models import Q

from assemblies.papers.models.on_record import append_only

# Let through: that it is answered, once.
ANSWERED_ONCE = """
    IF TG_OP = 'UPDATE' AND OLD.answered_at IS NULL THEN
        stands := NEW;
        stands.is_accepted := NULL;
        stands.answer := OLD.answer;
        stands.answered_at := NULL;
        stands.answered_by_id := NULL;
        IF stands IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def waiting(self):
        """Those that nobody has answered."""
        return self.filter(answered_at__isnull=True)

    def of_person(self, user):
        return self.filter(by=user)


class Correction(models.Model):
    """What somebody who was there would correct in the minutes, and what was answered: facts of record."""

    version = models.ForeignKey("minutes.MinutesVersion", models.PROTECT, related_name="corrections")
    item = models.ForeignKey(
        "minutes.MinutesItem", models.PROTECT, null=True, blank=True, related_name="corrections",
        verbose_name="item it is about; none for who was there",
    )  # fmt: skip
    text = models.TextField("what should be corrected")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    is_accepted = models.BooleanField("accepted", null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, is_accepted__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, is_accepted=True)
                | (Q(answered_at__isnull=False, answered_by__isnull=False, is_accepted=False) & ~Q(answer="")),
                name="declined_correction_says_why",
            ),
        ]
        triggers = append_only(ANSWERED_ONCE, [("stands", "minutes_correction")])

    def __str__(self) -> str:
        return f"Correction {self.pk} to the minutes"

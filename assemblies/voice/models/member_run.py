"""Writing to the members of many organisations: how far it has come."""

from django.db import models
from django.db.models import Q


class MemberRunQuerySet(models.QuerySet["MemberRun"]):
    def unfinished(self):
        return self.filter(finished_at__isnull=True)


class MemberRun(models.Model):
    """The emails a call for views, a report back or its correction has still to queue. If a worker is killed, another
    continues.

    People are written to in the order of their numbers; `after` is the last whose email is queued.
    """

    call = models.OneToOneField("voice.CallForViews", models.CASCADE, null=True, related_name="run")
    report = models.OneToOneField("voice.ReportBack", models.CASCADE, null=True, related_name="run")
    correction = models.OneToOneField("voice.ReportCorrection", models.CASCADE, null=True, related_name="run")
    started_at = models.DateTimeField(auto_now_add=True)
    total = models.PositiveIntegerField("people to write to when it began")
    queued = models.PositiveIntegerField("people whose mail is queued", default=0)
    after = models.PositiveBigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MemberRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(call__isnull=False, report__isnull=True, correction__isnull=True)
                | Q(call__isnull=True, report__isnull=False, correction__isnull=True)
                | Q(call__isnull=True, report__isnull=True, correction__isnull=False),
                name="member_run_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"

    @property
    def standing(self) -> str:
        """How far it has come, as a sentence."""
        if not self.finished_at:
            return f"{self.queued:,} of {max(self.total, self.queued):,} people have been emailed so far."
        if not self.total:
            return "Nobody was emailed: nobody in these organisations has an account here."
        if self.queued < self.total:
            return f"{self.queued:,} of {self.total:,} people were emailed."
        return f"{self.queued:,} {'person was' if self.queued == 1 else 'people were'} emailed."

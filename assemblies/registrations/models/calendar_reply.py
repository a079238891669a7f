from datetime import datetime

from django.db import models
from django.db.models import Q

from partnership.accounts.rules import is_partnership_staff


class CalendarReplyQuerySet(models.QuerySet["CalendarReply"]):
    def visible_to(self, user):
        """Staff see what came from people's calendars; nobody else does."""
        return self.select_related("meeting") if is_partnership_staff(user) else self.none()

    def to_look_at(self):
        """Those that changed nothing, and that staff have not dealt with."""
        return self.filter(outcome=CalendarReply.Outcome.ODD, settled_at=None)

    def counted(self):
        """Those that count, the latest first: by SEQUENCE, then DTSTAMP (RFC 5546 2.1.5)."""
        return self.filter(outcome=CalendarReply.Outcome.DONE).order_by("-sequence", "-stamped_at", "-pk")


class CalendarReply(models.Model):
    """An answer that came from somebody's calendar program, and its outcome. `digest` is the same for the same reply."""

    class Outcome(models.TextChoices):
        DONE = "done", "done"
        OLDER = "older", "older than another answer"
        ODD = "odd", "not used"

    meeting = models.ForeignKey(
        "meetings.Meeting", models.CASCADE, null=True, blank=True, related_name="calendar_replies"
    )
    email = models.CharField("who it answers for", max_length=254, blank=True)
    sender = models.CharField("address it came from", max_length=254, blank=True)
    answer = models.CharField(max_length=254, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    stamped_at = models.DateTimeField("written", null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    outcome = models.CharField(max_length=5, choices=Outcome)
    because = models.CharField("why it was not used", max_length=500, blank=True)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField("dealt with", null=True, blank=True)
    settled_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CalendarReplyQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["meeting", "email"], name="calendar_reply_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="odd") | ~Q(because=""), name="calendar_reply_says_why_it_was_not_used"
            ),
        ]

    def __str__(self) -> str:
        """Without an address: the audit log keeps this."""
        return f"Calendar reply {self.pk}"

    @property
    def said(self) -> str:
        """What they answered, in a word for staff."""
        return WORDS.get(self.answer, self.answer.lower())

    @property
    def order(self) -> tuple[int, datetime | None]:
        return self.sequence, self.stamped_at


WORDS = {"ACCEPTED": "accepts", "DECLINED": "declines", "TENTATIVE": "may come", "COUNTER": "proposes another time"}

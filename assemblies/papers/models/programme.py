from django.db import models
from django.db.models import F, Q

from partnership.page_cache.triggers import renew_pages


class ProgrammeVersion(models.Model):
    """One version of a meeting's programme. The newest released one is shown; a draft is the staff's own."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        RELEASED = "released", "released"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="programme_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    change_note = models.TextField("what changed, as the portal found it", blank=True)
    comment = models.TextField("what staff say about the changes", blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="programme_number_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="draft"), name="one_draft_programme"),
            models.CheckConstraint(condition=Q(state="draft") | Q(released_at__isnull=False), name="released_has_time"),
        ]
        triggers = renew_pages()


class Session(models.Model):
    """A timed part of the programme: a talk, a discussion, a break."""

    class Kind(models.TextChoices):
        SESSION = "session", "Session"
        DISCUSSION = "discussion", "Discussion"
        BREAK = "break", "Break"

    version = models.ForeignKey(ProgrammeVersion, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SESSION)
    title = models.CharField(max_length=200)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="the session before it follows"
    )
    speakers = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts")
        ]
        triggers = renew_pages()

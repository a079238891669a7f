"""One entry of the audit log."""

from typing import Any

import pgtrigger
import rules
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now

REFUSE = """
    RAISE EXCEPTION 'the audit record is only ever added to' USING ERRCODE = 'restrict_violation';
"""
# One change is let through: an account that is deleted leaves its entries without an actor.
WITHOUT_ACTOR = """
    IF TG_OP = 'UPDATE' THEN
        without_actor := OLD;
        without_actor.actor_id := NULL;
        IF NEW IS NOT DISTINCT FROM without_actor THEN
            RETURN NEW;
        END IF;
    END IF;
"""
# Entries are never changed, so a verb stays as it was first written, and people read the word we use today.
OTHER_WORDS = {"meeting.register_closed": "Meeting attendance closed"}


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Any) -> "EntryQuerySet":
        """Partnership staff read the whole audit log; nobody else reads any of it."""
        return self if rules.has_perm("audit.read_log", user) else self.none()

    def about(self, subject: models.Model) -> "EntryQuerySet":
        """What was done to one thing, newest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))  # noqa: SLF001 - Django documents Model._meta


class Entry(models.Model):
    """Who did what to which thing. A trigger in the database refuses to change or delete it.

    `actor` is empty when the clock or the holder of a personal link acted, and becomes empty when an account is
    deleted; `actor_label` keeps the name. `details` holds as little about people as will explain the act: never an
    access need, a dietary need or the words of a message.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    actor_label = models.CharField(max_length=200, blank=True, editable=False)
    verb = models.CharField(max_length=100, editable=False)
    subject_type = models.CharField(max_length=100, editable=False)
    subject_id = models.CharField(max_length=64, editable=False)
    subject_label = models.CharField(max_length=200, blank=True, editable=False)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_by_subject"),
            models.Index(fields=["verb", "-id"], name="audit_by_verb"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verb__regex=r"^[a-z_]+(\.[a-z_]+)+$"), name="audit_verb_is_dotted"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                declare=[("without_actor", "audit_entry")],
                func=WITHOUT_ACTOR + REFUSE,
            ),
            pgtrigger.Trigger(
                name="no_truncate",
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                func=REFUSE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.subject_label}"

    @property
    def act(self) -> str:
        """The verb in words: "Meeting published"."""
        return OTHER_WORDS.get(self.verb) or self.verb.replace(".", " ").replace("_", " ").capitalize()

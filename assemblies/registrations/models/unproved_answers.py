from uuid import uuid4

from django.db import models

from assemblies.registrations.models.registration import Registration


class UnprovedAnswersQuerySet(models.QuerySet["UnprovedAnswers"]):
    def of(self, registration: Registration) -> "UnprovedAnswers | None":
        """What was said with the registration's address since, or None."""
        return self.filter(registration=registration).first()


class UnprovedAnswers(models.Model):
    """What somebody said later with the address of a registration that is still to be confirmed. Anybody may have typed it, so
    it changes nothing until the holder of the address says so.

    `version` is in the link of the email that it led to: whoever confirms by that link takes these answers.
    """

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="unproved_answers")
    version = models.UUIDField(default=uuid4)
    answers = models.JSONField()
    said_at = models.DateTimeField()

    objects = UnprovedAnswersQuerySet.as_manager()

    def __str__(self) -> str:
        return f"later answers for {self.registration}"

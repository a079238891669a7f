from django.conf import settings
from django.db import models
from django.http import QueryDict


class DraftQuerySet(models.QuerySet["Draft"]):
    def of_person(self, user):
        """A person's own: nobody else sees a draft, staff included."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class Draft(models.Model):
    """What one person typed in the form at one address, and did not send yet."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.CharField(max_length=500)
    answers = models.TextField()  # as a browser sends a form; never a file
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="one_draft_for_each_form")]

    def __str__(self) -> str:
        return f"Draft of {self.address}"

    @property
    def typed(self) -> QueryDict:
        """The answers by the names of the boxes."""
        return QueryDict(self.answers)

from django.db import models

from partnership.page_cache.triggers import renew_pages


class ExitQuestion(models.Model):
    """A question each participant answers for their place on the way out."""

    class Kind(models.TextChoices):
        WILL_DO = "will_do", "what they will do"
        NEED = "need", "what they need from others"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="exit_questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["position", "pk"]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.text


class ExitAnswerQuerySet(models.QuerySet["ExitAnswer"]):
    def public(self):
        """Answers as anyone may read them: by place, in an order that says nothing about who answered when."""
        return self.select_related("place").order_by("place__name", "text", "pk")

    def of(self, meeting):
        return self.filter(question__meeting=meeting)


class ExitAnswer(models.Model):
    """What one participant answered for their place. Shown by place, without their name."""

    question = models.ForeignKey(ExitQuestion, models.CASCADE, related_name="answers")
    registration = models.ForeignKey(
        "registrations.Registration", models.SET_NULL, null=True, related_name="exit_answers"
    )
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=2000)
    answered_at = models.DateTimeField(auto_now=True)

    objects = ExitAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["place__name", "answered_at"]
        constraints = [
            models.UniqueConstraint(fields=["question", "registration"], name="one_answer_to_each_question"),
        ]
        triggers = renew_pages("text", "place_id")

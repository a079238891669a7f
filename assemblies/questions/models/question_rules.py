from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from partnership.page_cache.triggers import renew_pages

NOON = time(12)


class QuestionRulesQuerySet(models.QuerySet["QuestionRules"]):
    def public(self):
        """Everybody may know how a board takes questions."""
        return self


class QuestionRules(models.Model):
    """How a board takes questions from the public: whether it does, until when, how many and how long."""

    board = models.OneToOneField("boards.Board", models.CASCADE, related_name="question_rules")
    takes_questions = models.BooleanField("takes questions from the public", default=False)
    only_on_agenda = models.BooleanField("only about items on the agenda", default=False)
    deadline_days = models.PositiveSmallIntegerField(
        "working days before the meeting", default=3, validators=[MaxValueValidator(30)]
    )
    deadline_by = models.TimeField("by what time on that day", default=NOON)
    most_by_person = models.PositiveSmallIntegerField(
        "most questions of one person", default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    most_at_meeting = models.PositiveSmallIntegerField(
        "most questions at a meeting", default=20, null=True, blank=True, validators=[MinValueValidator(1)]
    )
    most_words = models.PositiveSmallIntegerField(
        "most words", default=150, validators=[MinValueValidator(10), MaxValueValidator(1000)]
    )
    minutes = models.PositiveSmallIntegerField("minutes set aside for questions", null=True, blank=True)
    reply_days = models.PositiveSmallIntegerField("working days for a written reply", default=10)
    how_to_ask = models.TextField("what else people should know", blank=True)
    revision = models.PositiveIntegerField("times edited", default=0)

    objects = QuestionRulesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "question rules"
        constraints = [
            models.CheckConstraint(
                condition=Q(most_by_person__gte=1, most_words__gte=1)
                & (Q(most_at_meeting__isnull=True) | Q(most_at_meeting__gte=1)),
                name="question_limits_let_one_in",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"Questions to the {self.board}"

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from partnership.accounts.rules import is_partnership_staff
from partnership.posts.models.post import PanelMember, Post


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user):
        """Staff see all; a panel's members those of its post, while they score. Neither where they have a conflict, or
        applied for the post themselves."""
        if not user.is_authenticated:
            return self.none()
        sits = PanelMember.objects.filter(user=user)
        found = self.exclude(post__in=sits.filter(has_conflict=True).values("post"))
        found = found.exclude(post__in=Application.objects.of_person(user).values("post"))
        if is_partnership_staff(user):
            return found
        mine = sits.filter(has_conflict=False).values("post")
        return found.filter(post__in=mine, post__state__in=[Post.State.SHORTLISTING, Post.State.INTERVIEWS])

    def of_person(self, user):
        """The person's own, by their address, and not withdrawn."""
        return self.filter(email__iexact=user.email).exclude(state=Application.State.WITHDRAWN)

    def holding_key(self, key):
        """The applicant's own, by the link in their emails."""
        return self.filter(key=key)

    def in_play(self):
        """Neither withdrawn nor turned down."""
        return self.filter(state__in=[Application.State.RECEIVED, Application.State.SHORTLISTED])


class Application(models.Model):
    """One person's application for a post. It is deleted six months after the decision."""

    class State(models.TextChoices):
        RECEIVED = "received", "received"
        SHORTLISTED = "shortlisted", "shortlisted"
        NOT_SHORTLISTED = "not_shortlisted", "not shortlisted"
        APPOINTED = "appointed", "appointed"
        NOT_APPOINTED = "not_appointed", "not appointed"
        WITHDRAWN = "withdrawn", "withdrawn"

    post = models.ForeignKey("posts.Post", models.CASCADE, related_name="applications")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    statement = models.TextField()
    cv = models.FileField("CV", upload_to="applications/", max_length=120, blank=True)
    cv_type = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField(auto_now_add=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "email"], name="one_application_for_each_address")]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"

    @property
    def audit_label(self) -> str:
        return f"application {self.pk} for {self.post}"


class Score(models.Model):
    """The score one member of the panel gives one application, from 1 to 5."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="scores")
    member = models.ForeignKey("posts.PanelMember", models.CASCADE, related_name="scores")
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    remark = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "member"], name="one_score_for_each_member"),
            models.CheckConstraint(condition=models.Q(score__range=(1, 5)), name="score_from_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.score} of 5"

    @property
    def audit_label(self) -> str:
        return f"score {self.pk}"

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models.seat import Appointment
from partnership.page_cache.triggers import renew_pages


class PostQuerySet(models.QuerySet["Post"]):
    def public(self):
        """Posts that were advertised, with their outcome."""
        return self.exclude(state=Post.State.DRAFT)

    def visible_to(self, user):
        """Staff see drafts too."""
        return self if is_partnership_staff(user) else self.public()

    def open(self, on: date | None = None):
        """Posts one can apply for on the day, the closing day included."""
        return self.filter(state=Post.State.ADVERTISED, closes_on__gte=on or timezone.localdate())

    def panelled_by(self, user):
        """Posts on whose panel the person sits, with or without a conflict of interest."""
        return self.filter(panel__user=user) if user.is_authenticated else self.none()


class Post(models.Model):
    """A seat that is filled by advert, applications, a panel and an appointment, as an independent chair's is."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        ADVERTISED = "advertised", "advertised"
        SHORTLISTING = "shortlisting", "shortlisting"
        INTERVIEWS = "interviews", "interviews"
        APPOINTED = "appointed", "appointed"
        ENDED = "ended", "ended without an appointment"

    seat = models.ForeignKey("boards.Seat", models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    summary = models.TextField("what the post is")
    outline = models.FileField("role outline", upload_to="posts/", max_length=120, blank=True)
    outline_type = models.CharField(max_length=100, blank=True)
    outline_size = models.PositiveIntegerField("bytes", default=0)
    closes_on = models.DateField("last day to apply")
    term_starts_on = models.DateField("first day of the term")
    term_ends_on = models.DateField("last day of the term", null=True, blank=True)
    remuneration = models.CharField(
        max_length=10, choices=Appointment.Remuneration, default=Appointment.Remuneration.DAY_RATE
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    advertised_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField("what the public reads about the outcome", blank=True)
    appointment = models.OneToOneField(Appointment, models.SET_NULL, null=True, blank=True, related_name="post")
    applicants = models.PositiveIntegerField("how many applied", null=True, blank=True)
    applications_deleted_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=F("term_starts_on")),
                name="post_term_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(outline=""), name="an_advertised_post_has_its_outline"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["appointed", "ended"]) | Q(decided_at__isnull=False),
                name="a_decided_post_has_its_time",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.slug])

    @property
    def is_scored(self) -> bool:
        """Whether the panel is scoring."""
        return self.state in (self.State.SHORTLISTING, self.State.INTERVIEWS)

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.APPOINTED, self.State.ENDED)

    @property
    def takes_applications(self) -> bool:
        return self.state == self.State.ADVERTISED and self.closes_on >= timezone.localdate()


class PanelMember(models.Model):
    """Somebody who scores. They open applications only once they have said that they have no conflict of interest."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="panel")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="panels")
    declared_at = models.DateTimeField(null=True, blank=True)
    has_conflict = models.BooleanField(null=True, blank=True)
    conflict = models.TextField("what the conflict is", blank=True)

    class Meta:
        ordering = ["user__name"]
        constraints = [
            models.UniqueConstraint(fields=["post", "user"], name="once_on_each_panel"),
            models.CheckConstraint(
                condition=Q(declared_at__isnull=True, has_conflict__isnull=True)
                | Q(declared_at__isnull=False, has_conflict__isnull=False),
                name="a_declaration_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, panel for {self.post}"

    @property
    def may_score(self) -> bool:
        """Has declared, and has no conflict."""
        return self.has_conflict is False

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assemblies.meetings.models import Meeting
from assemblies.papers.models.on_record import append_only
from assemblies.pledges.models.shown import FromAnswer
from partnership.page_cache.triggers import renew_pages

MEETING = "answer__question__meeting"


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def public(self):
        """Pledges of meetings that anyone may see."""
        return self.filter(**{f"{MEETING}__in": Meeting.objects.public().values("pk")})

    def visible_to(self, user):
        """Pledges of meetings that the person may see, and their own."""
        if not user.is_authenticated:
            return self.public()
        meetings = Meeting.objects.visible_to(user).published().values("pk")
        return self.filter(Q(**{f"{MEETING}__in": meetings}) | Q(pk__in=Pledge.objects.of_person(user).values("pk")))

    def of_person(self, user):
        """A signed-in person's own: the confirmed address says whose it is."""
        return self.filter(email=user.email) if user.email else self.none()

    def holding_key(self, key: str):
        """The pledge of a personal link, or None. The link ends when the address is deleted."""
        return self.with_facts().filter(key=key).exclude(email="").first()

    def open(self):
        """Pledges that are neither kept nor given up."""
        return self.filter(state__in=Pledge.OPEN)

    def of_meeting(self, meeting):
        return self.filter(**{MEETING: meeting})

    def at_place(self, place):
        return self.filter(answer__place=place)

    def of_partner(self, partner):
        """Those of people who agreed to name the organisation."""
        return self.filter(of_partner=partner)

    def with_facts(self):
        """Each with what a list shows of it, in the same query."""
        return self.select_related("answer__place", MEETING, "of_partner")

    def newest_first(self):
        return self.order_by(F("said_at").desc(nulls_last=True), "-made_at", "-pk")


class Pledge(FromAnswer):
    """What somebody will do for their place, as they answered on the way out; `asked`: how far we have asked after it."""

    class State(models.TextChoices):
        PROMISED = "promised", "promised"
        UNDER_WAY = "under_way", "under way"
        KEPT = "kept", "kept"
        GIVEN_UP = "given_up", "given up"

    OPEN = ("promised", "under_way")

    answer = models.OneToOneField("registrations.ExitAnswer", models.CASCADE, related_name="pledge")
    state = models.CharField(max_length=10, choices=State, default=State.PROMISED)
    review_on = models.DateField("day on which its owner looks back at it")
    asked = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    said_at = models.DateTimeField("when its owner last said how it goes", null=True, blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta(FromAnswer.Meta):
        ordering = ["-made_at", "-pk"]
        triggers = renew_pages("state", "shown_as", "name", "organisation", "of_partner_id", "said_at", "answer_id")

    def __str__(self) -> str:
        return f"Pledge {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("pledge", args=[self.pk])

    @property
    def own_url(self) -> str:
        """Its owner's link, which asks for no password."""
        return reverse("own_pledge", args=[self.key])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def is_asked_about(self, today: date) -> bool:
        """Whether we have asked how it goes, and its owner has not answered since."""
        return self.is_open and self.asked_at is not None and (self.said_at is None or self.said_at < self.asked_at)


class PledgeStep(models.Model):
    """How a pledge goes, as its owner said: a fact of record, which a trigger in the database keeps."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="steps")
    said = models.CharField(max_length=10, choices=Pledge.State)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return f"{self.pledge}: {self.get_said_display()}"

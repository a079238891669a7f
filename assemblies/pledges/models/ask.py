from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models.on_record import append_only
from assemblies.pledges.models.pledge import MEETING
from assemblies.pledges.models.shown import FromAnswer
from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.triggers import renew_pages
from partnership.partners.models import Partner


class AskQuerySet(models.QuerySet["Ask"]):
    def public(self):
        """Asks of meetings that anyone may see."""
        return self.filter(**{f"{MEETING}__in": Meeting.objects.public().values("pk")})

    def visible_to(self, user):
        """Asks of meetings that the person may see, those that ask an organisation of theirs, and their own; staff all."""
        if not user.is_authenticated:
            return self.public()
        if is_partnership_staff(user):
            return self
        meetings = Meeting.objects.visible_to(user).published().values("pk")
        theirs = Q(pk__in=Ask.objects.answerable_by(user).values("pk")) | Q(
            pk__in=Ask.objects.of_person(user).values("pk")
        )
        return self.filter(Q(**{f"{MEETING}__in": meetings}) | theirs)

    def answerable_by(self, user):
        """Those that ask an organisation to which the person belongs."""
        return self.filter(partner__in=user.memberships.accepted().values("partner"))

    def of_person(self, user):
        """What a signed-in person asked: the confirmed address says whose it is."""
        return self.filter(email=user.email) if user.email else self.none()

    def holding_key(self, key: str):
        """The ask of a personal link, or None. The link ends when the address is deleted."""
        return self.with_facts().filter(key=key).exclude(email="").first()

    def open(self):
        """Asks that wait for somebody: to be sent, answered, or done."""
        return self.filter(state__in=Ask.OPEN)

    def to_send(self):
        """Those that staff send to a partner: nobody was named, or who was named has left since."""
        left = Q(state__in=["asked", "accepted"]) & ~Q(partner__state=Partner.State.LISTED)
        return self.filter(Q(state="unsent") | left)

    def of_meeting(self, meeting):
        return self.filter(**{MEETING: meeting})

    def at_place(self, place):
        return self.filter(answer__place=place)

    def of_partner(self, partner):
        """Those that ask this organisation for something."""
        return self.filter(partner=partner)

    def asked_by(self, partner):
        """Those of people who agreed to name this organisation."""
        return self.filter(of_partner=partner)

    def with_facts(self):
        """Each with what a list shows of it, in the same query."""
        return self.select_related("answer__place", MEETING, "of_partner", "partner")

    def newest_first(self):
        return self.order_by(F("said_at").desc(nulls_last=True), "-made_at", "-pk")


class Ask(FromAnswer):
    """What somebody needs from another partner, as they answered on the way out. It asks one partner, and always the same."""

    class State(models.TextChoices):
        UNSENT = "unsent", "not sent to a partner yet"
        ASKED = "asked", "asked"
        ACCEPTED = "accepted", "accepted"
        ANSWERED = "answered", "answered"
        COMPLETED = "completed", "done"
        DECLINED = "declined", "declined"
        CLOSED = "closed", "closed"

    OPEN = ("unsent", "asked", "accepted")
    ANSWERED = ("accepted", "answered", "completed", "declined")

    answer = models.ForeignKey("registrations.ExitAnswer", models.CASCADE, related_name="asks")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who is asked"
    )
    state = models.CharField(max_length=10, choices=State, default=State.UNSENT)
    sent_at = models.DateTimeField("when the partner was asked", null=True, blank=True)
    told_at = models.DateTimeField("when its members were emailed", null=True, blank=True)
    said_at = models.DateTimeField("when the partner last answered", null=True, blank=True)

    objects = AskQuerySet.as_manager()

    class Meta(FromAnswer.Meta):
        ordering = ["-made_at", "-pk"]
        constraints = [
            *FromAnswer.Meta.constraints,
            models.UniqueConstraint(fields=["answer", "partner"], name="partner_is_asked_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(state__in=["unsent", "closed"]) | Q(partner__isnull=False, sent_at__isnull=False),
                name="ask_asks_a_partner",
            ),
        ]
        triggers = renew_pages(
            "state", "shown_as", "name", "organisation", "of_partner_id", "partner_id", "said_at", "answer_id"
        )

    def __str__(self) -> str:
        return f"Ask {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("ask", args=[self.pk])

    @property
    def own_url(self) -> str:
        """The link of who asks, which asks for no password."""
        return reverse("own_ask", args=[self.key])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def answer_by(self) -> date | None:
        """The day by which the partner is to say something; None once it has."""
        if self.state != self.State.ASKED or self.sent_at is None:
            return None
        return timezone.localdate(self.sent_at + timedelta(days=settings.ASKS_ANSWERED_WITHIN_DAYS))


class AskStep(models.Model):
    """What the partner said to an ask, or why it was closed: a fact of record, which a trigger in the database keeps."""

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="steps")
    said = models.CharField(max_length=10, choices=Ask.State)
    words = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return f"{self.ask}: {self.get_said_display()}"

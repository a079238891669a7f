from datetime import datetime

from django.db import models
from django.db.models import Q

from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.triggers import renew_pages


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live(self):
        """Waiting or accepted."""
        return self.filter(state__in=[Membership.State.WAITING, Membership.State.ACCEPTED])

    def accepted(self):
        return self.filter(state=Membership.State.ACCEPTED)

    def officers(self):
        """Accepted members who keep their organisation's page."""
        return self.accepted().filter(part=Membership.Part.OFFICER)

    def officers_before(self, when: datetime):
        """Those who were officers before that moment; who was an officer before it was written down, since accepted."""
        since = Q(officer_since__lt=when) | Q(officer_since=None, decided_at__lt=when)
        return self.officers().filter(since)

    def waiting(self):
        return self.filter(state=Membership.State.WAITING)

    def visible_to(self, user):
        """Staff see all; a person sees their own."""
        return self if is_partnership_staff(user) else self.filter(user=user)


class Membership(models.Model):
    """A person who works or volunteers for a partner, once staff have accepted it."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for staff"
        ACCEPTED = "accepted", "accepted"
        REFUSED = "refused", "refused"
        ENDED = "ended", "ended"

    class Part(models.TextChoices):
        MEMBER = "member", "member"
        OFFICER = "officer", "officer"

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="memberships")
    partner = models.ForeignKey("partners.Partner", models.PROTECT, related_name="memberships")
    role = models.CharField("role there", max_length=120, blank=True)
    part = models.CharField(max_length=10, choices=Part, default=Part.MEMBER)
    officer_since = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "partner"], condition=Q(state__in=["waiting", "accepted"]), name="one_live_membership"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "ended"]) | Q(decided_at__isnull=False),
                name="membership_decided_has_time",
            ),
        ]
        triggers = renew_pages()

    @property
    def is_accepted(self) -> bool:
        return self.state == Membership.State.ACCEPTED

    @property
    def is_officer(self) -> bool:
        """Keeps the organisation's page."""
        return self.is_accepted and self.part == Membership.Part.OFFICER

    def __str__(self) -> str:
        return f"{self.user} at {self.partner}"

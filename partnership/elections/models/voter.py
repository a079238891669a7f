from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partnership.page_cache.triggers import renew_pages
from partnership.partners.models.membership import Membership


class VoterQuerySet(models.QuerySet["Voter"]):
    def of_person(self, user):
        """Rows of organisations in which the person is named and still accepted as a member."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person=user, partner__in=user.memberships.accepted().values("partner"))

    def to_cast(self, now: datetime):
        """Votes that can be cast now and are not."""
        open_now = Q(election__voting_opens_at__lte=now, election__voting_closes_at__gt=now)
        return self.filter(open_now, voted=False, election__state="voting", election__cannot_count_since=None)

    def of_members(self, user):
        """Rows of organisations the person is an accepted member of, whoever votes there."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(partner__in=user.memberships.accepted().values("partner"))

    def with_standing(self):
        """Each row with `can_vote`: somebody is named who is an accepted member there, and whose account is open."""
        member = Membership.objects.accepted().filter(
            partner=OuterRef("partner"), user=OuterRef("person"), user__is_active=True
        )
        return self.annotate(can_vote=Exists(member))

    def with_person(self):
        return self.with_standing().filter(can_vote=True)

    def without_person(self):
        """Nobody is named, or the person has left the organisation or the portal."""
        return self.with_standing().filter(can_vote=False)


class Voter(models.Model):
    """An organisation on the roll of an election, and the person who casts its one vote.

    `voted` says that, and nothing else: no time, and nothing of what is in the ballot box.
    """

    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="roll")
    partner = models.ForeignKey("partners.Partner", models.PROTECT, related_name="votes")
    person = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="votes")
    voted = models.BooleanField(default=False)

    objects = VoterQuerySet.as_manager()

    class Meta:
        ordering = ["partner__name"]
        constraints = [
            models.UniqueConstraint(fields=["election", "partner"], name="one_vote_for_each_organisation"),
        ]
        triggers = renew_pages("partner_id")

    def __str__(self) -> str:
        return f"{self.partner} in {self.election}"


class VoterChangeQuerySet(models.QuerySet["VoterChange"]):
    def to_confirm(self, user):
        """Those that this member of staff may confirm or decline: neither asked for by them, nor about them, and while the
        organisation has not voted."""
        waiting = self.filter(voter__election__state__in=["announced", "nominations", "voting"], voter__voted=False)
        return waiting.exclude(asked_by=user).exclude(person=user)


class VoterChange(models.Model):
    """Somebody else is to cast an organisation's vote, asked for after the roll was frozen by somebody who is not its
    officer. Another member of staff confirms it or declines; then the row goes, and the audit log keeps it."""

    voter = models.OneToOneField(Voter, models.CASCADE, related_name="change")
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    asked_by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    objects = VoterChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Voter of {self.voter}"

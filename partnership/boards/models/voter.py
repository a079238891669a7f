from django.db import models


class VoterQuerySet(models.QuerySet["Voter"]):
    def of_person(self, user):
        """Rows of organisations in which the person is named and still accepted as a member."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person=user, partner__in=user.memberships.accepted().values("partner"))

    def of_members(self, user):
        """Rows of organisations the person is an accepted member of, whoever votes there."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(partner__in=user.memberships.accepted().values("partner"))

    def without_person(self):
        return self.filter(person__isnull=True)


class Voter(models.Model):
    """An organisation on the roll of an election, and the person who casts its one vote.

    `voted` says that, and nothing else: no time, and nothing of what is in the ballot box.
    """

    election = models.ForeignKey("boards.Election", models.CASCADE, related_name="roll")
    partner = models.ForeignKey("partners.Partner", models.PROTECT, related_name="votes")
    person = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="votes")
    voted = models.BooleanField(default=False)

    objects = VoterQuerySet.as_manager()

    class Meta:
        ordering = ["partner__name"]
        constraints = [
            models.UniqueConstraint(fields=["election", "partner"], name="one_vote_for_each_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.partner} in {self.election}"

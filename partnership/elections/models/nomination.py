from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from partnership.page_cache.triggers import renew_pages


class NominationQuerySet(models.QuerySet["Nomination"]):
    def live(self):
        """Neither declined nor withdrawn."""
        return self.filter(state__in=[Nomination.State.PROPOSED, Nomination.State.STANDING])

    def standing(self):
        """Candidates: accepted by the person and seconded, in the order of the ballot paper."""
        return self.filter(state=Nomination.State.STANDING).order_by(
            F("number").asc(nulls_last=True), Lower("candidate__name"), "pk"
        )

    def taken_out(self):
        """Those staff took out once they stood: they withdrew, died, or may not stand any more."""
        return self.filter(state=Nomination.State.WITHDRAWN, withdrawn_at__isnull=False).order_by("withdrawn_at", "pk")

    def on_paper(self):
        """Everybody the ballot paper was printed with, those taken out since included."""
        return self.filter(number__isnull=False).order_by("number")

    def concerning(self, user):
        """What the person was nominated for, was asked to second, or proposed."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(candidate=user) | Q(seconder=user) | Q(nominated_by=user))


class Nomination(models.Model):
    """A person put forward for an election: who nominated them, from which organisation, seconded from another one."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "waiting"
        STANDING = "standing", "standing"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="nominations")
    candidate = models.ForeignKey("accounts.User", models.PROTECT, related_name="nominations")
    partner = models.ForeignKey("partners.Partner", models.PROTECT, related_name="nominations")
    statement = models.TextField()
    nominated_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    seconder = models.ForeignKey("accounts.User", models.PROTECT, related_name="seconds")
    seconder_partner = models.ForeignKey("partners.Partner", models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    seconded_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    withdrawn_at = models.DateTimeField("taken out by staff", null=True, blank=True)
    withdrawn_because = models.TextField("why, as the public reads it", blank=True)
    number = models.PositiveSmallIntegerField("number on the ballot paper", null=True, blank=True)
    elected_to = models.ForeignKey("boards.Seat", models.PROTECT, null=True, blank=True, related_name="+")

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "candidate"],
                condition=Q(state__in=["proposed", "standing"]),
                name="one_live_nomination_of_a_person",
            ),
            models.UniqueConstraint(fields=["election", "number"], name="one_number_on_the_ballot_paper"),
            models.UniqueConstraint(fields=["election", "elected_to"], name="one_winner_of_a_seat"),
            models.CheckConstraint(
                condition=~Q(partner=F("seconder_partner")), name="seconder_is_from_another_organisation"
            ),
            models.CheckConstraint(
                condition=~Q(state="standing") | Q(accepted_at__isnull=False, seconded_at__isnull=False),
                name="candidate_accepted_and_was_seconded",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, state="withdrawn") & ~Q(withdrawn_because="")),
                name="who_is_taken_out_has_a_reason",
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return f"{self.candidate} in {self.election}"

    @property
    def audit_label(self) -> str:
        """What the audit log calls it until the candidate stands in public."""
        return f"Nomination {self.pk} in {self.election}"

from django.db import models
from django.db.models import Q

from assemblies.decisions.models.decision import Decision
from assemblies.papers.models.on_record import append_only
from partnership.page_cache.triggers import renew_pages


class DecisionVote(models.Model):
    """How somebody voted in a seat, or the chair's casting vote: a fact of record."""

    class Vote(models.TextChoices):
        FOR = "for", "for"
        AGAINST = "against", "against"
        ABSTAINED = "abstained", "abstained"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="votes")
    seat = models.ForeignKey("boards.Seat", models.PROTECT, related_name="+")
    name = models.CharField("who voted", max_length=200)
    vote = models.CharField(max_length=10, choices=Vote)
    is_casting = models.BooleanField("the chair’s casting vote", default=False)

    class Meta:
        ordering = ["is_casting", "seat__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "seat", "is_casting"], name="seat_votes_once"),
            models.UniqueConstraint(fields=["decision"], condition=Q(is_casting=True), name="one_casting_vote"),
            models.CheckConstraint(condition=Q(is_casting=False) | ~Q(vote="abstained"), name="casting_vote_decides"),
        ]
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_vote_display()}"


class DecisionInterest(models.Model):
    """An interest that somebody declared in what was decided, and what they did about it: a fact of record."""

    class Mitigation(models.TextChoices):
        NOTE = "note", "took part"
        STAY_NO_VOTE = "stay_no_vote", "stayed and did not vote"
        WITHDRAW = "withdraw", "left the meeting for it"
        PAPERS_WITHHELD = "papers_withheld", "did not get the papers, and left the meeting for it"

    NO_VOTE = (Mitigation.STAY_NO_VOTE, Mitigation.WITHDRAW, Mitigation.PAPERS_WITHHELD)

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="interests")
    seat = models.ForeignKey("boards.Seat", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("whose interest", max_length=200)
    nature = models.TextField("what the interest is")
    is_withheld = models.BooleanField("its details are withheld from the public", default=False)
    mitigation = models.CharField("what they did", max_length=16, choices=Mitigation, default=Mitigation.NOTE)
    dispensation = models.TextField("who allowed them to take part, until when", blank=True)

    class Meta:
        ordering = ["pk"]
        triggers = [*renew_pages(), *append_only()]

    def __str__(self) -> str:
        return f"Interest of {self.name}"

    @property
    def in_words(self) -> str:
        """What everybody reads. What somebody did about it is said where a board met: an officer decides alone."""
        nature = "details withheld" if self.is_withheld else self.nature.strip().rstrip(".")
        did = f"; {self.get_mitigation_display()}" if self.decision.board_id else ""
        allowed = f" {self.dispensation.strip().rstrip('.')}." if self.dispensation else ""
        return f"{self.name}: {nature}{did}.{allowed}"

from django.db import models


class BallotBox(models.Model):
    """All votes of one election while it runs: one row, one sealed text, rewritten whole with every vote.

    What is in it, and why nothing of it can be joined to a voter: `partnership.elections.sealing`.
    """

    election = models.OneToOneField("elections.Election", models.CASCADE, primary_key=True, related_name="box")
    salt = models.BinaryField()
    sealed = models.BinaryField()


class BallotQuerySet(models.QuerySet["Ballot"]):
    def public(self):
        """Votes of elections whose result is published."""
        return self.filter(election__state="published")


class Ballot(models.Model):
    """A vote as it is counted and published: a receipt made of chance, and what was voted. Nothing else.

    Rows are written when the box is opened after the close of voting, all at once, in the order of their receipts.
    """

    election = models.ForeignKey("elections.Election", models.CASCADE, related_name="ballots")
    receipt = models.CharField(max_length=20)
    ranking = models.JSONField(help_text="Numbers of candidates, the first preference first; empty: none of them")

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ["receipt"]
        constraints = [models.UniqueConstraint(fields=["election", "receipt"], name="one_ballot_for_each_receipt")]

    def __str__(self) -> str:
        return self.receipt

from django.db import models


class BallotBoxQuerySet(models.QuerySet["BallotBox"]):
    def closed(self):
        """Boxes in which votes lie, or that wait for the first."""
        return self.exclude(sealed=b"")

    def emptied(self):
        """Boxes that were counted, or whose votes were destroyed unread: their keys are to be destroyed too."""
        return self.filter(sealed=b"")


class BallotBox(models.Model):
    """All votes of one election while it runs: one row, one sealed text, rewritten whole with every vote.

    `key_name` is the name of the file with its key. The row outlives its votes by a moment, with nothing in `sealed`,
    until that file is destroyed. Why nothing of it can be joined to a voter: `partnership.elections.sealing`.
    """

    election = models.OneToOneField("elections.Election", models.CASCADE, primary_key=True, related_name="box")
    key_name = models.CharField(max_length=32, unique=True)
    sealed = models.BinaryField()

    objects = BallotBoxQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Ballot box of election {self.pk}"


class BallotQuerySet(models.QuerySet["Ballot"]):
    def public(self):
        """Votes of elections whose result is published."""
        return self.filter(election__state="published")


class Ballot(models.Model):
    """A vote as it is counted and published: a receipt made of chance, and what was voted. Nothing else.

    Rows are written when the box is opened after the close of voting, all at once, in the order of their receipts. They
    stay, so that the votes can be counted again.
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

"""Why two organisations must not be made one just now, as elections see it."""

from partnership.elections.models import Election
from partnership.partners.models import Partner


def both_vote(kept: Partner, absorbed: Partner) -> str:
    """Returns why not, where both are on the roll of an election under way: one of two votes would be lost. Else ""."""
    rows = Election.objects.under_way().filter(roll__partner=kept).filter(roll__partner=absorbed)
    election = rows.order_by("voting_closes_at").first()
    return f"Both vote in “{election}”. Merge them once its result is published." if election else ""

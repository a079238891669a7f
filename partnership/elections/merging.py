"""Why two organisations must not be made one just now, as elections see it."""

from django.utils import timezone

from partnership.elections.models import Election
from partnership.partners.models import Partner


def both_vote(kept: Partner, absorbed: Partner) -> str:
    """Returns why not, where both are on the roll of an election under way: one of two votes would be lost. Else ""."""
    rows = Election.objects.under_way().filter(roll__partner=kept).filter(roll__partner=absorbed)
    election = rows.order_by("voting_closes_at").first()
    return f"Both vote in “{election}”. Merge them once its result is published." if election else ""


def one_votes(kept: Partner, absorbed: Partner) -> str:
    """Returns why not, where one is on a frozen roll: members and officers of the other could cast its vote. Else ""."""
    running = Election.objects.still_to_vote().filter(roll_freezes_at__lte=timezone.now()).order_by("voting_closes_at")
    for votes, joins in ((kept, absorbed), (absorbed, kept)):
        election = running.filter(roll__partner=votes).first()
        if election and joins.memberships.accepted().exists():
            return f"{votes} votes in “{election}”, and people of {joins} would join it. Merge them once voting has closed."
    return ""

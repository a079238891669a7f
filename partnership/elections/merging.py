"""Why two organisations must not be made one just now, as elections see it."""

from django.utils import timezone

from partnership.elections.models import Election, Voter
from partnership.partners.models import Merge, Partner


def both_vote(kept: Partner, absorbed: Partner) -> str:
    """Returns why not, where both are on the roll of an election that is not over: one of two votes would be lost. Else
    ""."""
    rows = Election.objects.not_over().filter(roll__partner=kept).filter(roll__partner=absorbed)
    election = rows.order_by("voting_closes_at").first()
    if election is None:
        return ""
    if election.state == Election.State.DRAFT:
        return f"Both are on the roll of “{election}”, which is a draft. Take one of them off it first."
    return f"Both vote in “{election}”. Merge them once its result is published."


def one_votes(kept: Partner, absorbed: Partner) -> str:
    """Returns why not, where one is on a frozen roll: members and officers of the other could cast its vote. Else ""."""
    running = Election.objects.still_to_vote().filter(roll_freezes_at__lte=timezone.now()).order_by("voting_closes_at")
    for votes, joins in ((kept, absorbed), (absorbed, kept)):
        election = running.filter(roll__partner=votes).first()
        if election and joins.memberships.accepted().exists():
            return f"{votes} votes in “{election}”, and people of {joins} would join it. Merge them once voting has closed."
    return ""


def vote_moved(merge: Merge) -> str:
    """Returns why it must not be undone, where it moved a vote of a roll that is frozen by now: the vote of the one would
    become the other's. Else ""."""
    votes = [pk for each in merge.moved if each["model"] == Voter._meta.label_lower for pk in each["rows"]]  # noqa: SLF001 - Django documents Model._meta
    running = Election.objects.under_way().filter(roll__in=votes, roll_freezes_at__lte=timezone.now())
    election = running.order_by("voting_closes_at").first()
    return f"{merge.kept} votes in “{election}”. Undo the merge once its result is published." if election else ""

"""An election that cannot be counted is cancelled, and drafted again with the same seats and the same roll."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from partnership.elections.actions import ballot_box
from partnership.elections.actions import election as elections
from partnership.elections.models import Election, Voter
from partnership.refusals import Refusal

BECAUSE = "The key of the ballot box is lost, so nobody can read the votes. The election will be held again."
AHEAD = timedelta(days=7)
SAME = ("board", "title", "method", "introduction", "electorate", "term_starts_on", "term_ends_on", "illustrative")


@transaction.atomic
def hold(*, election: Election, by) -> Election:
    """Cancels it, and returns the draft of the next: its timetable is as long, and begins in a week.

    Raises Refusal for an election that can be counted.
    """
    lost = elections.locked(election)
    if not lost.cannot_be_counted or ballot_box.can_be_opened(lost):  # a key may be back since the clock last looked
        raise Refusal("This election can be counted, so it is not held again.")
    elections.cancel(election=lost, by=by, because=BECAUSE)
    later = timezone.now() + AHEAD - lost.roll_freezes_at
    times = ("roll_freezes_at", "nominations_open_at", "nominations_close_at", "voting_opens_at", "voting_closes_at")
    facts = {name: getattr(lost, name) for name in SAME} | {name: getattr(lost, name) + later for name in times}
    draft = elections.add(by=by, seats=list(lost.seats.all()), **facts)
    Voter.objects.bulk_create(
        Voter(election=draft, partner_id=voter.partner_id, person_id=voter.person_id) for voter in lost.roll.all()
    )
    return draft

"""What happens to elections on their timetable. Run each minute; what a missed run left undone is done by the next."""

import logging
import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from partnership import audit, states
from partnership.elections import ballot_keys
from partnership.elections import count as counting
from partnership.elections.actions import ballot_box
from partnership.elections.actions.election import locked
from partnership.elections.emails import reminder as reminder_emails
from partnership.elections.emails import staff as staff_emails
from partnership.elections.emails import voter as voter_emails
from partnership.elections.models import Election
from partnership.elections.results import as_json
from partnership.one_by_one import one_by_one

log = logging.getLogger(__name__)
State = Election.State


def tick(now: datetime | None = None) -> int:
    """Moves every election under way as far as its timetable says, and reminds those who have not voted; returns the
    steps taken."""
    steps = one_by_one(
        Election.objects.under_way(), lambda election: _move_on(election, now or timezone.now()), "Election"
    )
    ballot_box.destroy_keys()
    return steps


def _move_on(election: Election, now: datetime) -> int:
    steps = 0
    try:
        if not look_at_box(election=election, now=now):
            return 0
        while advance(election=election, now=now):
            steps += 1
    except ballot_keys.CannotKeepKeysError as error:
        log.exception("Voting in election %s does not open.", election.pk)
        with transaction.atomic():
            staff_emails.voting_does_not_open(election, str(error))
        return steps
    reminder_emails.remind(election, now)
    return steps


@transaction.atomic
def look_at_box(*, election: Election, now: datetime) -> bool:
    """Notes whether the ballot box of an open vote can be opened, and returns it; True where there is none yet.

    Where it cannot, voting stops and staff are told: a restored back-up has no key, or the folder of keys is away. Once
    the key is back, voting goes on.
    """
    election = locked(election)
    if election.state != State.VOTING:
        return True
    can_be_opened = ballot_box.can_be_opened(election)
    if can_be_opened != (election.cannot_count_since is None):
        election.cannot_count_since = None if can_be_opened else now
        election.save(update_fields=["cannot_count_since"])
        audit.record(
            by=None, verb="election.box_opens" if can_be_opened else "election.box_does_not_open", subject=election
        )
        if not can_be_opened:
            log.error("The ballot box of election %s cannot be opened: its key is not in BALLOT_KEYS_DIR.", election.pk)
            staff_emails.cannot_be_counted(election)
    return can_be_opened


@transaction.atomic
def advance(*, election: Election, now: datetime) -> bool:
    """Takes one step if one is due, and returns whether it did."""
    election = locked(election)
    step = _due(election, now)
    if step is None:
        return False
    step(election)
    return True


def _due(election: Election, now: datetime):
    """The step that is due, or None."""
    if election.state == State.ANNOUNCED and now >= election.nominations_open_at:
        return _open_nominations
    if election.state == State.NOMINATIONS and now >= election.nominations_close_at:
        if election.nominations.standing().count() <= election.seats.count():
            return leave_uncontested
        # a clock that was down all through voting opens nothing that is over: staff let it close later, or cancel
        if election.voting_opens_at <= now < election.voting_closes_at:
            return _open_voting
    if election.state == State.VOTING and now >= election.voting_closes_at:
        return _count
    return None


def _open_nominations(election: Election) -> None:
    _move(election, State.NOMINATIONS, organisations=election.roll.count())
    voter_emails.nominations_open(election)


def leave_uncontested(election: Election) -> None:
    """There is no vote: no more candidates than seats."""
    standing = election.nominations.standing().count()
    _move(election, State.UNCONTESTED, candidates=standing)
    staff_emails.uncontested(election, standing)


def _open_voting(election: Election) -> None:
    """The ballot paper is printed: candidates in the order of the alphabet, numbered. Then the seed is drawn."""
    standing = list(election.nominations.standing())
    for number, nomination in enumerate(standing, 1):
        nomination.number = number
        nomination.save(update_fields=["number"])
    election.seed = secrets.token_hex(16)
    election.save(update_fields=["seed"])
    box = ballot_box.make_box(election, len(standing))
    try:
        _move(election, State.VOTING, candidates=len(standing))
        voter_emails.voting_open(election, election.roll.select_related("person", "partner"))
    except Exception:
        ballot_keys.destroy(box.key_name)  # the box is rolled back
        raise


def _count(election: Election) -> None:
    rankings = ballot_box.open_box(election)
    count_votes(election, rankings)
    _move(election, State.COUNTED, votes=len(rankings), voted=election.result["voted"])
    staff_emails.counted(election)


def count_votes(election: Election, rankings: list[tuple[int, ...]]) -> None:
    """Keeps the count of these votes, among the candidates who are left, with the election."""
    numbers = ballot_box.candidates(election)
    if election.method == Election.Method.FPTP:
        outcome = counting.first_past_the_post(rankings, numbers, election.seed)
    else:
        outcome = counting.single_transferable_vote(rankings, numbers, election.seats.count(), election.seed)
    voted = election.roll.filter(voted=True).count()
    election.result = as_json(outcome) | {"roll": election.roll.count(), "voted": voted}
    election.save(update_fields=["result"])


def _move(election: Election, to: str, **details) -> None:
    states.move(election, to)
    audit.record(by=None, verb=f"election.{to}", subject=election, **details)

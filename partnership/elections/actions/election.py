"""Elections are written, announced, published and cancelled here. What happens at its time: `election_clock`."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from partnership import audit, states
from partnership.boards.actions import seat as seats_held
from partnership.boards.models import Appointment, Seat
from partnership.dates import moment
from partnership.elections import ballot_keys
from partnership.elections.actions.ballot_box import destroy_votes
from partnership.elections.emails import election as election_emails
from partnership.elections.emails import voter as voter_emails
from partnership.elections.models import Election, Extension, Nomination
from partnership.elections.rules import refuse_candidate
from partnership.refusals import Refusal

State = Election.State
MAY_CHANGE = (State.DRAFT, State.ANNOUNCED)


@transaction.atomic
def add(*, by, seats: Sequence[Seat], **facts) -> Election:
    """Adds a draft under an address made from its title. Raises Refusal where the seats do not fit the method."""
    _check_seats(facts["board"], seats, facts["method"])
    election = Election.objects.create(slug=_free_slug(facts["title"]), **facts)
    election.seats.set(seats)
    audit.record(by=by, verb="election.added", subject=election, method=election.method, seats=len(seats))
    return election


@transaction.atomic
def change(*, election: Election, by, seats: Sequence[Seat], **facts) -> Election:
    """Changes an election before its nominations open. Raises Refusal later, or for a time that is over already."""
    election = locked(election)
    if election.state not in MAY_CHANGE:
        raise Refusal("Nominations have opened, so this can no longer be changed. You can cancel it and start again.")
    _check_seats(facts["board"], seats, facts["method"])
    if election.state == State.ANNOUNCED and facts["nominations_open_at"] <= timezone.now():
        raise Refusal("It has already been announced: enter a time in the future", "nominations_open_at")
    before = dict(election.timetable)
    for name, value in facts.items():
        setattr(election, name, value)
    election.save()
    election.seats.set(seats)
    moved = [name for name, when in election.timetable if before[name] != when]
    audit.record(by=by, verb="election.changed", subject=election, moved=moved)
    return election


@transaction.atomic
def announce(*, election: Election, by, now: datetime | None = None) -> Election:
    """Makes an election public; from now on the clock moves it. Raises Refusal while something is missing."""
    election, now = locked(election), now or timezone.now()
    states.check(election, State.ANNOUNCED)
    if not election.seats.exists():
        raise Refusal("Choose the seat to fill first.")
    if election.nominations_open_at <= now:
        raise Refusal(
            f"Nominations would have opened on {moment(election.nominations_open_at)}: change the timetable first."
        )
    if reason := ballot_keys.why_not():
        raise Refusal(f"Voting could not open, because keys of ballot boxes cannot be kept. {reason}")
    if election.roll.count() < 2:
        raise Refusal("Put at least two organisations on the roll first: one to nominate, one to second.")
    states.move(election, State.ANNOUNCED, announced_at=now)
    audit.record(by=by, verb="election.announced", subject=election, organisations=election.roll.count())
    return election


@transaction.atomic
def extend(
    *, election: Election, by, voting_closes_at: datetime, because: str, now: datetime | None = None
) -> Election:
    """Lets voting close later, and tells everybody who votes, whether or not they have.

    Raises Refusal for an earlier time, and once voting has closed, counted or not. Voting that never opened because the
    clock was down all through it may still be given a later close.
    """
    election, now = locked(election), now or timezone.now()
    refuse_candidate(election, by)
    if not may_extend(election, now):
        raise Refusal("Voting has closed, so it cannot be extended.", "voting_closes_at")
    if voting_closes_at <= max(election.voting_closes_at, now):
        raise Refusal(
            f"Voting closes on {moment(election.voting_closes_at)} already: enter a later time", "voting_closes_at"
        )
    extension = Extension.objects.create(
        election=election,
        was_to_close_at=election.voting_closes_at,
        closes_at=voting_closes_at,
        because=because,
        made_at=now,
    )
    election.voting_closes_at = voting_closes_at
    election.save(update_fields=["voting_closes_at"])
    told = voter_emails.extended(election, extension)
    audit.record(by=by, verb="election.extended", subject=election, closes=voting_closes_at.isoformat(), told=told)
    return election


def may_extend(election: Election, now: datetime | None = None) -> bool:
    """Whether voting is still to come, or open by the clock, which the state may lag behind."""
    if election.state == State.VOTING:
        return (now or timezone.now()) < election.voting_closes_at
    return election.state == State.NOMINATIONS


@transaction.atomic
def cancel(*, election: Election, by, because: str) -> Election:
    """Ends an election without a result: votes cast so far are destroyed, and everybody on the roll is told why."""
    election = locked(election)
    refuse_candidate(election, by)
    was_public = election.announced_at is not None
    states.move(election, State.CANCELLED, cancelled_because=because, result=None)
    election.ballots.all().delete()
    destroy_votes(election)
    election_emails.withdraw_all(election, because="The election was cancelled.")
    if was_public:
        election_emails.cancelled(election)
    audit.record(by=by, verb="election.cancelled", subject=election)
    return election


@transaction.atomic
def publish(*, election: Election, by, now: datetime | None = None) -> Election:
    """Publishes the result, with the list of votes where there was a vote, and appoints who won.

    Raises Refusal where somebody else holds a seat in the new term, so that nothing is published in part.
    """
    election = locked(election)
    refuse_candidate(election, by)
    states.check(election, State.PUBLISHED)
    winners = elected(election)
    for seat, nomination in zip(election.seats.order_by("position", "title"), winners, strict=False):
        _appoint(election, seat, nomination, by)
    states.move(election, State.PUBLISHED, published_at=now or timezone.now())
    election_emails.result(election)
    audit.record(by=by, verb="election.published", subject=election, elected=len(winners))
    return election


def elected(election: Election) -> list[Nomination]:
    """Who takes the seats, in the order of election: by the count, or all who stand where there was none."""
    standing = list(election.nominations.standing().select_related("candidate", "partner"))
    if election.result is None:
        return standing
    by_number = {nomination.number: nomination for nomination in standing}
    return [by_number[number] for number in election.result["elected"]]


def _appoint(election: Election, seat: Seat, nomination: Nomination, by) -> None:
    try:
        seats_held.appoint(
            seat=seat,
            holder=nomination.candidate,
            partner=nomination.partner,
            by=by,
            route=Appointment.Route.ELECTED,
            starts_on=election.term_starts_on,
            ends_on=election.term_ends_on,
        )
    except Refusal as refusal:
        raise Refusal(
            f"Someone holds the seat {seat.title} in the new term. End their appointment before it starts, "
            "then publish the result."
        ) from refusal
    nomination.elected_to = seat
    nomination.save(update_fields=["elected_to"])


def locked(election: Election) -> Election:
    """The election as it is now, under the one lock that everything in it is done under."""
    return Election.objects.select_for_update(no_key=True, of=("self",)).select_related("board").get(pk=election.pk)


def _check_seats(board, seats: Sequence[Seat], method: str) -> None:
    if not seats:
        raise Refusal("Choose the seat to fill", "seats")
    if any(seat.board_id != board.pk for seat in seats):
        raise Refusal(f"Choose seats of {board}", "seats")
    if method == Election.Method.FPTP and len(seats) > 1:
        raise Refusal("First past the post fills one seat: choose one, or the single transferable vote", "method")


def _free_slug(title: str) -> str:
    stem = slugify(title)[:180]
    taken = set(Election.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | {"new"}
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)

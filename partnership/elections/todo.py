"""What elections need of people: votes, answers to nominations, a voter for each organisation; of staff, results."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.elections.models import Election, Nomination, Voter
from partnership.todo import Todo

State = Election.State
STUCK_AFTER = timedelta(minutes=10)  # the clock comes by each minute


@todo.provider
def votes_to_cast(user) -> Iterator[Todo]:
    """Open elections in which the person casts the vote of an organisation that has not voted."""
    rows = Voter.objects.of_person(user).to_cast(timezone.now()).select_related("election__board", "partner")
    for row in rows:
        closes = timezone.localdate(row.election.voting_closes_at)
        yield Todo(
            title=f"Vote in {row.election}: {_days_left((closes - timezone.localdate()).days)}",
            why=f"You cast the vote of {row.partner} on who sits on {row.election.board}.",
            url=reverse("election_vote_for", args=[row.election.slug, row.partner.slug]),
            due=closes,
            comes_first=True,
        )


def _days_left(days: int) -> str:
    if days == 0:
        return "the last day"
    return f"{days} day{'' if days == 1 else 's'} left"


@todo.provider
def nominations_to_answer(user) -> Iterator[Todo]:
    """Nominations that wait for the person to accept or to second."""
    waiting = Q(candidate=user, accepted_at__isnull=True) | Q(seconder=user, seconded_at__isnull=True)
    rows = (
        Nomination.objects.live()
        .filter(waiting, election__state=State.NOMINATIONS, election__nominations_close_at__gt=timezone.now())
        .select_related("election", "candidate", "nominated_by")
    )
    for row in rows:
        theirs = row.candidate == user and row.accepted_at is None
        yield Todo(
            title=f"{'Say whether you will stand' if theirs else f'Second {row.candidate}, or decline'}: {row.election}",
            why=f"{row.nominated_by} named you. Without your answer the nomination does not count.",
            url=reverse("election_nomination", args=[row.election.slug, row.pk]),
            due=timezone.localdate(row.election.nominations_close_at),
        )


@todo.provider
def voters_to_name(user) -> Iterator[Todo]:
    """Organisations of the person that are on a roll with nobody to cast their vote."""
    rows = (
        Voter.objects.of_members(user)
        .without_person()
        .filter(election__in=Election.objects.under_way(), election__voting_closes_at__gt=timezone.now())
        .select_related("election", "partner")
    )
    for row in rows:
        yield Todo(
            title=f"Name who votes for {row.partner}",
            why=f"It has a vote in {row.election}, and nobody has been named to cast it.",
            url=reverse("election_voter", args=[row.election.slug, row.partner.slug]),
            due=timezone.localdate(row.election.voting_closes_at),
        )


@todo.provider
def elections_to_look_after(user) -> Iterator[Todo]:
    """For staff: results to publish, votes that could not be counted, organisations without a voter."""
    if not is_partnership_staff(user):
        return
    running = list(Election.objects.under_way().order_by("voting_closes_at"))
    waiting = (
        Voter.objects.without_person().filter(election__in=running).values("election").annotate(number=Count("pk"))
    )
    without_voter = {each["election"]: each["number"] for each in waiting}
    now = timezone.now()
    for row in running:
        address = reverse("election_manage", args=[row.slug])
        if row.state in (State.COUNTED, State.UNCONTESTED):
            yield Todo(f"Publish the result of {row}", "It makes the appointments and tells everyone.", address)
        elif row.state != State.VOTING and now > row.voting_closes_at + STUCK_AFTER:
            yield Todo(f"Voting in {row} never opened", "Let it close later, or cancel the election.", address)
        elif now > row.voting_closes_at + STUCK_AFTER:
            yield Todo(
                f"Find out why {row} has not been counted",
                "The ballot box could not be opened: is BALLOT_KEY right?",
                address,
            )
        elif number := without_voter.get(row.pk):
            yield Todo(
                title=f"Find voters for {number:,} organisation{'' if number == 1 else 's'}",
                why=f"{row}: nobody has been named to cast their vote.",
                url=reverse("election_roll", args=[row.slug]),
                due=timezone.localdate(row.voting_closes_at),
            )

"""What elections ask of people: votes, answers to nominations, a voter for each organisation; of staff, results."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from partnership import todo
from partnership.accounts.models.user import shown_name
from partnership.accounts.rules import is_partnership_staff
from partnership.elections.models import Election, Nomination, Voter
from partnership.page_cache.memo import cached_until_changed
from partnership.partners.rules import memberships_of
from partnership.todo import Todo

State = Election.State
STUCK_AFTER = timedelta(minutes=10)  # the clock runs each minute
ELECTION = {"election": "election__title", "slug": "election__slug"}


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    now = timezone.now()
    states = cached_until_changed("states of elections under way", _states)
    if State.NOMINATIONS in states:
        to_accept = Q(candidate=user, accepted_at__isnull=True)
        nominations = Nomination.objects.live().filter(
            to_accept | Q(seconder=user, seconded_at__isnull=True),
            election__state=State.NOMINATIONS,
            election__nominations_close_at__gt=now,
        )
        yield todo.kind(
            answer_nomination,
            nominations,
            "pk",
            **ELECTION,
            closes_at="election__nominations_close_at",
            candidate=shown_name("candidate"),
            nominated_by=shown_name("nominated_by"),
            is_theirs=to_accept,
        )

    if states and memberships_of(user):
        theirs_to_cast = Q(person=user, election__state=State.VOTING, election__voting_opens_at__lte=now)
        waiting = Voter.objects.of_members(user).with_standing().filter(Q(can_vote=False) | theirs_to_cast, voted=False)
        running = {"election__in": Election.objects.under_way(), "election__voting_closes_at__gt": now}
        yield todo.kind(
            vote_or_name_voter,
            waiting.filter(**running),
            "can_vote",
            board="election__board__name",
            partner="partner__name",
            partner_slug="partner__slug",
            closes_at="election__voting_closes_at",
            **ELECTION,
        )

    if states and is_partnership_staff(user):
        nobody = Voter.objects.without_person().filter(election=OuterRef("pk"))
        number = Subquery(nobody.order_by().values("election").annotate(number=Count("pk")).values("number"))
        elections = Election.objects.under_way().order_by("voting_closes_at")
        yield todo.kind(look_after, elections, "title", "slug", "state", closes_at="voting_closes_at", number=number)


def _states() -> set[str]:
    """Those of the elections under way: most of the time there is none, and nobody has anything to do."""
    return set(Election.objects.under_way().values_list("state", flat=True))


def vote_or_name_voter(row) -> Todo:
    """For an organisation of the person that is on a roll and has not voted."""
    return vote(row) if row.can_vote else name_voter(row)


def vote(row) -> Todo:
    """For an open election in which the person casts the vote of the organisation."""
    last_day = timezone.localdate(row.closes_at)
    return Todo(
        title=f"Vote in {row.election}: {_days_left((last_day - timezone.localdate()).days)}",
        why=f"You cast the vote of {row.partner} on who sits on {row.board}.",
        url=reverse("election_vote_for", args=[row.slug, row.partner_slug]),
        due=last_day,
        comes_first=True,
    )


def _days_left(days: int) -> str:
    if days == 0:
        return "the last day"
    return f"{days} day{'' if days == 1 else 's'} left"


def answer_nomination(row) -> Todo:
    """For a nomination that waits for the person to accept or to second."""
    return Todo(
        title=f"{'Say whether you will stand' if row.is_theirs else f'Second {row.candidate}, or decline'}: {row.election}",
        why=f"{row.nominated_by} named you. Without your answer the nomination does not count.",
        url=reverse("election_nomination", args=[row.slug, row.pk]),
        due=timezone.localdate(row.closes_at),
    )


def name_voter(row) -> Todo:
    """For an organisation with nobody to cast its vote."""
    return Todo(
        title=f"Name who votes for {row.partner}",
        why=f"It has a vote in {row.election}, and nobody has been named to cast it.",
        url=reverse("election_voter", args=[row.slug, row.partner_slug]),
        due=timezone.localdate(row.closes_at),
    )


def look_after(row) -> Todo | None:
    """For staff: a result to publish, votes that could not be counted, organisations without a voter."""
    address = reverse("election_manage", args=[row.slug])
    if row.state in (State.COUNTED, State.UNCONTESTED):
        return Todo(f"Publish the result of {row.title}", "It makes the appointments and tells everyone.", address)
    is_stuck = timezone.now() > row.closes_at + STUCK_AFTER
    if is_stuck and row.state != State.VOTING:
        return Todo(f"Voting in {row.title} never opened", "Let it close later, or cancel the election.", address)
    if is_stuck:
        why = "The ballot box could not be opened: is BALLOT_KEY right?"
        return Todo(f"Find out why {row.title} has not been counted", why, address)
    if not row.number:
        return None
    return Todo(
        title=f"Find voters for {row.number:,} organisation{'' if row.number == 1 else 's'}",
        why=f"{row.title}: nobody has been named to cast their vote.",
        url=reverse("election_roll", args=[row.slug]),
        due=timezone.localdate(row.closes_at),
    )

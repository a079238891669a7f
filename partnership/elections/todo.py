"""What elections ask of people: votes, answers to nominations, a voter for each organisation; of staff, results."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from partnership import todo
from partnership.accounts.models.user import shown_name
from partnership.accounts.rules import is_partnership_staff
from partnership.elections import ballot_keys
from partnership.elections.models import Election, Nomination, Voter, VoterChange
from partnership.page_cache.memo import cached_until_changed
from partnership.partners.rules import memberships_of
from partnership.todo import Todo

State = Election.State
STUCK_AFTER = timedelta(minutes=10)  # the clock runs each minute
ELECTION = {"election": "election__title", "slug": "election__slug"}


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    states = cached_until_changed("states of elections under way", _states)
    if State.NOMINATIONS in states:
        yield _nominations(user)
    if states and memberships_of(user):
        yield _votes(user)
    if states and is_partnership_staff(user):
        yield _elections()
        yield _voters_to_confirm(user)


def _nominations(user) -> todo.Kind:
    """Those that wait for the person's yes, as candidate or seconder."""
    to_accept = Q(candidate=user, accepted_at__isnull=True)
    nominations = Nomination.objects.live().filter(
        to_accept | Q(seconder=user, seconded_at__isnull=True),
        election__state=State.NOMINATIONS,
        election__nominations_close_at__gt=timezone.now(),
    )
    return todo.kind(
        answer_nomination,
        nominations,
        "pk",
        **ELECTION,
        closes_at="election__nominations_close_at",
        candidate=shown_name("candidate"),
        nominated_by=shown_name("nominated_by"),
        is_theirs=to_accept,
    )


def _votes(user) -> todo.Kind:
    """Votes that the person casts, and organisations of theirs for which nobody may."""
    now = timezone.now()
    is_open = Q(election__state=State.VOTING, election__voting_opens_at__lte=now, election__cannot_count_since=None)
    theirs_to_cast = Q(person=user) & is_open
    waiting = Voter.objects.of_members(user).with_standing().filter(Q(can_vote=False) | theirs_to_cast, voted=False)
    return todo.kind(
        vote_or_name_voter,
        waiting.filter(election__in=Election.objects.still_to_vote(), election__voting_closes_at__gt=now),
        "can_vote",
        board="election__board__name",
        partner="partner__name",
        partner_slug="partner__slug",
        closes_at="election__voting_closes_at",
        **ELECTION,
    )


def _elections() -> todo.Kind:
    nobody = Voter.objects.without_person().filter(election=OuterRef("pk"))
    number = Subquery(nobody.order_by().values("election").annotate(number=Count("pk")).values("number"))
    return todo.kind(
        look_after,
        Election.objects.under_way().order_by("voting_closes_at"),
        "title",
        "slug",
        "state",
        "cannot_count_since",
        opens_at="voting_opens_at",
        closes_at="voting_closes_at",
        number=number,
    )


def _voters_to_confirm(user) -> todo.Kind:
    return todo.kind(
        confirm_voter,
        VoterChange.objects.to_confirm(user),
        "voter_id",
        slug="voter__election__slug",
        election="voter__election__title",
        partner="voter__partner__name",
        person=shown_name("person"),
        closes_at="voter__election__voting_closes_at",
    )


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


def confirm_voter(row) -> Todo:
    """For staff who did not ask: a change of who votes after the roll was frozen."""
    return Todo(
        title=f"Decide whether {row.person} votes for {row.partner}",
        why=f"Asked for after the roll of {row.election} was frozen. Until you decide, the vote stays with who has it.",
        url=reverse("election_voter_change", args=[row.slug, row.voter_id]),
        due=timezone.localdate(row.closes_at),
    )


def look_after(row) -> Todo | None:
    """For staff: a result to publish, voting that does not open or cannot be counted, organisations without a voter."""
    address = reverse("election_manage", args=[row.slug])
    if row.state in (State.COUNTED, State.UNCONTESTED):
        return Todo(f"Publish the result of {row.title}", "It makes the appointments and tells everyone.", address)
    if stuck := _stuck(row, address):
        return stuck
    if not row.number:
        return None
    return Todo(
        title=f"Find voters for {row.number:,} organisation{'' if row.number == 1 else 's'}",
        why=f"{row.title}: nobody has been named to cast their vote.",
        url=reverse("election_roll", args=[row.slug]),
        due=timezone.localdate(row.closes_at),
    )


def _stuck(row, address: str) -> Todo | None:
    """What the clock could not do."""
    if row.state == State.VOTING and row.cannot_count_since:
        lost = reverse("election_cannot_count", args=[row.slug])
        return Todo(f"{row.title} cannot be counted", "The key of its ballot box is missing: hold it again.", lost)
    since = timezone.now() - STUCK_AFTER
    if row.closes_at < since and row.state != State.VOTING:
        return Todo(f"Voting in {row.title} never opened", "Let it close later, or cancel the election.", address)
    if row.closes_at < since:
        why = "The clock has not counted it. Ask whoever runs the portal."
        return Todo(f"Find out why {row.title} has not been counted", why, address)
    if row.state == State.NOMINATIONS and row.opens_at < since:
        why = ballot_keys.why_not() or "The clock has not opened it. Ask whoever runs the portal."
        return Todo(f"Find out why voting in {row.title} has not opened", why, address)
    return None

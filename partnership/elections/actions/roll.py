"""The roll of an election: which organisations vote, and who casts the vote of each."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.dates import moment
from partnership.elections import emails
from partnership.elections.actions.election import locked
from partnership.elections.models import Election, Voter
from partnership.partners.models import Membership, Partner
from partnership.refusals import Refusal


@transaction.atomic
def put_on(*, election: Election, partners: Iterable[Partner], by, now: datetime | None = None) -> int:
    """Puts organisations on the roll, each with the person who votes by default; returns how many are new to it.

    By default the officer of the organisation votes, or its only member; else nobody until one is named.
    """
    election = _open(election, now)
    there = set(election.roll.values_list("partner_id", flat=True))
    new = [partner.pk for partner in partners if partner.pk not in there]
    people = _usual_people(new)
    Voter.objects.bulk_create(
        [Voter(election=election, partner_id=pk, person_id=people.get(pk)) for pk in new], ignore_conflicts=True
    )
    if new:
        audit.record(by=by, verb="roll.extended", subject=election, organisations=len(new))
    return len(new)


@transaction.atomic
def take_off(*, voter: Voter, by) -> None:
    """Takes an organisation off the roll. Raises Refusal once the roll is frozen."""
    election = _open(voter.election)
    audit.record(by=by, verb="roll.shortened", subject=election, organisation=str(voter.partner))
    voter.delete()


@transaction.atomic
def name_voter(*, voter: Voter, person, by) -> Voter:
    """Names who casts an organisation's vote; the roll may be frozen. Raises Refusal once it has voted."""
    election = locked(voter.election)
    voter = Voter.objects.select_for_update(of=("self",)).select_related("partner", "election").get(pk=voter.pk)
    if voter.voted:
        raise Refusal(f"{voter.partner} has already voted, so its voter can no longer be changed.", "person")
    if election.is_over or election.state == Election.State.COUNTED:
        raise Refusal("This election is over.", "person")
    if not person.memberships.accepted().filter(partner=voter.partner).exists():
        raise Refusal(f"Choose someone who is an accepted member of {voter.partner}", "person")
    if voter.person_id == person.pk:
        return voter
    voter.person = person
    voter.save(update_fields=["person"])
    audit.record(by=by, verb="roll.voter_named", subject=election, organisation=str(voter.partner))
    if election.takes_votes:
        emails.voting_open(election, [voter])
    return voter


@transaction.atomic
def fill_in_people(*, election: Election, by) -> int:
    """Gives organisations without a voter their usual one, now that people have joined; returns how many."""
    waiting = list(election.roll.without_person())
    people = _usual_people([voter.partner_id for voter in waiting])
    found = [voter for voter in waiting if voter.partner_id in people]
    for voter in found:
        voter.person_id = people[voter.partner_id]
    Voter.objects.bulk_update(found, ["person"])
    if found:
        audit.record(by=by, verb="roll.voters_filled_in", subject=election, organisations=len(found))
    return len(found)


@transaction.atomic
def chase(*, election: Election, by) -> int:
    """Asks the members of each organisation without a voter to name one; returns how many people are asked.

    Submitted twice on one day, nobody is asked twice.
    """
    waiting = election.roll.without_person().values("partner")
    members = list(Membership.objects.accepted().filter(partner__in=waiting).select_related("user", "partner"))
    asked = emails.name_your_voter(election, members)
    audit.record(by=by, verb="roll.chased", subject=election, people=asked)
    return asked


def _open(election: Election, now: datetime | None = None) -> Election:
    election = locked(election)
    if election.roll_is_frozen_at(now or timezone.now()):
        raise Refusal(f"The roll was frozen on {moment(election.roll_freezes_at)}, so it can no longer be changed.")
    return election


def _usual_people(partners: list[int]) -> dict[int, int]:
    """Who votes for each organisation unless it says otherwise: its first officer, or its only member."""
    members: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Membership.objects.accepted().filter(partner__in=partners, user__is_active=True).order_by("asked_at", "pk")
    for partner, user, part in rows.values_list("partner_id", "user_id", "part"):
        members[partner].append((user, part))
    usual = {}
    for partner, people in members.items():
        officers = [user for user, part in people if part == Membership.Part.OFFICER]
        if officers or len(people) == 1:
            usual[partner] = officers[0] if officers else people[0][0]
    return usual

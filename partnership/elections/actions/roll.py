"""The roll of an election: which organisations vote, and who casts the vote of each."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.dates import moment
from partnership.elections.actions.election import locked
from partnership.elections.emails import voter as voter_emails
from partnership.elections.models import Election, Voter, VoterChange
from partnership.elections.rules import refuse_candidate
from partnership.partners.models import Membership, Partner
from partnership.partners.rules import refuse_merged
from partnership.refusals import Refusal, refuse_about_oneself


@transaction.atomic
def put_on(*, election: Election, partners: Iterable[Partner], by, now: datetime | None = None) -> int:
    """Puts organisations on the roll, each with the person who votes by default; returns how many are new to it.

    By default the officer of the organisation votes, or its only member; else nobody until one is named.
    Raises Refusal once the roll is frozen, and for an organisation that has become part of another.
    """
    election = _open(election, now)
    there = set(election.roll.values_list("partner_id", flat=True))
    wanted = [partner for partner in partners if partner.pk not in there]
    refuse_merged(*wanted)
    new = [partner.pk for partner in wanted]
    people = _usual_people(new, by)
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
def name_voter(*, voter: Voter, person, by, now: datetime | None = None) -> VoterChange | None:
    """Names who casts an organisation's vote. Nobody but its officer names themselves.

    Once the roll is frozen only its officer changes that alone: for anybody else the change waits for a second member of
    staff, and is returned. Raises Refusal once it has voted, and where there is no vote any more.
    """
    now = now or timezone.now()
    voter, election = _to_change(voter)
    if not person.memberships.accepted().filter(partner=voter.partner, user__is_active=True).exists():
        raise Refusal(f"Choose someone who is an accepted member of {voter.partner}", "person")
    if voter.person_id == person.pk:
        return None
    is_frozen = election.roll_is_frozen_at(now)
    since = election.roll_freezes_at if is_frozen else now
    if by is None or not voter.partner.memberships.officers_before(since).filter(user=by).exists():
        ask = f"Ask a colleague at {voter.partner}, or the partnership’s staff, to name you."
        refuse_about_oneself(by, person, f"You cannot name yourself. {ask}", "person")
        refuse_candidate(election, by)
        if is_frozen:
            return _ask(voter, person, by, now)
    _name(voter, person, by, now)
    return None


@transaction.atomic
def confirm_change(*, change: VoterChange, by, now: datetime | None = None) -> Voter:
    """A second member of staff lets somebody else cast the vote. Raises Refusal as `name_voter`, and for who asked."""
    voter, election = _to_change(change.voter)
    change = _may_decide(change, voter, election, by)
    if not change.person.memberships.accepted().filter(partner=voter.partner, user__is_active=True).exists():
        raise Refusal(f"{change.person} is no longer a member of {voter.partner}.")
    _name(voter, change.person, by, now or timezone.now(), asked_by=change.asked_by)
    return voter


@transaction.atomic
def decline_change(*, change: VoterChange, by, now: datetime | None = None) -> Voter:
    """The vote stays with who has it. Who asked, who votes and the organisation's officers are told."""
    election = locked(change.voter.election)
    voter = _locked_row(change.voter)
    change = _may_decide(change, voter, election, by)
    change.delete()
    voter_emails.voter_change(
        "declined",
        voter,
        person=change.person,
        concerned=[voter.person, change.asked_by],
        by=by,
        now=now or timezone.now(),
    )
    audit.record(by=by, verb="roll.change_declined", subject=election, organisation=str(voter.partner))
    return voter


def _to_change(voter: Voter) -> tuple[Voter, Election]:
    election = locked(voter.election)
    voter = _locked_row(voter)
    if voter.voted:
        raise Refusal(f"{voter.partner} has already voted, so its voter can no longer be changed.", "person")
    _refuse_without_vote(election)
    return voter, election


def _refuse_without_vote(election: Election) -> None:
    if election.state != Election.State.DRAFT and not election.needs_voters:
        raise Refusal("There is no vote to come in this election.", "person")


def _locked_row(voter: Voter) -> Voter:
    """Not joined with the organisation: a merge moves the vote to another, and the row would be lost to who waited for it."""
    return Voter.objects.select_for_update(of=("self",)).select_related("election__board").get(pk=voter.pk)


def _ask(voter: Voter, person, by, now: datetime) -> VoterChange:
    """Keeps one wish for each organisation, the last; who votes now and the officers learn of it."""
    VoterChange.objects.filter(
        voter=voter
    ).delete()  # another wish is another row: nobody confirms one they did not see
    change = VoterChange.objects.create(voter=voter, person=person, asked_by=by, asked_at=now)
    voter_emails.voter_change("asked", voter, person=person, concerned=[voter.person], by=by, now=now)
    audit.record(by=by, verb="roll.change_asked", subject=voter.election, organisation=str(voter.partner))
    return change


def _may_decide(asked: VoterChange, voter: Voter, election: Election, by) -> VoterChange:
    change = VoterChange.objects.select_related("person", "asked_by").filter(voter=voter, pk=asked.pk).first()
    if change is None:
        raise Refusal("Somebody has already decided about this change, or asked for another.")
    refuse_own_change(change, by)
    refuse_candidate(election, by)
    return change


def refuse_own_change(change: VoterChange, by) -> None:
    """Raises Refusal where the change was asked for by `by`, or is about them."""
    refuse_about_oneself(by, change.asked_by, "You asked for this change. Ask another member of staff to confirm it.")
    refuse_about_oneself(by, change.person, "This change is about you. Ask another member of staff to confirm it.")


def _name(voter: Voter, person, by, now: datetime, asked_by=None) -> None:
    before, voter.person = voter.person, person
    voter.save(update_fields=["person"])
    VoterChange.objects.filter(voter=voter).delete()
    audit.record(by=by, verb="roll.voter_named", subject=voter.election, organisation=str(voter.partner))
    voter_emails.voter_change("named", voter, person=person, concerned=[before, person, asked_by], by=by, now=now)


@transaction.atomic
def fill_in_people(*, election: Election, by, now: datetime | None = None) -> int:
    """Gives organisations without a voter their usual one, now that people have joined; returns how many.

    Once the roll is frozen this is the officer they had by then, and nobody else. Raises Refusal for who stands.
    """
    election = locked(election)
    refuse_candidate(election, by)
    _refuse_without_vote(election)
    is_frozen = election.roll_is_frozen_at(now or timezone.now())
    waiting = list(election.roll.without_person().select_related("partner"))
    partners = [voter.partner_id for voter in waiting]
    people = _usual_people(partners, by, officers_since=election.roll_freezes_at if is_frozen else None)
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
    election = locked(election)
    _refuse_without_vote(election)
    waiting = election.roll.without_person().values("partner")
    members = list(Membership.objects.accepted().filter(partner__in=waiting).select_related("user", "partner"))
    asked = voter_emails.name_your_voter(election, members)
    audit.record(by=by, verb="roll.chased", subject=election, people=asked)
    return asked


def _open(election: Election, now: datetime | None = None) -> Election:
    election = locked(election)
    if election.roll_is_frozen_at(now or timezone.now()):
        raise Refusal(f"The roll was frozen on {moment(election.roll_freezes_at)}, so it can no longer be changed.")
    return election


def _usual_people(partners: list[int], by, officers_since: datetime | None = None) -> dict[int, int]:
    """Who votes for each organisation unless it says otherwise: its first officer, or its only member unless that is
    who asks. `officers_since`: none but officers who were so at that time."""
    members: dict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.accepted().filter(partner__in=partners, user__is_active=True).order_by("asked_at", "pk")
    for partner, user in rows.values_list("partner_id", "user_id"):
        members[partner].append(user)
    alone = {partner: people[0] for partner, people in members.items() if len(people) == 1}
    usual = {} if officers_since else {partner: user for partner, user in alone.items() if not by or user != by.pk}
    officers = rows.officers_before(officers_since) if officers_since else rows.officers()
    return usual | dict(reversed(officers.values_list("partner_id", "user_id")))

"""Somebody is nominated, accepts, is seconded from another organisation; or declines, or withdraws."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import audit, states
from partnership.accounts.models import User
from partnership.dates import moment
from partnership.elections.actions.election import locked
from partnership.elections.emails import nomination as nomination_emails
from partnership.elections.models import Election, Nomination
from partnership.partners.models import Partner
from partnership.refusals import Refusal

State = Nomination.State


@transaction.atomic
def nominate(
    *, election: Election, by, candidate: User, partner: Partner, seconder: User, statement: str,
    now: datetime | None = None,
) -> Nomination:  # fmt: skip
    """Nominates a person from `partner`. The candidate accepts by nominating themselves, else when they say so; the
    seconder likewise. Raises Refusal for people who are not of an organisation on the roll, and outside the time."""
    now = now or timezone.now()
    election = _taking(election, now)
    if not _organisations(election, by).exists():
        raise Refusal("Only people of an organisation on the roll can nominate.")
    if not _organisations(election, candidate).filter(pk=partner.pk).exists():
        raise Refusal("The candidate must be an accepted member of an organisation on the roll.", "candidate")
    seconding = _organisations(election, seconder).exclude(pk=partner.pk).order_by("name").first()
    if seconder == candidate or seconding is None:
        raise Refusal(
            f"The seconder must be an accepted member of another organisation on the roll than {partner}.", "seconder"
        )
    try:
        with transaction.atomic():
            nomination = Nomination.objects.create(
                election=election,
                candidate=candidate,
                partner=partner,
                statement=statement,
                nominated_by=by,
                seconder=seconder,
                seconder_partner=seconding,
                accepted_at=now if candidate == by else None,
                seconded_at=now if seconder == by else None,
            )
    except IntegrityError as error:
        raise Refusal(f"{candidate} has already been nominated for this election.", "candidate") from error
    audit.record(by=by, verb="nomination.made", subject=nomination)
    nomination_emails.nominated(nomination)
    return _stand_if_complete(nomination)


@transaction.atomic
def accept(*, nomination: Nomination, by, statement: str) -> Nomination:
    """The candidate agrees to stand, with the statement as they want it read."""
    nomination = _open(nomination)
    if by != nomination.candidate:
        raise Refusal("Only the candidate can accept.")
    nomination.accepted_at, nomination.statement = nomination.accepted_at or timezone.now(), statement
    nomination.save(update_fields=["accepted_at", "statement"])
    audit.record(by=by, verb="nomination.accepted", subject=nomination)
    return _stand_if_complete(nomination)


@transaction.atomic
def second(*, nomination: Nomination, by, now: datetime | None = None) -> Nomination:
    """The seconder supports the nomination."""
    now = now or timezone.now()
    nomination = _open(nomination, now)
    if by != nomination.seconder:
        raise Refusal("Only the person named as seconder can second.")
    nomination.seconded_at = nomination.seconded_at or now
    nomination.save(update_fields=["seconded_at"])
    audit.record(by=by, verb="nomination.seconded", subject=nomination)
    return _stand_if_complete(nomination)


@transaction.atomic
def decline(*, nomination: Nomination, by) -> Nomination:
    """The candidate does not want to stand, or the seconder not to second: the nomination ends."""
    return _end(nomination, by, State.DECLINED, "nomination.declined")


@transaction.atomic
def withdraw(*, nomination: Nomination, by) -> Nomination:
    """Takes a nomination back while nominations are open."""
    return _end(nomination, by, State.WITHDRAWN, "nomination.withdrawn")


def _end(nomination: Nomination, by, state: str, verb: str) -> Nomination:
    nomination = _open(nomination)
    states.move(nomination, state)
    nomination_emails.withdraw_mails(nomination)
    audit.record(by=by, verb=verb, subject=nomination)
    return nomination


def _stand_if_complete(nomination: Nomination) -> Nomination:
    if nomination.accepted_at and nomination.seconded_at and nomination.state == State.PROPOSED:
        states.move(nomination, State.STANDING)
        audit.record(by=None, verb="nomination.complete", subject=nomination)
    return nomination


def _taking(election: Election, now: datetime) -> Election:
    election = locked(election)
    if not election.takes_nominations_at(now):
        if election.state in (Election.State.DRAFT, Election.State.ANNOUNCED):
            raise Refusal(f"Nominations open on {moment(election.nominations_open_at)}.")
        raise Refusal(f"Nominations closed on {moment(election.nominations_close_at)}.")
    return election


def _open(nomination: Nomination, now: datetime | None = None) -> Nomination:
    _taking(nomination.election, now or timezone.now())
    rows = Nomination.objects.select_related("election", "candidate", "seconder", "partner", "seconder_partner")
    nomination = rows.get(pk=nomination.pk)
    if nomination.state not in (State.PROPOSED, State.STANDING):
        raise Refusal(f"This nomination was {nomination.get_state_display()}.")
    return nomination


def _organisations(election: Election, person):
    """Organisations on the roll of which the person is an accepted member."""
    return Partner.objects.filter(votes__election=election, pk__in=person.memberships.accepted().values("partner"))

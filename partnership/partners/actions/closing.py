"""An organisation ends, and its history stays; or it was closed by mistake, and is listed again."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit, states
from partnership.partners import emails
from partnership.partners.models import Membership, Partner
from partnership.partners.rules import refuse_interested
from partnership.refusals import Refusal

State = Partner.State


@transaction.atomic
def close(*, partner: Partner, by, on: date, because: str, successor: Partner | None = None) -> Partner:
    """Closes it: its page stays and says when and why, it leaves the directory, its members are told and belong no more.

    Raises Refusal for a day to come, a successor that is itself or not listed, one that is closed already, and staff with
    an interest in it.
    """
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    _refuse_unless(partner, State.LISTED)
    refuse_interested(by, partner)
    if on > timezone.localdate():
        raise Refusal("Choose today or an earlier day: close it once it has ended", "on")
    if successor and successor.pk == partner.pk:
        raise Refusal("An organisation cannot replace itself: name another, or leave this empty", "successor")
    if successor and successor.state != State.LISTED:
        raise Refusal("Name one that is in the directory", "successor")
    states.move(partner, State.CLOSED, closed_on=on, closed_because=because, successor=successor)
    members = list(partner.memberships.live().select_related("user", "partner"))
    states.move_all(partner.memberships.live(), Membership.State.ENDED, reason=f"{partner} has ended.")
    for membership in members:
        emails.organisation_closed(membership, partner)
    audit.record(
        by=by, verb="partner.closed", subject=partner, on=on, successor=str(successor or ""), members=len(members)
    )
    return partner


@transaction.atomic
def reopen(*, partner: Partner, by) -> Partner:
    """Lists it again. People who belonged to it ask again."""
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    _refuse_unless(partner, State.CLOSED)
    refuse_interested(by, partner)
    states.move(partner, State.LISTED, closed_on=None, closed_because="", successor=None)
    audit.record(by=by, verb="partner.reopened", subject=partner)
    return partner


def _refuse_unless(partner: Partner, state: str) -> None:
    if partner.state != state:
        raise Refusal(f"{partner} is {State(partner.state).label}: you cannot do this now.")

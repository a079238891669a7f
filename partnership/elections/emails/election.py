"""How an election ended, for those who cast a vote and those who stood; and what no longer needs to be said."""

from django.db.models import Q

from partnership import outbox
from partnership.accounts.models import User
from partnership.elections.emails import draft
from partnership.elections.emails import voter as voter_emails
from partnership.elections.models import Election, Nomination
from partnership.outbox import message_keys


def withdraw_all(election: Election, *, because: str) -> None:
    """Stops what has not left yet and is written to those who vote."""
    outbox.withdraw(about=message_keys.about("election", election.pk), because=because)
    for extension in election.extensions.all():
        outbox.withdraw(about=voter_emails.about_extension(extension.pk), because=because)


def result(election: Election) -> None:
    """To those who cast a vote and those who stood."""
    winners = election.nominations.filter(elected_to__isnull=False).select_related("candidate", "partner")
    names = ", ".join(f"{each.candidate} ({each.partner})" for each in winners)
    _to_concerned(election, "election_result", "result", winners=names)


def cancelled(election: Election) -> None:
    _to_concerned(election, "election_cancelled", "cancelled")


def _to_concerned(election: Election, template: str, reason: str, **words) -> None:
    concerned = Q(votes__election=election) | Q(
        nominations__election=election, nominations__state=Nomination.State.STANDING
    )
    people = User.objects.filter(concerned, is_active=True).distinct()
    outbox.enqueue_many(
        draft.of(election, template, person, draft.key(election, reason, person.pk), **words) for person in people
    )

"""Reminders to those who have not voted yet."""

from datetime import datetime

from django.urls import reverse

from partnership import outbox
from partnership.dates import days_later
from partnership.elections.emails import draft
from partnership.elections.emails import voter as voter_emails
from partnership.elections.models import Election, Extension
from partnership.outbox import message_keys
from partnership.outbox.models import Message


def remind(election: Election, now: datetime) -> int:
    """Half way and one day before the close, to those who have not voted; returns how many emails are new.

    Each is written once, whenever the clock comes to it, and not after the close. A vote withdraws what has not left.
    """
    if election.state != Election.State.VOTING or now >= election.voting_closes_at:
        return 0
    new = 0
    for which, due in _reminders(election):
        if now >= due:
            keys = Message.objects.filter(
                key__startswith=message_keys.beginning("election", election.pk, which)
            ).values("key")
            has = {key["key"] for key in keys}
            waiting = voter_emails.with_person(election.roll.filter(voted=False))
            new += len(
                outbox.enqueue_many(
                    voter_emails.to_voter(
                        election,
                        voter,
                        "vote_reminder",
                        which,
                        election.voting_closes_at,
                        reverse("election_vote_for", args=[election.slug, voter.partner.slug]),
                    )
                    for voter in waiting
                    if draft.key(election, which, voter.pk) not in has
                )
            )
    return new


def _reminders(election: Election) -> list[tuple[str, datetime]]:
    """When each reminder is due; where voting is too short for two, the one on the last day is left out.

    Voting that was made longer has its own last day, unless that had started when everybody was told so.
    """
    opens, closes = election.voting_opens_at, election.voting_closes_at
    half = opens + (closes - opens) / 2
    last = days_later(closes, -1)
    extension = election.extensions.last()
    if last <= half or (extension and last <= extension.made_at):
        return [("half", half)]
    return [("half", half), (last_reminder(extension), last)]


def last_reminder(extension: Extension | None) -> str:
    """What keys call the reminder on the last day: of the first timetable, or of the one that followed it."""
    return f"last-{extension.pk}" if extension else "last"

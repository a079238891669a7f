"""What we write about who is nominated, and about a candidate who is taken out."""

from django.db.models import Q
from django.urls import reverse

from partnership import outbox
from partnership.accounts.models import User
from partnership.elections.emails import draft
from partnership.elections.emails import voter as voter_emails
from partnership.elections.models import Nomination
from partnership.outbox import message_keys
from partnership.outbox.message_keys import message_key


def nominated(nomination: Nomination) -> None:
    """To the candidate and to the seconder, unless they nominated."""
    election = nomination.election
    link = reverse("election_nomination", args=[election.slug, nomination.pk])
    asked = {"nomination_accept": nomination.candidate, "nomination_second": nomination.seconder}
    for template, person in asked.items():
        if person != nomination.nominated_by:
            message = draft.of(
                election, template, person, message_key("nomination", nomination.pk, template),
                link=link, about=_about(nomination), not_after=election.nominations_close_at, nomination=nomination,
            )  # fmt: skip
            outbox.enqueue_many([message])


def withdraw_mails(nomination: Nomination) -> None:
    outbox.withdraw(about=_about(nomination), because="The nomination has ended.")


def taken_out(nomination: Nomination, follows: str) -> int:
    """To everybody who votes, whether or not they have, and to the other candidates; returns how many.

    Nobody writes to the candidate who is gone: staff have spoken to them, or they have died.
    """
    election = nomination.election
    return len(
        outbox.enqueue_many(
            draft.of(
                election,
                "candidate_taken_out",
                person,
                draft.key(election, f"taken-out-{nomination.pk}", person.pk),
                nomination=nomination,
                follows=follows,
            )
            for person in who_hears_of(nomination)
        )
    )


def who_hears_of(nomination: Nomination):
    """The people who are told that a candidate was taken out once people vote."""
    election = nomination.election
    standing = election.nominations.standing().values("candidate")
    people = User.objects.filter(Q(pk__in=voter_emails.people_who_vote(election)) | Q(pk__in=standing), is_active=True)
    return people.exclude(pk=nomination.candidate_id).order_by("pk")


def _about(nomination: Nomination) -> str:
    return message_keys.about("nomination", nomination.pk)

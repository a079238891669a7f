"""What we write to those who vote for their organisations: from the day nominations open until voting is extended."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from partnership import outbox
from partnership.accounts.models import User
from partnership.elections.emails import draft
from partnership.elections.models import Election, Extension, Voter
from partnership.outbox import Draft, message_keys
from partnership.partners.models import Membership


def nominations_open(election: Election) -> None:
    """To the person who votes for each organisation on the roll."""
    outbox.enqueue_many(
        to_voter(election, voter, "nominations_open", "nominations", election.nominations_close_at)
        for voter in with_person(election.roll.all())
    )


def name_your_voter(election: Election, members: Iterable[Membership]) -> int:
    """To members of organisations without a voter, at most once a day; returns how many are asked."""
    today = timezone.localdate().isoformat()
    drafts = [
        draft.of(
            election, "voter_wanted", member.user, draft.key(election, "voter_wanted", member.pk, today),
            link=reverse("election_voter", args=[election.slug, member.partner.slug]),
            not_after=election.voting_closes_at, organisation=member.partner,
        )
        for member in members
    ]  # fmt: skip
    return len(outbox.enqueue_many(drafts))


def voting_open(election: Election, voters: Iterable[Voter]) -> None:
    """To those who cast a vote; a person named later gets their own."""
    outbox.enqueue_many(
        to_voter(
            election,
            voter,
            "voting_open",
            "open",
            election.voting_closes_at,
            reverse("election_vote_for", args=[election.slug, voter.partner.slug]),
        )
        for voter in voters
        if voter.person_id
    )


def voter_change(what: str, voter: Voter, *, person: User, concerned: Iterable[User | None], by, now: datetime) -> None:
    """That somebody else casts an organisation's vote ("named"), is to ("asked"), or is not to ("declined").

    To who is concerned and to the organisation's officers; not to who did it.
    """
    election = voter.election
    officers = User.objects.filter(pk__in=voter.partner.memberships.officers().values("user"))
    people = {each.pk: each for each in (*concerned, *officers) if each is not None and each.is_active and each != by}
    at = f"{now:%Y%m%d%H%M%S%f}"
    outbox.enqueue_many(
        draft.of(
            election, "voter_changed", each, draft.key(election, "voter", voter.pk, what, at, each.pk),
            link=reverse("election_vote_for", args=[election.slug, voter.partner.slug]) if each == voter.person else "",
            organisation=voter.partner, what=what, voter=voter.person, to_be=person, by=by, is_voter=each == voter.person,
        )
        for each in people.values()
    )  # fmt: skip


def extended(election: Election, extension: Extension) -> int:
    """To everybody who casts a vote, once each, in the same words whether or not they have voted; returns how many.

    Nobody is told of an earlier extension any more.
    """
    earlier = election.extensions.exclude(pk=extension.pk).values_list("pk", flat=True)
    for pk in earlier:
        outbox.withdraw(about=about_extension(pk), because="Voting closes later still.")
    drafts = [
        draft.of(
            election, "voting_extended", person, draft.key(election, f"extended-{extension.pk}", person.pk),
            about=about_extension(extension.pk), not_after=extension.closes_at, extension=extension,
        )
        for person in people_who_vote(election)
    ]  # fmt: skip
    return len(outbox.enqueue_many(drafts))


def people_who_vote(election: Election):
    """Everybody named to cast a vote who may, once each, whether or not they have."""
    named = election.roll.with_person().values("person")
    return User.objects.filter(pk__in=named).order_by("pk")


def to_voter(election, voter: Voter, template: str, reason: str, not_after: datetime, link: str = "") -> Draft:  # noqa: PLR0917 - one call for each kind of mail, each naming its facts in this order
    assert voter.person is not None
    return draft.of(
        election, template, voter.person, draft.key(election, reason, voter.pk),
        link=link, not_after=not_after, organisation=voter.partner,
    )  # fmt: skip


def with_person(voters):
    return voters.with_person().select_related("person", "partner")


def about_extension(pk: int) -> str:
    return message_keys.about("extension", pk)

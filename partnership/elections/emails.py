"""What we write to people about elections. Keys make each email one: a step of the clock run twice writes nothing twice.

No email holds a receipt, says what anybody voted, or tells one organisation whether another has voted.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from partnership import outbox
from partnership.accounts.models import User
from partnership.dates import days_later
from partnership.elections.models import Election, Extension, Nomination, Voter
from partnership.outbox import Draft, message_keys
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import message_key
from partnership.outbox.models import Message
from partnership.partners.models import Membership


def nominations_open(election: Election) -> None:
    """To the person who votes for each organisation on the roll."""
    outbox.enqueue_many(
        _to_voter(election, voter, "nominations_open", "nominations", election.nominations_close_at)
        for voter in _people(election.roll.all())
    )


def nominated(nomination: Nomination) -> None:
    """To the candidate and to the seconder, unless they nominated."""
    election = nomination.election
    link = reverse("election_nomination", args=[election.slug, nomination.pk])
    asked = {"nomination_accept": nomination.candidate, "nomination_second": nomination.seconder}
    for template, person in asked.items():
        if person != nomination.nominated_by:
            draft = _draft(
                election, template, person, message_key("nomination", nomination.pk, template),
                link=link, about=_about(nomination), not_after=election.nominations_close_at, nomination=nomination,
            )  # fmt: skip
            outbox.enqueue_many([draft])


def withdraw_nomination_mails(nomination: Nomination) -> None:
    outbox.withdraw(about=_about(nomination), because="The nomination has ended.")


def withdraw_all(election: Election, *, because: str) -> None:
    """Stops what has not left yet and is written to those who vote."""
    outbox.withdraw(about=message_keys.about("election", election.pk), because=because)
    for extension in election.extensions.all():
        outbox.withdraw(about=_about_extension(extension.pk), because=because)


def name_your_voter(election: Election, members: Iterable[Membership]) -> int:
    """To members of organisations without a voter, at most once a day; returns how many are asked."""
    today = timezone.localdate().isoformat()
    drafts = [
        _draft(
            election, "voter_wanted", member.user, _key(election, "voter_wanted", member.pk, today),
            link=reverse("election_voter", args=[election.slug, member.partner.slug]),
            not_after=election.voting_closes_at, organisation=member.partner,
        )
        for member in members
    ]  # fmt: skip
    return len(outbox.enqueue_many(drafts))


def voting_open(election: Election, voters: Iterable[Voter]) -> None:
    """To those who cast a vote; a person named later gets their own."""
    outbox.enqueue_many(
        _to_voter(
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
        _draft(
            election, "voter_changed", each, _key(election, "voter", voter.pk, what, at, each.pk),
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
        outbox.withdraw(about=_about_extension(pk), because="Voting closes later still.")
    drafts = [
        _draft(
            election, "voting_extended", person, _key(election, f"extended-{extension.pk}", person.pk),
            about=_about_extension(extension.pk), not_after=extension.closes_at, extension=extension,
        )
        for person in people_who_vote(election)
    ]  # fmt: skip
    return len(outbox.enqueue_many(drafts))


def people_who_vote(election: Election):
    """Everybody named to cast a vote who may, once each, whether or not they have."""
    named = election.roll.with_person().values("person")
    return User.objects.filter(pk__in=named).order_by("pk")


def taken_out(nomination: Nomination, follows: str) -> int:
    """To everybody who votes, whether or not they have, and to the other candidates; returns how many.

    Nobody writes to the candidate who is gone: staff have spoken to them, or they have died.
    """
    election = nomination.election
    return len(
        outbox.enqueue_many(
            _draft(
                election,
                "candidate_taken_out",
                person,
                _key(election, f"taken-out-{nomination.pk}", person.pk),
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
    people = User.objects.filter(Q(pk__in=people_who_vote(election)) | Q(pk__in=standing), is_active=True)
    return people.exclude(pk=nomination.candidate_id).order_by("pk")


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
            waiting = _people(election.roll.filter(voted=False))
            new += len(
                outbox.enqueue_many(
                    _to_voter(
                        election,
                        voter,
                        "vote_reminder",
                        which,
                        election.voting_closes_at,
                        reverse("election_vote_for", args=[election.slug, voter.partner.slug]),
                    )
                    for voter in waiting
                    if _key(election, which, voter.pk) not in has
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


def counted(election: Election) -> None:
    _to_staff(election, "counted", "The votes are counted", "Look at the count, then publish the result.")


def voting_does_not_open(election: Election, reason: str) -> None:
    """To staff, once: keys cannot be kept."""
    next_step = (
        f"{reason} Ask whoever runs the portal to put this right. Voting opens by itself within a minute of that."
    )
    _to_staff(election, "no-keys", "Voting cannot open", next_step)


def cannot_be_counted(election: Election) -> None:
    """To staff, each time that its box is found shut."""
    since = election.cannot_count_since
    _to_staff(
        election,
        f"shut-{since:%Y%m%d%H%M}",
        "The votes cannot be counted",
        "The key of the ballot box is missing, so voting has stopped. The page says what to do.",
        reverse("election_cannot_count", args=[election.slug]),
    )


def uncontested(election: Election, standing: int) -> None:
    """Staff are told what to do; without a candidate, that the seat stays vacant."""
    if standing:
        _to_staff(election, "uncontested", "There is no vote", "No more candidates than seats: publish the result.")
    else:
        _to_staff(
            election,
            "uncontested",
            "Nobody stands",
            "No candidate was nominated, accepted and seconded, so the seat stays vacant. Publish that, then hold "
            "another election or fill the seat in another way.",
        )


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
        _draft(election, template, person, _key(election, reason, person.pk), **words) for person in people
    )


def _to_staff(election: Election, reason: str, headline: str, next_step: str, link: str = "") -> None:
    outbox.enqueue_many(
        _draft(
            election, "election_for_staff", person, _key(election, "staff", reason, person.pk),
            link=link or reverse("election_manage", args=[election.slug]), headline=headline, next_step=next_step,
        )
        for person in User.objects.staff()
    )  # fmt: skip


def _to_voter(election, voter: Voter, template: str, reason: str, not_after: datetime, link: str = "") -> Draft:  # noqa: PLR0917 - one call for each kind of mail, each naming its facts in this order
    assert voter.person is not None
    return _draft(
        election, template, voter.person, _key(election, reason, voter.pk),
        link=link, not_after=not_after, organisation=voter.partner,
    )  # fmt: skip


def _draft(election, template: str, person: User, key: str, *, link="", about="", not_after=None, **words) -> Draft:
    address = f"{settings.PORTAL_URL}{link or election.get_absolute_url()}"
    subject, text, html = compose(
        f"elections/{template}", {"election": election, "person": person, "link": address} | words
    )
    return Draft(
        key=key,
        to=person.email,
        to_name=person.name,
        subject=subject,
        text=text,
        html=html,
        about=about or message_keys.about("election", election.pk),
        not_after=not_after,
    )


def _people(voters):
    return voters.with_person().select_related("person", "partner")


def _key(election: Election, *what: object) -> str:
    return message_key("election", election.pk, *what)


def _about_extension(pk: int) -> str:
    return message_keys.about("extension", pk)


def _about(nomination: Nomination) -> str:
    return message_keys.about("nomination", nomination.pk)

"""What we write to staff when an election needs them."""

from django.urls import reverse

from partnership import outbox
from partnership.accounts.models import User
from partnership.elections.emails import draft
from partnership.elections.models import Election


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


def _to_staff(election: Election, reason: str, headline: str, next_step: str, link: str = "") -> None:
    outbox.enqueue_many(
        draft.of(
            election, "election_for_staff", person, draft.key(election, "staff", reason, person.pk),
            link=link or reverse("election_manage", args=[election.slug]), headline=headline, next_step=next_step,
        )
        for person in User.objects.staff()
    )  # fmt: skip

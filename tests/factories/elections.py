from datetime import date, timedelta

import factory
from django.utils import timezone

from partnership.elections.models import Election, Nomination, Voter
from tests.factories.accounts import UserFactory
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.partners import PartnerFactory


class ElectionFactory(CountingFactory):
    """An election that takes nominations, without seats; its timetable follows the state."""

    class Meta:
        model = Election

    board = factory.SubFactory(BoardFactory)
    title = factory.Sequence(lambda n: f"Area lead {n}")
    slug = factory.Sequence(lambda n: f"area-lead-{n}")
    electorate = "Members of the alliance"
    term_starts_on = date(2030, 1, 1)
    term_ends_on = date(2032, 12, 31)
    state = Election.State.NOMINATIONS
    announced_at = factory.LazyAttribute(lambda election: None if election.state == "draft" else timezone.now())

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        return timetable(kwargs["state"]) | kwargs


class VoterFactory(CountingFactory):
    """An organisation on the roll, which has named nobody yet."""

    class Meta:
        model = Voter

    election = factory.SubFactory(ElectionFactory)
    partner = factory.SubFactory(PartnerFactory)


class NominationFactory(CountingFactory):
    """A candidate who stands: nominated by themselves, and seconded."""

    class Meta:
        model = Nomination

    election = factory.SubFactory(ElectionFactory)
    candidate = factory.SubFactory(UserFactory)
    partner = factory.SubFactory(PartnerFactory)
    statement = factory.LazyAttribute(lambda nomination: f"I will listen, says {nomination.candidate}.")
    nominated_by = factory.SelfAttribute("candidate")
    seconder = factory.SubFactory(UserFactory)
    seconder_partner = factory.SubFactory(PartnerFactory)
    accepted_at = factory.LazyFunction(timezone.now)
    seconded_at = factory.LazyFunction(timezone.now)
    state = Nomination.State.STANDING


def timetable(state: str) -> dict:
    """Times in which the state is the one that holds now."""
    now, day = timezone.now(), timedelta(days=1)
    start = {
        "draft": now + day,
        "announced": now + day,
        "nominations": now - day,
        "voting": now - 15 * day,
    }.get(state, now - 40 * day)
    return {
        "roll_freezes_at": start,
        "nominations_open_at": start,
        "nominations_close_at": start + 10 * day,
        "voting_opens_at": start + 14 * day,
        "voting_closes_at": start + 28 * day,
    }

import factory
from django.utils import timezone

from assemblies.decisions.models import BackgroundPaper, Decision, DecisionInterest, DecisionVote
from tests.factories.accounts import UserFactory
from tests.factories.boards import BoardFactory, SeatFactory
from tests.factories.counters import CountingFactory
from tests.factories.partners import PartnerFactory


class DecisionFactory(CountingFactory):
    """What a board agreed today, out, and of no meeting unless one is given: `DecisionFactory(board=board, meeting=meeting)`."""

    class Meta:
        model = Decision

    kind = Decision.Kind.BOARD
    board = factory.SubFactory(BoardFactory)
    title = factory.Sequence(lambda n: f"Matter {n}")
    text = "The plan is agreed."
    outcome = Decision.Outcome.AGREED
    decided_on = factory.LazyFunction(timezone.localdate)
    recorded_at = factory.LazyFunction(timezone.now)
    recorded_by = factory.SubFactory(UserFactory)


class OfficerDecisionFactory(DecisionFactory):
    """What an officer decided today under a general authority: `OfficerDecisionFactory(officer=user)`."""

    kind = Decision.Kind.OFFICER
    board = None
    officer = factory.SubFactory(UserFactory)
    officer_name = factory.SelfAttribute("officer.name")
    officer_post = "Director of place"
    on_behalf_of = factory.SubFactory(PartnerFactory)
    text = "The contract is awarded."
    reasons = "It was the best offer that we had."
    alternatives = "None."
    authority = Decision.Authority.GENERAL
    effect = Decision.Effect.SPENDING
    recorded_by = factory.SelfAttribute("officer")


class DecisionVoteFactory(CountingFactory):
    """A vote for a decision, in a seat of its board."""

    class Meta:
        model = DecisionVote

    decision = factory.SubFactory(DecisionFactory)
    seat = factory.SubFactory(SeatFactory, board=factory.SelfAttribute("..decision.board"))
    name = factory.Sequence(lambda n: f"Voter {n}")
    vote = DecisionVote.Vote.FOR


class DecisionInterestFactory(CountingFactory):
    """An interest that somebody declared in a decision, and took part."""

    class Meta:
        model = DecisionInterest

    decision = factory.SubFactory(DecisionFactory)
    name = factory.Sequence(lambda n: f"Member {n}")
    nature = "Director of the firm, paid"


class BackgroundPaperFactory(CountingFactory):
    """A web address that an officer relied on; give it `url="", file=…, size=…, sha256=…` for a file."""

    class Meta:
        model = BackgroundPaper

    decision = factory.SubFactory(OfficerDecisionFactory)
    title = factory.Sequence(lambda n: f"Background paper {n}")
    url = "https://www.example.org/background"

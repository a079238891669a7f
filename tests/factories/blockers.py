import factory
from django.utils import timezone

from assemblies.blockers.models import Blocker, BlockerStep
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.days import in_days
from tests.factories.forward_plan import ParkedTopicFactory
from tests.factories.partners import MembershipFactory, PartnerFactory


class BlockerFactory(CountingFactory):
    """One that a member of a partner raised ten days ago, and that nobody owns: `BlockerFactory(partner=partner)`."""

    class Meta:
        model = Blocker

    partner = factory.SubFactory(PartnerFactory)
    theme = Blocker.Theme.FINANCE
    title = factory.Sequence(lambda n: f"Blocker {n}")
    text = "Two budgets pay for one visit, and neither may pay for the other half."
    raised_by = factory.LazyAttribute(lambda row: MembershipFactory(partner=row.partner).user)
    raised_by_name = factory.LazyAttribute(lambda row: str(row.raised_by))
    raised_at = factory.LazyFunction(lambda: in_days(-10))
    moved_at = factory.LazyFunction(timezone.now)


class OwnedBlockerFactory(BlockerFactory):
    """One that a member of another partner owns: `OwnedBlockerFactory(owner=user)`."""

    state = Blocker.State.OWNED
    owner = factory.LazyFunction(lambda: MembershipFactory().user)
    owner_name = factory.LazyAttribute(lambda row: str(row.owner))
    owner_since = factory.LazyFunction(timezone.localdate)


class EscalatedBlockerFactory(OwnedBlockerFactory):
    """One that waits with a board, parked on its plan: `EscalatedBlockerFactory(board=board)`."""

    state = Blocker.State.ESCALATED
    board = factory.SubFactory(BoardFactory)
    topic = factory.LazyAttribute(lambda row: ParkedTopicFactory(board=row.board))
    escalated_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = super()._create(model_class, *args, **kwargs)
        BlockerStepFactory(blocker=row, kind="escalated", board=row.board, topic=row.topic, words="The board is asked.")
        return row


class ResolvedBlockerFactory(OwnedBlockerFactory):
    """One that is resolved."""

    state = Blocker.State.RESOLVED
    ended_at = factory.LazyFunction(timezone.now)
    outcome = "Both budgets pay into one pot."


class BlockerStepFactory(CountingFactory):
    """A note on a blocker: `BlockerStepFactory(blocker=row, words="Half way")`."""

    class Meta:
        model = BlockerStep

    blocker = factory.SubFactory(OwnedBlockerFactory)
    kind = BlockerStep.Kind.NOTED
    words = "Half way there."
    by = factory.LazyAttribute(lambda step: step.blocker.owner or step.blocker.raised_by)
    at = factory.LazyFunction(timezone.now)

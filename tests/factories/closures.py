import factory

from assemblies.closures.models import Closure, ClosureGround
from partnership.boards.grounds import Classification
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.days import in_days


class ClosureFactory(CountingFactory):
    """A closure without grounds: `ClosureGroundFactory` gives it that of a board."""

    class Meta:
        model = Closure

    public_title = "A contract"
    review_on = factory.LazyFunction(lambda: in_days(90).date())


class ClosureGroundFactory(CountingFactory):
    """The ground of a board under its own terms; `ExemptGroundFactory` gives a council's."""

    class Meta:
        model = ClosureGround

    closure = factory.SubFactory(ClosureFactory)
    board = factory.SubFactory(BoardFactory)
    classification = Classification.PRIVATE
    ground = "own"
    reason = "It is about a contract that is not signed."


class ExemptGroundFactory(ClosureGroundFactory):
    classification = Classification.EXEMPT
    ground = "exempt_3"
    interest_for = "The price would be known to other bidders."
    interest_against = "It is public money."
    must_be_registered = False

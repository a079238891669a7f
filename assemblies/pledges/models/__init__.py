from assemblies.pledges.models.ask import Ask, AskStep
from assemblies.pledges.models.pledge import Pledge, PledgeStep
from assemblies.pledges.models.shown import Shown

__all__ = ["Ask", "AskStep", "Pledge", "PledgeStep", "Shown"]

from assemblies.blockers.models.blocker import Blocker
from assemblies.blockers.models.blocker_step import BlockerStep
from assemblies.blockers.models.people import takes_part, who_may_own

__all__ = ["Blocker", "BlockerStep", "takes_part", "who_may_own"]

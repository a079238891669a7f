from assemblies.closures.models.closure import Closure, ClosureGround, is_closed
from assemblies.closures.models.may_be_closed import MayBeClosed

__all__ = ["Closure", "ClosureGround", "MayBeClosed", "is_closed"]

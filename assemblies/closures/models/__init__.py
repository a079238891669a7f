from assemblies.closures.models.closure import Closure, ClosureGround, is_closed

__all__ = ["Closure", "ClosureGround", "is_closed"]

from assemblies.follow_up.models.follow_up import FollowUp
from assemblies.follow_up.models.follow_up_change import FollowUpChange

__all__ = ["FollowUp", "FollowUpChange"]

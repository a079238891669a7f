from assemblies.follow_up.models.follow_up import FollowUp, boards_with_log
from assemblies.follow_up.models.follow_up_change import FollowUpChange

__all__ = ["FollowUp", "FollowUpChange", "boards_with_log"]

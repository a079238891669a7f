from assemblies.decisions.models.background import BackgroundPaper
from assemblies.decisions.models.decision import Decision
from assemblies.decisions.models.taking_part import DecisionInterest, DecisionVote

__all__ = ["BackgroundPaper", "Decision", "DecisionInterest", "DecisionVote"]

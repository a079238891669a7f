from assemblies.purpose.models.purpose_round import Round, RoundLine
from assemblies.purpose.models.purpose_version import PurposeLine, PurposeVersion

__all__ = ["PurposeLine", "PurposeVersion", "Round", "RoundLine"]

from assemblies.minutes.models.correction import Correction
from assemblies.minutes.models.key_messages import KeyMessages
from assemblies.minutes.models.minutes import Minutes
from assemblies.minutes.models.minutes_item import MinutesItem
from assemblies.minutes.models.minutes_version import MinutesVersion

__all__ = ["Correction", "KeyMessages", "Minutes", "MinutesItem", "MinutesVersion"]

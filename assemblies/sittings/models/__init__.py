from assemblies.sittings.models.board_practice import BoardPractice
from assemblies.sittings.models.entry import Entry
from assemblies.sittings.models.sitting import Sitting

__all__ = ["BoardPractice", "Entry", "Sitting"]

from assemblies.forward_plan.models.planned_item import ItemMove, PlannedItem
from assemblies.forward_plan.models.standing_item import StandingItem
from assemblies.forward_plan.models.topic import Topic

__all__ = ["ItemMove", "PlannedItem", "StandingItem", "Topic"]

from places.footprint.models.lead import PlaceLead
from places.footprint.models.place import Place, PlaceAuthority

__all__ = ["Place", "PlaceAuthority", "PlaceLead"]

from places.models.lead import PlaceLead
from places.models.place import Place, PlaceAuthority, PlaceBoard, PlacePartner, PlaceSeat

__all__ = ["Place", "PlaceAuthority", "PlaceBoard", "PlaceLead", "PlacePartner", "PlaceSeat"]

from places.models.place import Place, PlaceAuthority, PlaceBoard, PlacePartner
from places.models.lead import PlaceLead

__all__ = ["Place", "PlaceAuthority", "PlaceBoard", "PlaceLead", "PlacePartner"]

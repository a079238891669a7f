"""Who speaks for which organisations: the partners a seat speaks for, and the holders of seats who speak for a partner.

A seat speaks for the partners of its sector (none named: every sector), in its places (none: those its board serves;
none there: the whole system) and, where it names groups of people, for those that serve one of them. Source: DOMAIN §4.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnership.boards.models import Appointment, Board, PlaceBoard, PlaceSeat, Seat
from partnership.partners.models import Partner, PeopleGroup, PlacePartner
from partnership.partners.models.partner import Sector


def represented_by(seat: Seat, on: date) -> QuerySet[Partner]:
    """The listed partners the seat speaks for on the day; none on a day on which the seat or its board does not exist."""
    if not Seat.objects.in_being(on).filter(pk=seat.pk).exists():
        return Partner.objects.none()
    found = Partner.objects.public()
    if seat.sector:
        found = found.filter(kind__in=kinds_of(seat.sector))
    places = places_of(seat)
    if places:
        found = found.filter(Exists(PlacePartner.objects.filter(partner=OuterRef("pk"), place__in=places)))
    groups = list(seat.groups.values_list("pk", flat=True))
    if groups:
        served = Partner.groups.through.objects.filter(partner=OuterRef("pk"), peoplegroup__in=groups)
        found = found.filter(Exists(served))
    return found


def members_of(board: Board, on: date) -> QuerySet[Partner]:
    """The listed partners that are members of the board on the day: those that nominate its seats, and those from which the
    holders of its seats come."""
    seats = Seat.objects.in_being(on).filter(board=board)
    held = Appointment.objects.current(on).filter(seat__in=seats.values("pk"), partner__isnull=False)
    nominating = seats.filter(nominating_partner__isnull=False).values("nominating_partner")
    return Partner.objects.public().filter(Q(pk__in=held.values("partner")) | Q(pk__in=nominating))


def places_of(seat: Seat) -> list[int]:
    """The ids of the places the seat speaks for: its own, else those of its board; empty means the whole system."""
    own = list(PlaceSeat.objects.filter(seat=seat).values_list("place", flat=True))
    return own or list(PlaceBoard.objects.filter(board=seat.board_id).values_list("place", flat=True))


def kinds_of(sector: str) -> list[str]:
    """The kinds of partner that make up a sector."""
    return [kind.value for kind in Partner.Kind if Partner.SECTORS.get(kind, Sector.OTHER) == sector]


def speaking_for(partner: Partner, on: date) -> QuerySet[Appointment]:
    """The appointments running on the day to seats that speak for the partner, with holder, deputy, board and seat."""
    return speaking_for_any([partner], on)


def speaking_for_any(partners: Iterable[Partner], on: date) -> QuerySet[Appointment]:
    """As `speaking_for`, for somebody who belongs to several partners. Two queries for what they are, one to read."""
    listed = [partner for partner in partners if partner.state == Partner.State.LISTED]
    seats = seats_for(listed)
    rows = Appointment.objects.current(on).filter(seat__in=Seat.objects.in_being(on).filter(seats).values("pk"))
    return rows.select_related("holder", "deputy", "partner", "seat__board").order_by(
        "seat__board__name", "seat__position", "seat__title"
    )


def seats_for(listed: list[Partner]) -> Q:
    """The condition a seat meets that speaks for one of the partners, whatever the day."""
    places: dict[int, list[int]] = {partner.pk: [] for partner in listed}
    for pk, place in PlacePartner.objects.filter(partner__in=listed).values_list("partner", "place"):
        places[pk].append(place)
    groups: dict[int, list[int]] = {partner.pk: [] for partner in listed}
    served = PeopleGroup.objects.filter(partners__in=listed).values_list("partners", "pk")
    for pk, group in served:
        groups[pk].append(group)
    speaks = Q(pk__in=[])
    for partner in listed:
        speaks |= _sector(partner) & _place(places[partner.pk]) & _group(groups[partner.pk])
    return speaks


def _sector(partner: Partner) -> Q:
    return Q(sector="") | Q(sector=partner.sector)


def _place(places: list[int]) -> Q:
    own = PlaceSeat.objects.filter(seat=OuterRef("pk"))
    served = PlaceBoard.objects.filter(board=OuterRef("board"))
    by_board = ~Exists(served) | Exists(served.filter(place__in=places))
    return Exists(own.filter(place__in=places)) | (~Exists(own) & by_board)


def _group(groups: list[int]) -> Q:
    named = Seat.groups.through.objects.filter(seat=OuterRef("pk"))
    return ~Exists(named) | Exists(named.filter(peoplegroup__in=groups))

"""Who speaks for which organisations on a day: each board's seats by sector, by place and by group of people, vacant ones too.

What is missing is said as plainly as what is there: a seat with nobody in it, and no seat at all (DOMAIN §1.5, §4).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from partnership.boards.models import Appointment, Board, PlaceBoard, Seat
from partnership.partners.models import Partner, PeopleGroup
from partnership.partners.models.partner import Sector
from places.footprint.models import Place


@dataclass(frozen=True)
class SeatThen:
    """A seat as it stood on the day: who held it, and who they spoke for."""

    seat: Seat
    board: Board
    appointment: Appointment | None
    places: tuple[Place, ...]

    @property
    def is_vacant(self) -> bool:
        return self.appointment is None

    @property
    def sector(self) -> str:
        """The seat's sector in words; where none is written on it, that of the organisation its holder comes from."""
        return Sector(self.sector_key).label if self.sector_key else ""

    @property
    def sector_key(self) -> str:
        partner = self.appointment.partner if self.appointment else None
        return self.seat.sector or (partner.sector.value if partner else "")

    @property
    def speaks_for(self) -> str:
        """Who the seat speaks for, beside its sector, in words."""
        named = [*(place.name for place in self.places), *(group.name for group in self.seat.groups.all())]
        if self.seat.constituency and self.seat.constituency not in named:
            named.insert(0, self.seat.constituency)
        return ", ".join(named)

    def speaks_in(self, place: Place) -> bool:
        """Whether the seat speaks for a place: one of its own, or, where it names none, one its board serves."""
        own = self.places or tuple(self.board.places.all())
        return place in own


@dataclass(frozen=True)
class Cell:
    """Where a board meets a sector or a place. `applies` is false where the board has nothing to do with the place."""

    heading: str
    seats: tuple[SeatThen, ...] = ()
    applies: bool = True

    @property
    def is_gap(self) -> bool:
        return self.applies and not self.seats


@dataclass(frozen=True)
class Row:
    """One board across the map."""

    board: Board
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class GroupRow:
    """One group of people: the seats that speak for it, the first of them, and how many more there are."""

    group: PeopleGroup
    seats: tuple[SeatThen, ...]
    more: int = 0


@dataclass
class Share:
    """A sector's seats on the day: how many there are, and how many of them are held."""

    sector: str
    key: str
    seats: int = 0
    held: int = 0
    of: int = field(default=0, repr=False)

    @property
    def vacant(self) -> int:
        return self.seats - self.held

    @property
    def percent(self) -> int:
        """Its part of all seats, in whole per cent."""
        return round(100 * self.seats / self.of) if self.of else 0


def boards_on(day: date, places: list[Place] | None = None) -> QuerySet[Board]:
    """Boards of the day, by name, with the places they serve. Of some places: theirs, and those that serve everywhere."""
    found = Board.objects.known_on(day).prefetch_related("places").order_by("name")
    if places is None:
        return found
    served = PlaceBoard.objects.filter(board=OuterRef("pk"))
    return found.filter(Exists(served.filter(place__in=places)) | ~Exists(served))


def seats_on(day: date) -> QuerySet[Seat]:
    """Seats of the day with their holders, boards, places and groups; in the order of their boards."""
    seats = Seat.objects.known_on(day).select_related("board").with_holders(day)
    around = [Prefetch("board__places"), Prefetch("places"), Prefetch("groups")]
    return seats.prefetch_related(*around).order_by("board__name", "-is_chair", "position", "title")


def then(seats: Iterable[Seat]) -> list[SeatThen]:
    """The seats of `seats_on` as they stood."""
    return [SeatThen(seat, seat.board, next(iter(seat.holders), None), tuple(seat.places.all())) for seat in seats]


def by_sector(boards: Iterable[Board], day: date) -> list[Row]:
    """Boards × sectors."""
    found = _seats_of(boards, day)
    rows = []
    for board in boards:
        of = defaultdict(list)
        for seat in found[board.pk]:
            of[seat.sector_key].append(seat)
        rows.append(Row(board, tuple(Cell(sector.label, tuple(of[sector.value])) for sector in Sector)))
    return rows


def by_place(boards: Iterable[Board], places: list[Place], day: date, sector: str = "") -> list[Row]:
    """Boards × places, for the seats of one sector or of all. A board that serves other places has nothing to say."""
    found = _seats_of(boards, day)
    rows = []
    for board in boards:
        serves = set(board.places.all())
        asked = [seat for seat in found[board.pk] if not sector or seat.sector_key == sector]
        cells = tuple(
            Cell(
                place.name,
                tuple(seat for seat in asked if seat.speaks_in(place)),
                applies=not serves or place in serves,
            )
            for place in places
        )
        rows.append(Row(board, cells))
    return rows


SHOWN = 12  # seats beside one group; the list has the others


def by_group(day: date, sector: str = "") -> list[GroupRow]:
    """Every group of people, and the seats that speak for it in as many words; groups nobody speaks for too."""
    seats = Seat.objects.known_on(day).filter(groups__isnull=False)
    if sector:
        seats = seats.filter(sector=sector)
    beside: dict[int, list[int]] = defaultdict(list)
    for group, seat in seats.order_by("board__name", "title").values_list("groups", "pk"):
        beside[group].append(seat)
    shown = {pk for pks in beside.values() for pk in pks[:SHOWN]}
    found = {each.seat.pk: each for each in then(seats_on(day).filter(pk__in=shown))}
    return [
        GroupRow(group, tuple(found[pk] for pk in beside[group.pk][:SHOWN]), max(0, len(beside[group.pk]) - SHOWN))
        for group in PeopleGroup.objects.all()
    ]


def shares(day: date) -> list[Share]:
    """How many seats each sector has, and holds, on the day. A seat that names no sector counts by its holder's."""
    running = Appointment.objects.current(day).filter(seat=OuterRef("pk"))
    counted = (
        Seat.objects.known_on(day)
        .annotate(held=Exists(running))
        .order_by()
        .values("sector", "held", "appointments__partner__kind")
        .filter(Q(held=False) | Q(appointments__in=Appointment.objects.current(day)))
        .annotate(seats=Count("pk", distinct=True))
    )
    found = {sector.value: Share(sector.label, sector.value) for sector in Sector}
    found[""] = Share("No sector given", "")
    for line in counted:
        key = line["sector"] or (_sector_of(line["appointments__partner__kind"]) if line["held"] else "")
        found[key].seats += line["seats"]
        found[key].held += line["seats"] if line["held"] else 0
    total = sum(share.seats for share in found.values())
    for share in found.values():
        share.of = total
    return [share for key, share in found.items() if key or share.seats]


def without_a_seat(day: date, sector: str) -> QuerySet[Board]:
    """Boards of the day on which a sector has no seat at all."""
    own = Seat.objects.known_on(day).filter(board=OuterRef("pk"), sector=sector)
    return Board.objects.known_on(day).filter(~Exists(own)).order_by("name")


def turning_points(latest: int = 5) -> list[date]:
    """Days on which the structure of boards changed, the latest first."""
    days = Board.objects.filter(starts_on__isnull=False).order_by("-starts_on").values_list("starts_on", flat=True)
    return [day for day in days.distinct()[:latest] if day]


def _sector_of(kind: str | None) -> str:
    return Partner.SECTORS.get(kind, Sector.OTHER).value if kind else ""


def _seats_of(boards: Iterable[Board], day: date) -> dict[int, list[SeatThen]]:
    found: dict[int, list[SeatThen]] = defaultdict(list)
    for seat in then(seats_on(day).filter(board__in=[board.pk for board in boards])):
        found[seat.board.pk].append(seat)
    return found

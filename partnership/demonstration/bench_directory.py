"""Made-up data for the measurements: 10,000 organisations, and 2,000 seats on 250 boards.

Written in bulk, past the actions, as `bench_data` is.
"""

from datetime import date, timedelta

from django.utils import timezone

from partnership.accounts.models import User
from partnership.boards.models import Appointment, Board, PlaceBoard, PlaceSeat, Seat
from partnership.partners.models import Partner, PeopleGroup, PlacePartner
from partnership.partners.models.partner import Sector
from places.footprint.models import Place

ORGANISATIONS, BOARDS, SEATS_EACH, HOLDERS = 10_000, 250, 8, 400
KINDS = [Partner.Kind.VCFSE] * 7 + [Partner.Kind.NHS_TRUST, Partner.Kind.COUNCIL, Partner.Kind.HOUSING]
CAUSES = ["Carers", "Larder", "Forum", "Youth", "Memory", "Garden", "Choir", "Advice", "Welcome", "Neighbours"]


def make(places: list[Place], scale: int) -> None:
    """Creates them, or the `scale`th part. Every seventh seat is vacant."""
    groups = list(PeopleGroup.objects.all())
    partners = Partner.objects.bulk_create(
        [
            Partner(
                name=f"Bench {CAUSES[n % 10]} {n:05}",
                slug=f"bench-organisation-{n:05}",
                kind=KINDS[n // 10 % 10],
                summary=f"Helps people of street {n % 997} with {CAUSES[n % 7].lower()} and {CAUSES[n % 9].lower()}.",
                illustrative=True,
            )
            for n in range(ORGANISATIONS // scale)
        ],
        batch_size=2000,
    )
    serves = Partner.groups.through
    serves.objects.bulk_create(
        (
            serves(partner_id=partner.pk, peoplegroup_id=groups[(n + more) % len(groups)].pk)
            for n, partner in enumerate(partners)
            for more in (0, 5)
        ),
        batch_size=5000,
    )
    PlacePartner.objects.bulk_create(
        (PlacePartner(partner=partner, place=places[n % len(places)]) for n, partner in enumerate(partners)),
        batch_size=5000,
    )
    _boards(places, partners, groups, scale)


def _boards(places: list[Place], partners: list[Partner], groups: list[PeopleGroup], scale: int) -> None:
    holders = User.objects.bulk_create(
        User(email=f"holder.{n}@example.org", name=f"Holder {n}") for n in range(HOLDERS)
    )
    boards = Board.objects.bulk_create(
        Board(
            name=f"Bench group {n:03}",
            slug=f"bench-group-{n:03}",
            kind=Board.Kind.AREA_GROUP,
            regime=Board.Regime.OWN_TERMS,
        )
        for n in range(max(2, BOARDS // scale))
    )
    PlaceBoard.objects.bulk_create(
        PlaceBoard(board=board, place=places[n % len(places)]) for n, board in enumerate(boards)
    )
    sectors = [Sector.VCFSE, Sector.VCFSE, Sector.NHS, Sector.COUNCIL]
    seats = Seat.objects.bulk_create(
        Seat(board=board, title=f"Seat {n}", position=n, sector=sectors[n % 4])
        for board in boards
        for n in range(SEATS_EACH)
    )
    PlaceSeat.objects.bulk_create(
        PlaceSeat(seat=seat, place=places[n % len(places)]) for n, seat in enumerate(seats) if n % 3 == 0
    )
    speaks = Seat.groups.through
    speaks.objects.bulk_create(
        speaks(seat_id=seat.pk, peoplegroup_id=groups[n % len(groups)].pk) for n, seat in enumerate(seats) if n % 2 == 0
    )
    began = timezone.localdate() - timedelta(days=400)
    Appointment.objects.bulk_create(
        Appointment(
            seat=seat, holder=holders[n % HOLDERS], partner=partners[n % len(partners)], route="elected",
            starts_on=began, ends_on=date(2099, 12, 31),
        )
        for n, seat in enumerate(seats)
        if n % 7
    )  # fmt: skip

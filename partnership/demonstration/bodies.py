"""Boards and seats, as the public papers name them."""

from datetime import date

from django.utils.text import slugify

from partnership.accounts.models import User
from partnership.boards.models import Appointment, Board, PlaceBoard, Seat
from partnership.demonstration import where, who
from partnership.partners.models import Partner
from partnership.partners.models.partner import Sector
from places.footprint.models import Place

ASSEMBLY_HOST = "Cheshire and Merseyside Partnership Board"
ACT_1972 = "Local Government Act 1972, section 100B"
ACT_1960 = "Public Bodies (Admission to Meetings) Act 1960"
LOCAL = "Local policy"
Kind, Route = Board.Kind, Appointment.Route

# name, kind, clear days, source of the rule, places, purpose
BOARDS = [
    (ASSEMBLY_HOST, Kind.EXECUTIVE, 5, LOCAL, list(where.NINE), "Chooses what the partnership talks about together."),
    (
        "Lancashire and South Cumbria Integrated Care Board",
        Kind.STATUTORY,
        3,
        ACT_1960,
        list(where.FOUR_2023),
        "Answers for NHS spending and performance; set out the place integration deal.",
    ),
    ("Southwark Health and Wellbeing Board", Kind.STATUTORY, 5, ACT_1972, ["Southwark"], "A committee of the council."),
    ("Southwark Borough Based Board", Kind.ICB_COMMITTEE, 5, LOCAL, ["Southwark"], "Meets in public for the borough."),
    ("Partnership Southwark Strategic Board", Kind.EXECUTIVE, 5, LOCAL, ["Southwark"], "Steers the recovery plan."),
    ("Leeds Partnership Executive Group", Kind.EXECUTIVE, 5, LOCAL, ["Leeds"], "Exists to tackle health inequalities."),
    ("Leeds Health and Wellbeing Board", Kind.STATUTORY, 5, ACT_1972, ["Leeds"], "Leads the city's strategy."),
    (
        "Live Well workstream group",
        Kind.WORKSTREAM,
        5,
        LOCAL,
        ["Southwark"],
        "Joined-up support for adults of working age.",
    ),
]
CHAIRS = [
    (ASSEMBLY_HOST, who.CHAIR, Route.APPOINTED, date(2020, 1, 1)),
    ("Southwark Health and Wellbeing Board", who.OTHER_CHAIR, Route.APPOINTED, date(2020, 5, 1)),
    ("Live Well workstream group", who.WORKSTREAM_LEAD, Route.NOMINATED, date(2020, 9, 14)),
]
OTHER_SEATS = [
    (
        ASSEMBLY_HOST,
        "Voluntary sector representative",
        "VCFSE in nine places",
        who.REPRESENTATIVE,
        Route.ELECTED,
        Sector.VCFSE,
    ),
    (ASSEMBLY_HOST, "Representative of Healthwatch", "Residents", None, None, Sector.OTHER),
    (
        "Lancashire and South Cumbria Integrated Care Board",
        "Chief executive",
        "",
        "Kevin Lavery",
        Route.EX_OFFICIO,
        Sector.NHS,
    ),
]


def load(people: dict[str, User], places: dict[str, Place], partners: dict[str, Partner]) -> dict[str, Board]:
    """Creates boards with their seats and appointments; returns boards by name."""
    found = {}
    for name, kind, days, source, at, purpose in BOARDS:
        board = Board.objects.create(
            name=name, slug=slugify(name), kind=kind, clear_days=days, rule_source=source, purpose=purpose
        )
        PlaceBoard.objects.bulk_create(PlaceBoard(place=places[place], board=board) for place in at)
        Seat.objects.create(board=board, title="Chair", is_chair=True)
        found[name] = board
    for name, person, route, since in CHAIRS:
        seat = found[name].seats.get(is_chair=True)
        Appointment.objects.create(seat=seat, holder=people[person], route=route, starts_on=since)
    for position, (name, title, speaks_for, person, route, sector) in enumerate(OTHER_SEATS, start=1):
        seat = Seat.objects.create(
            board=found[name], title=title, constituency=speaks_for, position=position, sector=sector
        )
        if person:
            Appointment.objects.create(seat=seat, holder=people[person], route=route, starts_on=date(2023, 7, 1))
    return found

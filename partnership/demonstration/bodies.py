"""Boards and seats, as the public papers name them. First days that the papers do not give are illustrative."""

from datetime import date
from typing import Any

from partnership.accounts.models import User
from partnership.boards.actions import board as boards
from partnership.boards.actions import seat as seats
from partnership.boards.models import Appointment, Board
from partnership.demonstration import where, who
from partnership.partners.models.partner import Sector
from places.footprint.models import Place
from places.representation.actions import served

ASSEMBLY_HOST = "Cheshire and Merseyside Partnership Board"
ICB = "Lancashire and South Cumbria Integrated Care Board"
ICB_BEGINS = date(2022, 7, 1)
ACT_1972 = "Local Government Act 1972, section 100B"
ACT_1960 = "Public Bodies (Admission to Meetings) Act 1960"
LOCAL = "Local policy"
REGIME = {ACT_1972: Board.Regime.COUNCIL, ACT_1960: Board.Regime.NHS, LOCAL: Board.Regime.OWN_TERMS}
YEAR_2020, COUNCIL_BOARDS_BEGIN = date(2020, 1, 1), date(2013, 4, 1)  # Health and Social Care Act 2012, section 194
Kind, Route = Board.Kind, Appointment.Route

# name, kind, first day, clear days, source of the rule, places, purpose
BOARDS = [
    (
        ASSEMBLY_HOST,
        Kind.EXECUTIVE,
        YEAR_2020,
        5,
        LOCAL,
        list(where.NINE),
        "Chooses what the partnership talks about together.",
    ),
    (
        ICB,
        Kind.STATUTORY,
        ICB_BEGINS,
        3,
        ACT_1960,
        list(where.FOUR_2023),
        "Answers for NHS spending and performance; set out the place integration deal.",
    ),
    (
        "Southwark Health and Wellbeing Board",
        Kind.STATUTORY,
        COUNCIL_BOARDS_BEGIN,
        5,
        ACT_1972,
        ["Southwark"],
        "A committee of the council.",
    ),
    (
        "Southwark Borough Based Board",
        Kind.ICB_COMMITTEE,
        YEAR_2020,
        5,
        LOCAL,
        ["Southwark"],
        "Meets in public for the borough.",
    ),
    (
        "Partnership Southwark Strategic Board",
        Kind.EXECUTIVE,
        YEAR_2020,
        5,
        LOCAL,
        ["Southwark"],
        "Steers the recovery plan.",
    ),
    (
        "Leeds Partnership Executive Group",
        Kind.EXECUTIVE,
        YEAR_2020,
        5,
        LOCAL,
        ["Leeds"],
        "Exists to tackle health inequalities.",
    ),
    (
        "Leeds Health and Wellbeing Board",
        Kind.STATUTORY,
        COUNCIL_BOARDS_BEGIN,
        5,
        ACT_1972,
        ["Leeds"],
        "Leads the city's strategy.",
    ),
    (
        "Live Well workstream group",
        Kind.WORKSTREAM,
        date(2020, 9, 14),
        5,
        LOCAL,
        ["Southwark"],
        "Joined-up support for adults of working age.",
    ),
]
CHAIRS = [
    (ASSEMBLY_HOST, who.CHAIR, Route.APPOINTED, YEAR_2020),
    ("Southwark Health and Wellbeing Board", who.OTHER_CHAIR, Route.APPOINTED, date(2020, 5, 1)),
    ("Live Well workstream group", who.WORKSTREAM_LEAD, Route.NOMINATED, date(2020, 9, 14)),
]
# board, seat, who it speaks for, holder, route, sector, first day of the seat
OTHER_SEATS: list[tuple[Any, ...]] = [
    (
        ASSEMBLY_HOST,
        "Voluntary sector representative",
        "VCFSE in nine places",
        who.REPRESENTATIVE,
        Route.ELECTED,
        Sector.VCFSE,
        date(2023, 7, 1),
    ),
    (ASSEMBLY_HOST, "Representative of Healthwatch", "Residents", None, None, Sector.OTHER, None),
    (ICB, "Chief executive", "", who.CHIEF_EXECUTIVE, Route.EX_OFFICIO, Sector.NHS, None),
]


def load(people: dict[str, User], places: dict[str, Place]) -> dict[str, Board]:
    """Creates boards with their seats and appointments; returns boards by name."""
    staff, found = people[who.STAFF], {}
    chairs = {name: (people[person], route, since) for name, person, route, since in CHAIRS}
    for name, kind, since, days, source, at, purpose in BOARDS:
        found[name] = board = boards.add(
            by=staff, name=name, kind=kind, starts_on=since, clear_days=days, rule_source=source, purpose=purpose,
            regime=REGIME[source],
        )  # fmt: skip
        served.set_of_board(board=board, places=[places[place] for place in at], by=staff)
        chair = seats.add(board=board, by=staff, title="Chair", is_chair=True)
        if name in chairs:
            holder, route, first = chairs[name]
            seats.appoint(seat=chair, holder=holder, by=staff, route=route, starts_on=first, in_post=True)
    for name, title, speaks_for, person, route, sector, since in OTHER_SEATS:
        seat = seats.add(
            board=found[name], by=staff, title=title, constituency=speaks_for, sector=sector, starts_on=since
        )
        if person:
            begins = since or found[name].starts_on
            assert begins is not None
            seats.appoint(seat=seat, holder=people[person], by=staff, route=route, starts_on=begins, in_post=True)
    return found

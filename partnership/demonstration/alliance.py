"""Who spoke for the voluntary sector in Lancashire and South Cumbria in 2020, and in the structure of 2023.

Bodies, areas, routes and the posts are those of the public papers; holders are invented, but for those in public roles.
"""

from datetime import date

from partnership.accounts.models import User
from partnership.boards.actions import board as boards
from partnership.boards.actions import seat as seats
from partnership.boards.models import Appointment, Board, Seat
from partnership.demonstration import bodies, where, who
from partnership.demonstration.members import Member
from partnership.partners.models import Partner
from partnership.partners.models.partner import Sector
from places.footprint.models import Place
from places.representation.actions import served

Kind, Route, Pay = Board.Kind, Appointment.Route, Appointment.Remuneration
JULY_2020, DEAL = date(2020, 7, 1), where.DEAL
LAST_OF_2020 = date(2023, 7, 4)
COUNCILS_CHANGE = date(2023, 4, 1)
ALLIANCE = "Lancashire and South Cumbria VCFSE Alliance"
ICS_BOARD = "Lancashire and South Cumbria ICS Executive Board"
WORDS = "The holders of its seats are illustrative."
# board, its place, its first and last day; in 2020 there were four, and the change of councils in 2023 made them five
WELLBEING = [
    ("Blackburn with Darwen Health and Wellbeing Board", "Blackburn with Darwen", JULY_2020, None),
    ("Blackpool Health and Wellbeing Board", "Blackpool", JULY_2020, None),
    ("Lancashire Health and Wellbeing Board", "Lancashire", JULY_2020, None),
    ("Cumbria Health and Wellbeing Board", "South Cumbria", JULY_2020, date(2023, 3, 31)),
    ("Westmorland and Furness Health and Wellbeing Board", "South Cumbria", COUNCILS_CHANGE, None),
]
VACANT_AT = "Blackpool Health and Wellbeing Board"  # and with it the seat on the Alliance that goes with this one
FIRST_NAMES = ["Anita", "Bernard", "Carmel", "Derek", "Elaine", "Femi", "Gwen", "Harjit", "Irene", "Jonas"]
LAST_NAMES = ["Ash", "Birch", "Elm", "Hazel", "Oak"]


class Loader:
    """Staff write down boards, seats and appointments; each member organisation's officer holds one seat at most."""

    def __init__(self, people: dict[str, User], places: dict[str, Place], members: list[Member]) -> None:
        self.people, self.places, self.staff = people, places, people[who.STAFF]
        self.free = list(members)

    def board(self, name: str, kind: str, purpose: str, at: list[str], **facts) -> Board:
        is_council = kind == Board.Kind.STATUTORY
        board = boards.add(
            by=self.staff, name=name, kind=kind, purpose=f"{purpose} {WORDS}", illustrative=True,
            rule_source=bodies.ACT_1972 if is_council else bodies.LOCAL, **facts,
            regime=Board.Regime.COUNCIL if is_council else Board.Regime.OWN_TERMS,
        )  # fmt: skip
        served.set_of_board(board=board, places=[self.places[place] for place in at], by=self.staff)
        return board

    def seat(self, board: Board, title: str, sector: str = Sector.VCFSE, at: str = "", **facts) -> Seat:
        seat = seats.add(board=board, by=self.staff, title=title, sector=sector, **facts)
        if at:
            served.set_of_seat(seat=seat, places=[self.places[at]], by=self.staff)
        return seat

    def member(self, place: str) -> Member:
        """The next member organisation of an area of 2020 or a place of 2023 whose officer holds nothing yet."""
        found = next(member for member in self.free if place in (member.area, member.place))
        self.free.remove(found)
        return found

    def appoint(self, seat: Seat, member: Member, route: str, starts_on: date, ends_on: date | None = None, **facts):
        self.give(seat, member.officer, route, starts_on, ends_on, partner=member.partner, **facts)

    def give(self, seat: Seat, holder: User, route: str, starts_on: date, ends_on: date | None = None, **facts):
        seats.appoint(
            seat=seat, holder=holder, by=self.staff, route=route, starts_on=starts_on, ends_on=ends_on, in_post=True,
            **facts,
        )  # fmt: skip


def load(
    people: dict[str, User], places: dict[str, Place], partners: dict[str, Partner], found: dict[str, Board],
    members: list[Member],
) -> dict[str, Board]:  # fmt: skip
    """Creates the structure of 2020 and that of 2023; returns its boards by name."""
    make = Loader(people, places, members)
    alliance = make.board(
        ALLIANCE, Kind.ALLIANCE,
        "Brings together who speaks for voluntary organisations in Lancashire and South Cumbria; the rest of Cumbria "
        "has a model of its own. The integrated care system helps to pay for its chair. Next: seats for the sector in "
        "integrated care partnerships and primary care networks.",
        [*where.AREAS_2020, *where.FOUR_2023], starts_on=JULY_2020,
    )  # fmt: skip
    executive = make.board(
        ICS_BOARD, Kind.EXECUTIVE, "Met each month and led the integrated care system until there was a board by law.",
        [*where.AREAS_2020, *where.FOUR_2023], starts_on=JULY_2020, ends_on=date(2022, 6, 30),
    )  # fmt: skip
    _in_2020(make, alliance, executive)
    made = {ALLIANCE: alliance, ICS_BOARD: executive} | _wellbeing_boards(make, alliance, partners)
    made |= _in_2023(make, alliance, found[bodies.ICB], partners)
    _fill_the_rest(make)
    return made


def _in_2020(make: Loader, alliance: Board, executive: Board) -> None:
    """Five open groups elect a lead each; the leads sit on the Alliance, whose chair was recruited and appointed."""
    for area in where.AREAS_2020:
        group = make.board(
            f"{area} voluntary sector group", Kind.AREA_GROUP, f"An open group of voluntary organisations of {area}.",
            [area], reports_to=alliance, starts_on=JULY_2020, ends_on=LAST_OF_2020,
        )  # fmt: skip
        chair = make.seat(group, "Lead", at=area, is_chair=True, constituency=f"Voluntary organisations of {area}")
        seat = make.seat(
            alliance, f"Lead for {area}", at=area, nominating_board=group, starts_on=JULY_2020, ends_on=LAST_OF_2020
        )
        if area == "Central Lancashire":
            lead, partner = make.people[who.LEAD_OF_2020], None
        else:
            member = make.member(area)
            lead, partner = member.officer, member.partner
        make.give(chair, lead, Route.ELECTED, JULY_2020, LAST_OF_2020, partner=partner)
        make.give(
            seat, lead, Route.EX_OFFICIO, JULY_2020, LAST_OF_2020, partner=partner, remuneration=Pay.BACKFILL
        )  # fmt: skip
    independent = make.member("Central Lancashire")
    chair = make.seat(alliance, "Independent chair", is_chair=True, constituency="More than 200 member organisations")
    voice = make.seat(
        executive, "Independent chair of the voluntary sector alliance", nominating_board=alliance, voting=True
    )
    terms = [
        (chair, Route.APPOINTED, LAST_OF_2020, Pay.DAY_RATE),
        (voice, Route.EX_OFFICIO, executive.ends_on, Pay.NONE),
    ]
    for seat, route, until, pay in terms:
        make.appoint(seat, independent, route, JULY_2020, until, remuneration=pay)
    again = make.member("Morecambe Bay")
    make.appoint(chair, again, Route.APPOINTED, DEAL, remuneration=Pay.DAY_RATE)
    for title, sector in [
        ("Executive Director of Commissioning", Sector.NHS),
        ("Executive Director of Transformation", Sector.NHS),
        ("Executive Medical Director", Sector.NHS),
        ("Director of Public Health, Lancashire", Sector.COUNCIL),
    ]:
        make.seat(executive, title, sector)


def _wellbeing_boards(make: Loader, alliance: Board, partners: dict[str, Partner]) -> dict[str, Board]:
    """Statutory boards with one seat for the sector each; who takes it sits on the Alliance as well."""
    found = {}
    for name, place, since, until in WELLBEING:
        board = make.board(
            name, Kind.STATUTORY, "Leads the health and wellbeing strategy of its council's area.",
            [place], starts_on=since, ends_on=until,
        )  # fmt: skip
        council = partners.get(f"{place} County Council") or partners.get(f"{place} Council")
        make.seat(
            board, "Cabinet member for health, chair", Sector.COUNCIL, is_chair=True, nominating_partner=council
        )  # fmt: skip
        make.seat(
            board, "Integrated care board", Sector.NHS, nominating_partner=partners["Lancashire and South Cumbria ICB"]
        )
        seat = make.seat(board, "Voluntary sector representative", at=place, nominating_board=alliance)
        short = name.removesuffix(" Health and Wellbeing Board")
        beside = make.seat(alliance, f"Representative on the {short} board", at=place, starts_on=since, ends_on=until)
        held_until = until or (date(2026, 3, 31) if name == VACANT_AT else None)
        holder = make.member(place)
        make.appoint(seat, holder, Route.NOMINATED, since, held_until, remuneration=Pay.EXPENSES)
        make.appoint(beside, holder, Route.EX_OFFICIO, since, held_until)
        found[name] = board
    return found


def _in_2023(make: Loader, alliance: Board, icb: Board, partners: dict[str, Partner]) -> dict[str, Board]:
    """Four places follow five areas: each has a partnership, and a lead on the Alliance."""
    found = {}
    for place in where.FOUR_2023:
        board = make.board(
            f"{place} place partnership", Kind.ICB_COMMITTEE, f"Plans and pays for care in {place} together.",
            [place], reports_to=icb, starts_on=DEAL,
        )  # fmt: skip
        director = make.seat(board, "Director of health and care integration, chair", Sector.NHS, is_chair=True)
        make.give(
            director, make.people[who.DIRECTORS[place]], Route.EX_OFFICIO, DEAL,
            partner=partners["Lancashire and South Cumbria ICB"],
        )  # fmt: skip
        make.seat(board, "Council", Sector.COUNCIL, nominating_partner=partners.get(f"{place} Council"))
        seat = make.seat(board, "Voluntary sector representative", at=place, nominating_board=alliance)
        lead = make.seat(alliance, f"Lead for {place}", at=place, starts_on=DEAL)
        holder = make.member(place)
        make.appoint(seat, holder, Route.NOMINATED, DEAL, remuneration=Pay.EXPENSES)
        make.appoint(lead, holder, Route.ELECTED, DEAL, remuneration=Pay.BACKFILL)
        found[board.name] = board
    return found


def _fill_the_rest(make: Loader) -> None:
    """Seats whose holders the papers do not name get invented ones, so that the vacancies shown are those meant."""
    empty = Seat.objects.filter(appointments__isnull=True).select_related("board").order_by("board__name", "position")
    names = (f"{first} {last}" for last in LAST_NAMES for first in FIRST_NAMES)
    for seat, name in zip(empty, names, strict=False):
        holder = User.objects.create_user(who.address(name), name=name)
        since = seat.starts_on or seat.board.starts_on or JULY_2020
        make.give(seat, holder, Route.NOMINATED, since, seat.ends_on or seat.board.ends_on)

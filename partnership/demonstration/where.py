"""Places, as the public papers name them, with the councils they cover and those that went before them."""

from datetime import date

from partnership.accounts.models import User
from partnership.demonstration import who
from places.footprint.actions import lead
from places.footprint.actions import place as actions
from places.footprint.models import Place

CHESHIRE_AND_MERSEYSIDE = "Cheshire and Merseyside"
LANCASHIRE_AND_SOUTH_CUMBRIA = "Lancashire and South Cumbria"
DEAL = date(2023, 7, 5)
SINCE = date(2020, 4, 1)

NINE = {
    "Cheshire East": "E06000049",
    "Cheshire West and Chester": "E06000050",
    "Halton": "E06000006",
    "Knowsley": "E08000011",
    "Liverpool": "E08000012",
    "Sefton": "E08000014",
    "St Helens": "E08000013",
    "Warrington": "E06000007",
    "Wirral": "E08000015",
}
AREAS_2020 = ["Pennine Lancashire", "Central Lancashire", "West Lancashire", "Fylde Coast", "Morecambe Bay"]
FOUR_2023 = {
    "Blackburn with Darwen": ([("Blackburn with Darwen", "E06000008", False)], ["Pennine Lancashire"]),
    "Blackpool": ([("Blackpool", "E06000009", False)], ["Fylde Coast"]),
    "Lancashire": ([("Lancashire", "E10000017", False)], AREAS_2020),
    "South Cumbria": (
        [
            ("Westmorland and Furness", "E06000064", True),
            ("Cumberland", "E06000063", True),
            ("North Yorkshire", "E06000065", True),
        ],
        ["Morecambe Bay"],
    ),
}


def load(people: dict[str, User]) -> dict[str, Place]:
    """Creates every place, the areas of 2020 still without a last day (see `end_areas`); returns them by name."""
    found = _cheshire_and_merseyside(people) | _lancashire_and_south_cumbria(people)
    staff = people[who.STAFF]
    found["Southwark"] = _place(
        "Southwark", "South East London", [("Southwark", "E09000028", False)],
        "Partnership Southwark joins up health, care and the voluntary sector in the borough.", staff,
    )  # fmt: skip
    lead.add(
        place=found["Southwark"], user=people["Sam Hepplewhite"], by=staff, title="Place based director",
        starts_on=SINCE,
    )  # fmt: skip
    found["Leeds"] = _place(
        "Leeds", "West Yorkshire", [("Leeds", "E08000035", False)],
        "Partners in the city work as Team Leeds for a fairer city.", staff,
    )  # fmt: skip
    return found


def end_areas(places: dict[str, Place], by: User) -> None:
    """The areas of 2020 end on the day before the deal, once the organisations that worked in them are known."""
    for name in AREAS_2020:
        actions.save(place=places[name], by=by, footprint=[], ends_on=date(2023, 7, 4))


def _place(name: str, system: str, footprint, summary: str, by: User, **facts) -> Place:
    councils = [{"name": council, "gss_code": code, "in_part": in_part} for council, code, in_part in footprint]
    return actions.save(place=None, by=by, footprint=councils, name=name, system=system, summary=summary, **facts)


def _cheshire_and_merseyside(people: dict[str, User]) -> dict[str, Place]:
    found, staff = {}, people[who.STAFF]
    for name, code in NINE.items():
        summary = f"One of the nine places of {CHESHIRE_AND_MERSEYSIDE}. It shares its boundary with the council."
        found[name] = _place(name, CHESHIRE_AND_MERSEYSIDE, [(name, code, False)], summary, staff)
        lead.add(
            place=found[name], user=people[who.PLACE_LEADS[name]], by=staff, title="Place lead (illustrative)",
            starts_on=SINCE,
        )  # fmt: skip
    return found


def _lancashire_and_south_cumbria(people: dict[str, User]) -> dict[str, Place]:
    system, found, staff = LANCASHIRE_AND_SOUTH_CUMBRIA, {}, people[who.STAFF]
    for name in AREAS_2020:
        summary = "One of five areas in which voluntary organisations met and elected a lead in 2020."
        found[name] = _place(name, system, [], summary, staff)
    for name, (footprint, before) in FOUR_2023.items():
        found[name] = _place(
            name, system, footprint, "One of four places of the integration deal of July 2023.", staff, starts_on=DEAL,
            predecessors=[found[area] for area in before],
        )  # fmt: skip
        lead.add(
            place=found[name], user=people[who.DIRECTORS[name]], by=staff,
            title="Director of health and care integration", starts_on=DEAL,
        )  # fmt: skip
    return found

"""Places, as the public papers name them, with the councils they cover and those that went before them."""

from datetime import date

from django.utils.text import slugify

from partnership.accounts.models import User
from partnership.demonstration import who
from places.footprint.models import Place, PlaceAuthority, PlaceLead

CHESHIRE_AND_MERSEYSIDE = "Cheshire and Merseyside"
LANCASHIRE_AND_SOUTH_CUMBRIA = "Lancashire and South Cumbria"
DEAL = date(2023, 7, 5)

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
DIRECTORS = {
    "Blackburn with Darwen": "Claire Richardson",
    "Blackpool": "Karen Smith",
    "Lancashire": "Louise Taylor",
    "South Cumbria": "Jane Scattergood",
}


def _place(name: str, system: str, footprint, summary: str, **fields) -> Place:
    place = Place.objects.create(name=name, slug=slugify(name), system=system, summary=summary, **fields)
    PlaceAuthority.objects.bulk_create(
        PlaceAuthority(place=place, name=council, gss_code=code, in_part=in_part)
        for council, code, in_part in footprint
    )
    return place


def _cheshire_and_merseyside(people: dict[str, User]) -> dict[str, Place]:
    found = {}
    for name, code in NINE.items():
        summary = f"One of the nine places of {CHESHIRE_AND_MERSEYSIDE}. It shares its boundary with the council."
        found[name] = _place(name, CHESHIRE_AND_MERSEYSIDE, [(name, code, False)], summary)
        PlaceLead.objects.create(
            place=found[name],
            user=people[who.PLACE_LEADS[name]],
            title="Place lead (illustrative)",
            starts_on=date(2020, 4, 1),
        )
    return found


def _lancashire_and_south_cumbria(people: dict[str, User]) -> dict[str, Place]:
    system, found = LANCASHIRE_AND_SOUTH_CUMBRIA, {}
    for name in AREAS_2020:
        summary = "One of five areas in which voluntary organisations met and elected a lead in 2020."
        found[name] = _place(name, system, [], summary, ends_on=date(2023, 7, 4))
    for name, (footprint, before) in FOUR_2023.items():
        place = _place(
            name, system, footprint, "One of four places of the integration deal of July 2023.", starts_on=DEAL
        )
        place.predecessors.set(found[area] for area in before)
        PlaceLead.objects.create(
            place=place, user=people[DIRECTORS[name]], title="Director of health and care integration", starts_on=DEAL
        )
        found[name] = place
    return found


def load(people: dict[str, User]) -> dict[str, Place]:
    """Creates every place; returns them by name."""
    southwark = _place(
        "Southwark",
        "South East London",
        [("Southwark", "E09000028", False)],
        "Partnership Southwark joins up health, care and the voluntary sector in the borough.",
    )
    PlaceLead.objects.create(
        place=southwark, user=people["Sam Hepplewhite"], title="Place based director", starts_on=date(2020, 4, 1)
    )
    leeds = _place(
        "Leeds",
        "West Yorkshire",
        [("Leeds", "E08000035", False)],
        "Partners in the city work as Team Leeds for a fairer city.",
    )
    return {
        **_cheshire_and_merseyside(people),
        **_lancashire_and_south_cumbria(people),
        "Southwark": southwark,
        "Leeds": leeds,
    }

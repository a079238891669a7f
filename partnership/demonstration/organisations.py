"""Partner organisations: those the public papers name, and invented voluntary ones for each of the nine places."""

import csv
from io import StringIO

from django.utils.text import slugify

from partnership.accounts.models import User
from partnership.demonstration import where, who
from partnership.partners.actions import directory_import, membership, officer
from partnership.partners.headings import OF_FIELDS
from partnership.partners.models import Membership, Partner, PeopleGroup

LEEDS_TRUST = "Leeds Neighbourhood Health Trust"  # invented
Kind, Part = Partner.Kind, Membership.Part

# name, kind, fields, places it works in
NAMED = [
    ("Lancashire and South Cumbria ICB", Kind.ICB, {"ods_code": "QE1"}, list(where.FOUR_2023)),
    ("South East London CCG", Kind.SUB_ICB, {"ods_code": "QKK"}, ["Southwark"]),
    ("Guy's and St Thomas' NHS Foundation Trust", Kind.NHS_TRUST, {"ods_code": "RJ1"}, ["Southwark"]),
    ("South London and Maudsley NHS Foundation Trust", Kind.NHS_TRUST, {"ods_code": "RV5"}, ["Southwark"]),
    ("King's College Hospital NHS Foundation Trust", Kind.NHS_TRUST, {"ods_code": "RJZ"}, ["Southwark"]),
    ("Southwark Council", Kind.COUNCIL, {"gss_code": "E09000028"}, ["Southwark"]),
    ("Community Southwark", Kind.VCFSE, {}, ["Southwark"]),
    ("Leeds City Council", Kind.COUNCIL, {"gss_code": "E08000035"}, ["Leeds"]),
    ("Forum Central", Kind.VCFSE, {}, ["Leeds"]),
    ("Healthwatch Leeds", Kind.HEALTHWATCH, {}, ["Leeds"]),
    ("Voluntary Action Leeds", Kind.VCFSE, {}, ["Leeds"]),
    ("Lancashire County Council", Kind.COUNCIL, {"gss_code": "E10000017"}, ["Lancashire"]),
    ("Blackpool Council", Kind.COUNCIL, {"gss_code": "E06000009"}, ["Blackpool"]),
    ("Blackburn with Darwen Council", Kind.COUNCIL, {"gss_code": "E06000008"}, ["Blackburn with Darwen"]),
]
# name, what it does, yearly income, who it serves
CHARITIES = [
    ("Carers Centre", "Advice, breaks and company for people who look after somebody.", "medium", ["carers"]),
    (
        "Community Larder",
        "Food, cooking and a warm room, six days a week.",
        "small",
        ["people-on-low-incomes", "everyone"],
    ),
    (
        "Deaf People's Forum",
        "A voice for deaf people in health and care.",
        "small",
        ["deaf-people-and-people-with-hearing-loss"],
    ),
    ("Men in Sheds", "Repair, make and talk: company for older men.", "micro", ["men-and-boys", "older-people"]),
    (
        "Young Minds Together",
        "Peer support for young people's mental health.",
        "medium",
        ["children-and-young-people", "people-with-mental-health-problems"],
    ),
]
NEIGHBOURHOODS = {
    "Halton": "Runcorn, Widnes, Ditton, Hough Green",
    "Liverpool": "Speke, Garston, Toxteth, Anfield",
    "Wirral": "Birkenhead, Tranmere, New Ferry",
    "Sefton": "Bootle, Crosby, Southport",
}
OTHERS = [
    ("GP Federation", Kind.GP_FEDERATION),
    ("Healthwatch", Kind.HEALTHWATCH),
    ("Homes", Kind.HOUSING),
    ("Community Health Trust", Kind.NHS_TRUST),
]
# person, partner, role, part
MEMBERSHIPS = [
    (who.MEMBER, "Wirral Community Larder", "Volunteer co-ordinator", Part.MEMBER),
    (who.REPRESENTATIVE, "Halton Carers Centre", "Chief officer", Part.OFFICER),
    (who.PARTNER_OFFICER, "South East London CCG", "Programme director", Part.OFFICER),
    (who.WORKSTREAM_LEAD, "Southwark Council", "Head of joint commissioning (illustrative)", Part.OFFICER),
    ("Sam Hepplewhite", "South East London CCG", "Place based director", Part.OFFICER),
    ("Louise Taylor", "Lancashire and South Cumbria ICB", "Director of integration", Part.OFFICER),
    ("Louise Taylor", "Lancashire County Council", "Executive director", Part.OFFICER),
]


def load(people: dict[str, User], members: list[dict[str, str]]) -> dict[str, Partner]:
    """Creates every partner, `members` among them, and the memberships of the people one can sign in as.

    Returns partners by name.
    """
    staff = people[who.STAFF]
    named = [{"name": name, "kind": kind, "places": "; ".join(at), **facts} for name, kind, facts, at in NAMED]
    councils = [
        {"name": f"{place} Council", "kind": Kind.COUNCIL, "gss_code": code, "places": place}
        for place, code in where.NINE.items()
    ]
    trust = {"name": LEEDS_TRUST, "kind": Kind.NHS_TRUST, "places": "Leeds"}
    invented = [*_charities(), *_others(), trust, *members]
    found = _from_file([*named, *councils, *invented], staff)
    # Only a demonstration invents organisations: no page marks one as invented.
    Partner.objects.filter(name__in=[row["name"] for row in invented]).update(illustrative=True)
    for name, partner, role, part in MEMBERSHIPS:
        asked = membership.ask(by=people[name], partner=found[partner], role=role)
        accepted = membership.accept(membership=asked, by=staff)
        officer.set_part(membership=accepted, by=staff, part=part)
    membership.ask(by=people[who.APPLICANT], partner=found["Sefton Men in Sheds"], role="Trustee")
    return found


def _from_file(rows: list[dict[str, str]], by: User) -> dict[str, Partner]:
    """Staff upload a spreadsheet of organisations and confirm it; returns them by name."""
    sheet = StringIO()
    writer = csv.DictWriter(sheet, list(OF_FIELDS))
    writer.writerow(OF_FIELDS)
    writer.writerows(rows)
    batch = directory_import.start(by=by, filename="organisations.csv", data=sheet.getvalue().encode())
    directory_import.confirm(batch=batch, by=by)
    return Partner.objects.in_bulk([row["name"] for row in rows], field_name="name")


def groups_in_words(slugs: list[str]) -> str:
    """Groups of people, as a cell of the file names them."""
    names = dict(PeopleGroup.objects.values_list("slug", "name"))
    return "; ".join(names[slug] for slug in slugs)


def charities() -> list[tuple[str, str]]:
    """The place and the name of each voluntary organisation of the nine places."""
    return [(place, f"{place} {name}") for place in where.NINE for name, *_ in CHARITIES]


def _charities() -> list[dict[str, str]]:
    groups = {name: groups_in_words(slugs) for name, *_, slugs in CHARITIES}
    kinds = {name: (summary, band) for name, summary, band, _ in CHARITIES}
    rows = []
    for number, (place, name) in enumerate(charities()):
        kind = name.removeprefix(f"{place} ")
        summary, band = kinds[kind]
        rows.append({
            "name": name, "kind": Kind.VCFSE, "summary": summary, "income_band": band, "groups": groups[kind],
            "places": place, "neighbourhoods": NEIGHBOURHOODS.get(place, ""),
            "email": f"hello.{slugify(name)}@example.org", "email_is_public": "yes" if number % 3 else "no",
            "phone": f"0151 496 {number:04}", "phone_is_public": "no" if number % 2 else "yes",
        })  # fmt: skip
    return rows


def _others() -> list[dict[str, str]]:
    return [{"name": f"{place} {name}", "kind": kind, "places": place} for place in where.NINE for name, kind in OTHERS]

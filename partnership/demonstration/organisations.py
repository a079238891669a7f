"""Partner organisations: those the public papers name, and invented voluntary ones for each of the nine places."""

from django.utils.text import slugify

from partnership.accounts.models import User
from partnership.demonstration import where, who
from partnership.partners.models import Membership, Partner, PlacePartner
from places.footprint.models import Place

Kind = Partner.Kind

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
CHARITIES = [
    ("Carers Centre", "Advice, breaks and company for people who look after somebody."),
    ("Community Larder", "Food, cooking and a warm room, six days a week."),
    ("Deaf People's Forum", "A voice for deaf people in health and care."),
    ("Men in Sheds", "Repair, make and talk: company for older men."),
    ("Young Minds Together", "Peer support for young people's mental health."),
]
OTHERS = [
    ("GP Federation", Kind.GP_FEDERATION),
    ("Healthwatch", Kind.HEALTHWATCH),
    ("Homes", Kind.HOUSING),
    ("Community Health Trust", Kind.NHS_TRUST),
]


def _partner(name: str, kind: str, places: list[Place], **fields) -> Partner:
    partner = Partner.objects.create(name=name, slug=slugify(name), kind=kind, **fields)
    PlacePartner.objects.bulk_create(PlacePartner(place=place, partner=partner) for place in places)
    return partner


def _of_a_place(place: Place, code: str) -> list[Partner]:
    council = _partner(f"{place.name} Council", Kind.COUNCIL, [place], gss_code=code)
    charities = [
        _partner(f"{place.name} {name}", Kind.VCFSE, [place], summary=summary, illustrative=True, income_band=band)
        for (name, summary), band in zip(CHARITIES, ["medium", "small", "small", "micro", "medium"], strict=True)
    ]
    others = [_partner(f"{place.name} {name}", kind, [place], illustrative=True) for name, kind in OTHERS]
    return [council, *charities, *others]


def load(people: dict[str, User], places: dict[str, Place]) -> dict[str, Partner]:
    """Creates every partner and the memberships of the people one can sign in as; returns partners by name."""
    found = {name: _partner(name, kind, [places[p] for p in at], **fields) for name, kind, fields, at in NAMED}
    for name, code in where.NINE.items():
        found |= {partner.name: partner for partner in _of_a_place(places[name], code)}
    staff = people[who.STAFF]
    accepted = [
        (who.MEMBER, "Wirral Community Larder", "Volunteer co-ordinator", Membership.Part.MEMBER),
        (who.REPRESENTATIVE, "Halton Carers Centre", "Chief officer", Membership.Part.MEMBER),
        (who.PARTNER_OFFICER, "South East London CCG", "Programme director", Membership.Part.OFFICER),
        ("Sam Hepplewhite", "South East London CCG", "Place based director", Membership.Part.OFFICER),
        ("Louise Taylor", "Lancashire and South Cumbria ICB", "Director of integration", Membership.Part.OFFICER),
        ("Louise Taylor", "Lancashire County Council", "Executive director", Membership.Part.OFFICER),
    ]
    for person, partner, role, part in accepted:
        Membership.objects.create(
            user=people[person], partner=found[partner], role=role, part=part,
            state=Membership.State.ACCEPTED, decided_by=staff, decided_at=staff.date_joined,
        )  # fmt: skip
    Membership.objects.create(user=people["Tom Ashby"], partner=found["Sefton Men in Sheds"], role="Trustee")
    return found

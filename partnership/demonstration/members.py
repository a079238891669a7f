"""The voluntary sector of Lancashire and South Cumbria: more than 200 invented member organisations and their officers."""

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from partnership import states
from partnership.accounts.models import User
from partnership.demonstration import invented, organisations, who
from partnership.partners.models import Membership, Partner

# town, area of 2020, place of 2023
TOWNS = [
    ("Blackburn", "Pennine Lancashire", "Blackburn with Darwen"),
    ("Darwen", "Pennine Lancashire", "Blackburn with Darwen"),
    ("Burnley", "Pennine Lancashire", "Lancashire"),
    ("Nelson", "Pennine Lancashire", "Lancashire"),
    ("Accrington", "Pennine Lancashire", "Lancashire"),
    ("Rawtenstall", "Pennine Lancashire", "Lancashire"),
    ("Preston", "Central Lancashire", "Lancashire"),
    ("Chorley", "Central Lancashire", "Lancashire"),
    ("Leyland", "Central Lancashire", "Lancashire"),
    ("Ormskirk", "West Lancashire", "Lancashire"),
    ("Skelmersdale", "West Lancashire", "Lancashire"),
    ("Burscough", "West Lancashire", "Lancashire"),
    ("Blackpool", "Fylde Coast", "Blackpool"),
    ("Bispham", "Fylde Coast", "Blackpool"),
    ("Fleetwood", "Fylde Coast", "Lancashire"),
    ("Lytham", "Fylde Coast", "Lancashire"),
    ("Lancaster", "Morecambe Bay", "Lancashire"),
    ("Morecambe", "Morecambe Bay", "Lancashire"),
    ("Kendal", "Morecambe Bay", "South Cumbria"),
    ("Barrow", "Morecambe Bay", "South Cumbria"),
    ("Ulverston", "Morecambe Bay", "South Cumbria"),
]
# what it is called after its town, what it does, who it serves, yearly income
CAUSES = [
    ("Carers Together", "Breaks, advice and company for people who look after somebody.", ["carers"], "medium"),
    ("Foodshare", "A larder, a kitchen and a warm room.", ["people-on-low-incomes", "everyone"], "small"),
    ("Good Neighbours", "Lifts, shopping and a friendly voice.", ["older-people"], "micro"),
    ("Mind Matters", "Peer support when life is hard.", ["people-with-mental-health-problems"], "medium"),
    ("Youth Voice", "Young people who speak up about health.", ["children-and-young-people"], "small"),
    ("Disability Action", "Disabled people advise, train and campaign.", ["disabled-people"], "medium"),
    ("Memory Café", "Music, cake and understanding.", ["people-living-with-dementia", "carers"], "micro"),
    (
        "Welcome Hub",
        "Language, friendship and a way through the system.",
        ["refugees-and-people-seeking-asylum"],
        "small",
    ),
    ("Parents' Circle", "New parents look after each other.", ["pregnant-women-and-new-parents"], "micro"),
    ("Veterans' Link", "Those who served, and their families.", ["veterans-and-service-families"], "small"),
]


@dataclass(frozen=True)
class Member:
    """One member organisation with its officer, its area of 2020 and its place of 2023."""

    partner: Partner
    officer: User
    area: str
    place: str


def rows() -> list[dict[str, str]]:
    """The member organisations as rows of the directory's file, in the order of their towns."""
    groups = {cause[0]: organisations.groups_in_words(cause[2]) for cause in CAUSES}
    return [
        {
            "name": f"{town} {name}", "kind": Partner.Kind.VCFSE, "summary": summary, "income_band": band,
            "groups": groups[name], "places": f"{area}; {place}",
        }
        for town, area, place in TOWNS for name, summary, _, band in CAUSES
    ]  # fmt: skip


def load(people: dict[str, User], partners: dict[str, Partner]) -> list[Member]:
    """Gives every member organisation an officer who is accepted; returns them in the order of their towns."""
    made = [(partners[f"{town[0]} {cause[0]}"], town) for town in TOWNS for cause in CAUSES]
    found = officers(len(made), invented.chance_of("officers"))
    accept(people, [partner for partner, _ in made], found)
    return [Member(partner, officer, town[1], town[2]) for (partner, town), officer in zip(made, found, strict=True)]


def accept(people: dict[str, User], partners: Collection[Partner], found: list[User]) -> None:
    """Each person becomes the officer of one partner.

    Written at once: two hundred and fifty people who ask, are accepted and become officers one by one take longer
    than all the rest of the demonstration.
    """
    asked = Membership.objects.bulk_create(
        Membership(user=officer, partner=partner, role="Manager", part=Membership.Part.OFFICER)
        for officer, partner in zip(found, partners, strict=True)
    )
    states.move_all(
        Membership.objects.filter(pk__in=[membership.pk for membership in asked]), Membership.State.ACCEPTED,
        decided_by=people[who.STAFF], decided_at=timezone.now(),
    )  # fmt: skip


def officers(number: int, chance: Random) -> list[User]:
    """So many invented people, with names and addresses nobody has yet. Written at once: no action makes accounts."""
    taken = set(User.objects.values_list("name", flat=True))
    names: dict[str, None] = {}
    while len(names) < number:
        name = f"{chance.choice(invented.FIRST.split())} {chance.choice(invented.LAST.split())}"
        if name not in taken:
            names[name] = None
    made = [User(email=f"officer.{who.address(name)}", name=name) for name in names]
    for user in made:
        user.set_unusable_password()
    return User.objects.bulk_create(made)

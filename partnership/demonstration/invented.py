"""Invented people to invite: the same ones each time, so that a tour can be written down."""

from random import Random

from partnership.accounts.models import User
from partnership.demonstration.who import address
from partnership.partners.models import Partner
from places.footprint.models import Place

FIRST = (
    "Aisha Alan Amir Angela Barbara Bilal Carol Chidi Claire Daniel Deborah Dev Eileen Esther Farah Fiona George "
    "Gurpreet Hannah Hassan Helen Ian Ife Jack Janet Joyce Kamal Karen Kofi Laura Leon Lydia Malik Maria Maureen Mei "
    "Mohan Naomi Neil Olu Paula Priti Rachel Rajesh Rosa Samir Sandra Sean Shazia Stella Susan Tariq Teresa Vera"
)
LAST = (
    "Abbott Ahmed Allen Barlow Bell Blackwood Burke Chan Clarke Coker Dalton Das Ellis Farrell Finch Gallagher Gill "
    "Hale Hussain Iqbal Jarvis Kaur Kelly Lamb Lewis Mackie Mensah Mistry Nolan Novak Ogden Owusu Patel Pereira Quinn "
    "Rigby Roberts Scully Shah Tate Thorne Uddin Vickers Walsh Wong Young"
)
ROLES = [
    "Chief officer",
    "Trustee",
    "Service manager",
    "Volunteer co-ordinator",
    "Director",
    "Commissioner",
    "Councillor",
    "GP",
]


def chance_of(word: str) -> Random:
    """Chance that falls out the same way each time, so that a tour can be written down."""
    return Random(word)  # noqa: S311 - made-up people need no cryptography


def people_of(place: Place, partners: list[Partner], number: int) -> list[dict]:
    """`number` invented people who work for partners of the place, none named like somebody with an account.

    Each as the fields that a list entry and a registration share.
    """
    chance, taken = chance_of(place.slug), set(User.objects.values_list("name", flat=True))
    found: dict[str, dict] = {}
    while len(found) < number:
        name = f"{chance.choice(FIRST.split())} {chance.choice(LAST.split())}"
        partner = chance.choice(partners)
        email = address(name)
        if email not in found and name not in taken:
            found[email] = {
                "email": email,
                "name": name,
                "organisation": partner.name,
                "partner": partner,
                "kind": partner.kind,
                "role": chance.choice(ROLES),
            }
    return list(found.values())

"""One person for each role, as the demonstration knows them; the loader makes them, `/sign-in-as/` offers them."""

from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser


class DemonstrationPerson(NamedTuple):
    role: str
    email: str
    what_to_try: str


PEOPLE: list[DemonstrationPerson] = []


def offered() -> list[tuple[DemonstrationPerson, AbstractBaseUser]]:
    """Those of PEOPLE who are in the database, in their order, each with their user."""
    emails = [person.email for person in PEOPLE]
    users = {user.email: user for user in get_user_model().objects.filter(email__in=emails, is_active=True)}
    return [(person, users[person.email]) for person in PEOPLE if person.email in users]

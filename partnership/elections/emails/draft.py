"""What every email about an election is made of. Keys make each email one: a step of the clock run twice writes nothing twice.

No email holds a receipt, says what anybody voted, or tells one organisation whether another has voted.
"""

from django.conf import settings

from partnership.accounts.models import User
from partnership.elections.models import Election
from partnership.outbox import Draft, message_keys
from partnership.outbox.compose import to_person
from partnership.outbox.message_keys import message_key


def of(election, template: str, person: User, key: str, *, link="", about="", not_after=None, **words) -> Draft:
    address = f"{settings.PORTAL_URL}{link or election.get_absolute_url()}"
    context = {"election": election, "link": address} | words
    topic = about or message_keys.about("election", election.pk)
    return to_person(f"elections/{template}", person, context, key=key, about=topic, not_after=not_after)


def key(election: Election, *what: object) -> str:
    return message_key("election", election.pk, *what)

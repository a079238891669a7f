"""The keys of emails, and what emails are about: written and read here.

A key is words with colons between them: the thing, its number, what the email says, and what else makes it an email of its own,
such as "registration:41:registration_confirmed:0". What an email is about is how such keys begin: "registration:41".
"""

import re

from django.db.models import CharField, Expression, F, Value
from django.db.models.functions import Cast, Concat

BETWEEN = ":"


def message_key(thing: str, number: object, *more: object) -> str:
    """Returns the key of one email: the same key is never emailed twice."""
    return BETWEEN.join(str(word) for word in (thing, number, *more))


def about(thing: str, number: object, *more: object) -> str:
    """Returns what staff and `withdraw` find the emails of one thing by."""
    return message_key(thing, number, *more)


def beginning(thing: str, *more: object) -> str:
    """Returns how all keys that continue these words begin."""
    return BETWEEN.join(str(word) for word in (thing, *more, ""))


def holding(*words: object) -> str:
    """Returns the pattern of keys that hold these words, in this order, after their thing."""
    return rf"{BETWEEN}{BETWEEN.join(re.escape(str(word)) for word in words)}({BETWEEN}|$)"


def words_of(key: str) -> list[str]:
    """Returns the words of a key in order."""
    return key.split(BETWEEN)


def in_the_database(*words: object) -> Concat:
    """Returns the key, or the beginning of keys, that the database makes of its own columns and of words."""
    parts: list[Expression] = []
    for word in words:
        parts += [Cast(word, CharField()) if isinstance(word, F) else Value(str(word)), Value(BETWEEN)]
    return Concat(*parts[:-1])

"""What we write to those who have to declare their interests."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from partnership import outbox
from partnership.interests.asked import Asked
from partnership.interests.interest_kinds import CODES
from partnership.outbox import Draft, message_keys
from partnership.outbox.compose import to_person
from partnership.outbox.message_keys import message_key


def declare_interests(people: Iterable[Asked], today: date) -> int:
    """To each: by when, for which boards. One email before the day, one after; returns how many are new."""
    return len(
        outbox.enqueue_many(_draft(each, is_late=each.is_late(today)) for each in people if each.person.is_active)
    )


def _draft(asked: Asked, *, is_late: bool) -> Draft:
    person = asked.person
    context = {
        "asked": asked, "is_late": is_late, "source": CODES[asked.code].source,
        "link": settings.PORTAL_URL + reverse("my_interests"),
    }  # fmt: skip
    key = message_key("interests", person.pk, asked.code, asked.due_on, "late" if is_late else "soon")
    return to_person("interests/declare", person, context, key=key, about=message_keys.about("interests", person.pk))

"""What the tests of registering share: somebody's answers, and a short way to register them."""

from collections.abc import Callable

import pytest

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import registration as action
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.outbox.models import Message


@pytest.fixture
def sign_up() -> Callable[..., Registration]:
    """`sign_up(meeting, "ann", place=…)` registers by a personal link; `source="public"` by the public page."""

    def make(meeting: Meeting, who: str, *, source: str = "invitation", now=None, by=None, **answers) -> Registration:
        answers.setdefault("name", who.title())
        details = RegistrationDetails(email=f"{who}@example.org", **answers)
        return action.register(meeting=meeting, details=details, source=source, by=by, now=now)

    return make


@pytest.fixture
def mails() -> Callable[..., list[str]]:
    """`mails("ann")` lists the kinds of email queued for a person, oldest first."""

    def look(who: str) -> list[str]:
        found = Message.objects.filter(to_email=f"{who}@example.org").order_by("pk")
        return [message.key.split(":")[2] for message in found]

    return look

"""Emails to a person who registers: each says when and where, and holds links that need no password.

Only those who hold a confirmed place are told how to join. All are sensitive: their links are secrets, so they go ahead
of the rest and their words are blanked once they are sent.
"""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.invitations.emails.invitation import QUIET_MINUTES
from assemblies.meetings import calendar
from assemblies.registrations.models import Needs, Registration
from partnership import outbox
from partnership.outbox import message_keys
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import message_key

State = Registration.State


def about(registration: Registration) -> str:
    """What the outbox finds a registration's emails by."""
    return message_keys.about("registration", registration.pk)


def link(registration: Registration) -> str:
    """The person's own page, without a password."""
    return address(registration.key)


def address(key: str, page: str = "registration") -> str:
    """One of the person's own pages in full, by its name."""
    return f"{settings.PORTAL_URL}{reverse(page, args=[key])}"


def confirm_address(registration: Registration, *, again: str = "", answers: str = "") -> None:
    """Asks a person who came by the public page to confirm, within the hour. `answers` is the version of what was said
    with their address this time, where that is kept beside the registration."""
    until = registration.confirm_by
    _queue(registration, "confirm_address", suffix=again, not_after=until, until=until, answers=answers)


def registration_confirmed(registration: Registration, *, changed_at: datetime | None = None) -> None:
    """The place is theirs: with a calendar request, and how to join."""
    meeting = registration.meeting
    entry = calendar.request_for(
        meeting, registration.email, registration.name, link(registration), registration.own_entry
    )
    suffix = f":{changed_at:%Y%m%dT%H%M%S.%f}" if changed_at else ""
    _queue(
        registration,
        "registration_confirmed",
        suffix=suffix,
        calendar=entry,
        changed=bool(changed_at),
        has_needs=_has_needs(registration),
    )


def waiting_list_joined(registration: Registration) -> None:
    _queue(registration, "waiting_list_joined", has_needs=_has_needs(registration))


def _has_needs(registration: Registration) -> bool:
    """Whether they told us what they need: the email says that we have it, never what it is."""
    return Needs.objects.filter(registration=registration).exists()


def place_offered(registration: Registration, *, now: datetime) -> None:
    """A place is theirs if they take it in time; the email does not leave after that."""
    assert registration.offered_until is not None
    end = min(registration.offered_until, registration.meeting.starts_at)
    _queue(registration, "place_offered", suffix=f":{now:%Y%m%dT%H%M%S}", not_after=end, until=end)


def offer_lapsed(registration: Registration, *, now: datetime) -> None:
    _queue(registration, "offer_lapsed", suffix=f":{now:%Y%m%dT%H%M%S}")


def registration_cancelled(registration: Registration, *, held_place: bool, had_entry: bool) -> None:
    """They are out; the entry leaves the calendar of those who had one. The meeting itself goes ahead."""
    entry = ""
    if had_entry:
        entry = calendar.not_coming_for(
            registration.meeting, registration.email, registration.name, link(registration), registration.own_entry
        )
    _queue(registration, "registration_cancelled", calendar=entry, method="CANCEL", held_place=held_place)


def links_resent(registration: Registration, *, now: datetime, answers: str = "") -> None:
    """Their links once more, for whoever asked with this address: at most every ten minutes."""
    slot = f":{int(now.timestamp()) // (60 * QUIET_MINUTES)}"
    if registration.confirm_by and registration.confirmed_at is None and registration.state != State.CANCELLED:
        confirm_address(registration, again=slot, answers=answers)
    else:
        _queue(registration, "links_resent", suffix=slot)


def _queue(
    registration: Registration,
    template: str,
    *,
    suffix: str = "",
    calendar: str = "",
    method: str = "REQUEST",
    not_after: datetime | None = None,
    answers: str = "",
    **context,
) -> None:
    """One email for each reason and round of a registration, however often the action runs. Until the address is confirmed it
    holds no name, nor anything else that was typed: a stranger may have typed it."""
    name = registration.name if registration.confirmed_at else ""
    confirm_link = address(registration.key, "registration_confirm")
    context |= {
        "greeting": f"Dear {name}" if name else "Hello",
        "registration": registration,
        "meeting": registration.meeting,
        "position": registration.position,
        "link": link(registration),
        "confirm_link": f"{confirm_link}?answers={answers}" if answers else confirm_link,
        "offer_link": address(registration.key, "registration_offer"),
        "change_link": address(registration.key, "registration_change"),
        "cancel_link": address(registration.key, "registration_cancel"),
    }
    subject, text, html = compose(f"registrations/{template}", context)
    mail = outbox.Draft(
        key=message_key("registration", registration.pk, template, f"{registration.round}{suffix}"),
        to=registration.email,
        to_name=name,
        subject=subject,
        text=text,
        html=html,
        calendar=calendar,
        calendar_method=method,
        not_after=not_after or max(registration.meeting.ends_at, timezone.now()),
        about=about(registration),
        sensitive=True,
    )
    outbox.enqueue_many([mail])

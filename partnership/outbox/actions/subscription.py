"""Emails a person may stop: each carries an address of its own for that (RFC 8058), and who stopped them gets no more.

    links = subscription.links(topic="meeting:41:reminders", name="reminders about the assembly", emails=[…])

What a person has to know about their own place, vote or seat has no such link, and says so.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from partnership import audit
from partnership.outbox.actions.withdraw import settle_as_withdrawn
from partnership.outbox.models import Message, Subscription

KEPT_FOR = timedelta(days=365)  # after the last email, for those who did not stop them


@transaction.atomic
def links(*, topic: str, name: str, emails: Iterable[str], even_if_stopped: bool = False) -> dict[str, str]:
    """Returns the link of each person, by their address as it was given; those who stopped these emails are left out,
    unless they, or staff for them, asked for this one.
    """
    given = {email: email.strip().lower() for email in emails}
    now = timezone.now()
    Subscription.objects.bulk_create(
        [
            Subscription(email=email, topic=topic, name=name[:300], written_at=now)
            for email in sorted({*given.values()})
        ],
        update_conflicts=True,
        unique_fields=["email", "topic"],
        update_fields=["name", "written_at"],
    )
    found = Subscription.objects.filter(topic=topic, email__in=given.values())
    if not even_if_stopped:
        found = found.filter(stopped_at=None)
    key_of = dict(found.values_list("email", "key"))
    return {email: _address(key_of[known]) for email, known in given.items() if known in key_of}


@transaction.atomic
def stop(*, subscription: Subscription) -> None:
    """The holder of the link wants no more of these emails; what has not left is withdrawn. Twice does no harm."""
    stopped = Subscription.objects.filter(pk=subscription.pk, stopped_at=None).update(stopped_at=timezone.now())
    if stopped:
        audit.record(by=None, verb="subscription.stopped", subject=subscription, topic=subscription.topic)
        unsent = Message.objects.open().filter(unsubscribe=_address(subscription.key))
        settle_as_withdrawn(unsent, "They stopped these emails.")


@transaction.atomic
def start_again(*, subscription: Subscription) -> None:
    """The holder of the link wants these emails after all."""
    if Subscription.objects.filter(pk=subscription.pk, stopped_at__isnull=False).update(stopped_at=None):
        audit.record(by=None, verb="subscription.started_again", subject=subscription, topic=subscription.topic)


def forget(now) -> int:
    """Deletes the rows of people who got none of these emails for a year and never stopped them; returns how many."""
    return Subscription.objects.filter(stopped_at=None, written_at__lt=now - KEPT_FOR).delete()[0]


def _address(key: str) -> str:
    return f"{settings.PORTAL_URL}{reverse('unsubscribe', args=[key])}"

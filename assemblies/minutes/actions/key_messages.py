"""Key messages of a meeting go out: with the minutes when the chair agrees them, or before that."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.minutes import emails
from assemblies.minutes.key_points import points_of
from assemblies.minutes.models import KeyMessages, Minutes, MinutesVersion
from partnership import audit
from partnership.refusals import Refusal


@transaction.atomic
def publish(*, minutes: Minutes, by, now: datetime | None = None) -> KeyMessages:
    """Publishes the key messages as they are written; returns them. Those on the boards and followers get one email, once.

    Published again after they were changed, the newest are shown; unchanged, they are the same. Raises Refusal where there is
    nothing to say.
    """
    row = Minutes.objects.locked().get(pk=minutes.pk)
    version = row.newest
    if not version.key_messages.strip() and not points_of(row, None).anything:
        raise Refusal("Nothing was decided in public, and nothing is written: write the key messages first.")
    return _publish(version, by, now or timezone.now())


def publish_with(*, version: MinutesVersion, by, now: datetime) -> KeyMessages | None:
    """The same when the minutes are agreed; nothing where there is nothing to say."""
    if not version.key_messages.strip() and not points_of(version.minutes, None).anything:
        return None
    return _publish(version, by, now)


def _publish(version: MinutesVersion, by, now: datetime) -> KeyMessages:
    minutes = version.minutes
    last = minutes.published_key_messages.first()
    if last and last.text == version.key_messages:
        return last
    made = KeyMessages.objects.create(minutes=minutes, text=version.key_messages, published_at=now, published_by=by)
    told = emails.key_messages_are_out(minutes, by=by, now=now)
    audit.record(by=by, verb="minutes.key_messages_published", subject=minutes, told=told)
    return made

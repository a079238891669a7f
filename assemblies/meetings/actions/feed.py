"""The secret address of a person's own calendar."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from assemblies.meetings.models import PersonalFeed
from partnership import audit
from partnership.keys import new_key


def address_of(feed: PersonalFeed) -> str:
    """Returns the address in full, for a calendar program to subscribe to."""
    return f"{settings.PORTAL_URL}{reverse('personal_calendar', args=[feed.secret])}"


@transaction.atomic
def own(*, by) -> PersonalFeed:
    """Returns the person's feed, which is made when they first look."""
    feed, _ = PersonalFeed.objects.get_or_create(user=by)
    return feed


@transaction.atomic
def reset(*, by) -> PersonalFeed:
    """Gives the person's feed a new address. The old one stops at once, wherever it was passed on to."""
    feed, _ = PersonalFeed.objects.select_for_update().get_or_create(user=by)
    feed.secret = new_key()
    feed.save(update_fields=["secret", "reset_at"])
    audit.record(by=by, verb="calendar.reset", subject=by)
    return feed

"""The chair is reminded of minutes that wait to be agreed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from assemblies.minutes import emails
from assemblies.minutes.models import Minutes, MinutesVersion
from partnership.one_by_one import one_by_one


def remind(now: datetime | None = None) -> int:
    """Writes to chairs whose minutes could have been agreed for some days, once each; returns how many emails are new.

    Each run looks at how things are now: one that is missed is caught up.
    """
    now = now or timezone.now()
    since = timezone.localdate(now) - timedelta(days=settings.REMIND_OF_MINUTES_DAYS)
    waiting = MinutesVersion.objects.filter(
        agreed_at__isnull=True, minutes__state=Minutes.State.CIRCULATED, corrections_by__lt=since
    )
    rows = waiting.select_related("minutes__meeting", "minutes__board").order_by("pk")
    return one_by_one(rows, lambda version: emails.agreement_waits(version, now), "chair about minutes")

"""Long work done in pieces: who may continue it. When a worker is killed, another continues its work once the lease
ends."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q


def lease() -> timedelta:
    """The outbox's own: with the sweep that follows it a dead worker's run waits for a minute at most."""
    return timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


@transaction.atomic
def take(runs, now: datetime) -> int | None:
    """Leases the oldest of these runs that nobody holds; returns its id. The model has `lease_until` and `started_at`."""
    free = runs.unfinished().filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))
    run = free.select_for_update(skip_locked=True).order_by("started_at").first()
    if run is None:
        return None
    run.lease_until = now + lease()
    run.save(update_fields=["lease_until"])
    return run.pk

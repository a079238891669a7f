"""Long work done in pieces: who may continue it. When a worker is killed, another continues its work once the lease
ends."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Manager, Q, QuerySet
from django.utils import timezone

from partnership.one_by_one import one_by_one


def lease() -> timedelta:
    """The outbox's own: with the sweep that follows it a dead worker's run waits for a minute at most."""
    return timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


def carry_on(runs: Manager, piece: Callable[[int], int], now: datetime | None = None) -> int:
    """Carries on every one of these runs that nobody holds, `piece` by piece; returns the sum of what the pieces returned.

    A run that fails keeps its lease, so the others go on, and it is tried again after.
    """
    return one_by_one(_taken(runs, now), lambda run_id: _pieces(piece, run_id), runs.model.__name__)


def _taken(runs: Manager, now: datetime | None) -> Iterator[int]:
    while run_id := take(runs, now or timezone.now()):
        yield run_id


def _pieces(piece: Callable[[int], int], run_id: int) -> int:
    done = 0
    while some := piece(run_id):
        done += some
    return done


@transaction.atomic
def take(runs, now: datetime, lasting: timedelta | None = None) -> int | None:
    """Leases the oldest of these runs that nobody holds, for as long as is said or for `lease()`; returns its id, None where
    there is none. The model has `lease_until` and `started_at`."""
    run = free(runs, now).select_for_update(skip_locked=True, of=("self",)).order_by("started_at", "pk").first()
    if run is None:
        return None
    run.lease_until = now + (lasting or lease())
    run.save(update_fields=["lease_until"])
    return run.pk


def free(runs, now: datetime) -> QuerySet:
    """Those of the runs that are not finished and that nobody holds."""
    return runs.unfinished().filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))

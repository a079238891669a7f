"""Several submissions of one form at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, transaction
from django.db.models import Model

from tests.faults.harness import wait_until


def at_once(submit: Callable, times: int = 4) -> list:
    barrier = Barrier(times)

    def one(_):
        barrier.wait()
        try:
            return submit()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def holds_while_it_waits(act: Callable, row: Model, *, lock: Callable) -> bool:
    """Whether `act` has the row locked while it waits for what `lock` has locked: whoever locks both in the order of the
    others would wait for it, and it for them. Needs a database with transactions."""

    def one():
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        lock()
        doing = pool.submit(one)
        wait_until(_somebody_waits_for_us, seconds=20)
        is_free = list(type(row)._base_manager.filter(pk=row.pk).select_for_update(skip_locked=True))
    doing.result()
    return not is_free


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
        return cursor.fetchone() is not None

"""Several submissions of one form at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


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

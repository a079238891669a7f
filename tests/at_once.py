"""Several presses of one button at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(press: Callable, times: int = 4) -> list:
    barrier = Barrier(times)

    def one(_):
        barrier.wait()
        try:
            return press()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))

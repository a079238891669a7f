"""Work on many things, each by itself: one that fails does not stop the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)
Thing = TypeVar("Thing")


def one_by_one(things: Iterable[Thing], act: Callable[[Thing], int], what: str) -> int:
    """Does `act` with each thing, and returns the sum of what it returned.

    What fails is written to the log, as `what` it is and the thing's own name or number, and stays due: the next run
    tries it again. Each act is a transaction of its own, so half of nothing is kept.
    """
    done = 0
    for thing in things:
        try:
            done += act(thing)
        except Exception:  # whatever it was, the others must not wait for it
            log.exception("%s %s could not be updated; the next run will try again", what, thing)
    return done

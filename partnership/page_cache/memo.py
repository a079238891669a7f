"""What is computed from the tables that public pages show, cached in each process until one of them changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from partnership.page_cache import stamp

MOST = 500

_cached: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()
_lock = Lock()


def cached_until_changed(key: Hashable, compute: Callable[[], Any]) -> Any:
    """Returns what `compute` gives, or gave under this key since the last change to any public page.

    It costs one SELECT of one row. Inside a transaction, whose own changes are not stamped yet, it is computed again.
    """
    revision = stamp.revision()  # before anything is read
    if revision is None:
        return compute()
    with _lock:
        cached = _cached.get(key)
    if cached and cached[0] == revision:
        return cached[1]
    value = compute()
    with _lock:
        _cached[key] = (revision, value)
        _cached.move_to_end(key)
        while len(_cached) > MOST:
            _cached.popitem(last=False)
    return value

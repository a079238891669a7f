"""What was worked out from the tables public pages show, kept in a process until one of them changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from partnership.ui import page_stamp

MOST = 500

_kept: OrderedDict[Hashable, tuple[str, Any]] = OrderedDict()
_lock = Lock()


def remembered(key: Hashable, work_out: Callable[[], Any]) -> Any:
    """Returns what `work_out` gives, or gave under this key since the last change to any public page.

    It costs one SELECT of one row. Within a transaction, whose own changes are not stamped yet, it is worked out again.
    """
    revision = page_stamp.revision()  # before anything is read
    if revision is None:
        return work_out()
    with _lock:
        kept = _kept.get(key)
    if kept and kept[0] == revision:
        return kept[1]
    value = work_out()
    with _lock:
        _kept[key] = (revision, value)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return value

"""What a public form is made of, kept in each process's memory for as long as nothing public changes.

    @kept_while_unchanged
    def asked_of(slug): ...

What is kept is shared by everybody who asks: read it, and change nothing of it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from partnership.ui import page_stamp

MOST = 200


def kept_while_unchanged(read: Callable[..., Any]) -> Callable[..., Any]:
    """Reads once for each revision of the stamp; again each time where there is no stamp to go by."""
    kept: dict[tuple, tuple[str, Any]] = {}

    @wraps(read)
    def found(*asked: Any) -> Any:
        revision = page_stamp.revision()  # before anything is read
        known = kept.get(asked)
        if revision and known and known[0] == revision:
            return known[1]
        answer = read(*asked)
        if revision and answer is not None:
            if len(kept) >= MOST:
                kept.clear()
            kept[asked] = (revision, answer)
        return answer

    return found

"""When somebody else saved first."""

from datetime import datetime
from typing import Any

from partnership.ui import dates
from partnership.ui.refusals import Refusal


class Stale(Refusal):
    """Somebody changed the same thing after this person opened it. `now` is the thing as it stands."""

    def __init__(self, *, who: str, when: datetime, now: Any) -> None:
        super().__init__(
            f"{who or 'Somebody else'} changed this on {dates.moment(when)}, after you opened it. "
            "Your answers are kept below. Nothing of yours is saved yet."
        )
        self.now = now

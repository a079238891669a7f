"""When somebody else saved first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from partnership.audit.models import Entry
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


def refuse_if_stale(row: Any, revision: int | None, facts: Iterable[str]) -> None:
    """Raises Stale when somebody else changed one of these facts of the row since `revision`: the record of edits tells.

    Every edit counts the row's `revision` up and records it with the `fields` it changed. None asks nothing: for code
    that has the row as it stands. The caller holds the lock that edits of the row wait for.
    """
    if revision is None or revision == row.revision:
        return
    asked = set(facts)
    later = [
        entry
        for entry in Entry.objects.about(row).filter(details__revision__gt=revision).order_by("pk")
        if set(entry.details.get("fields", ())) & asked
    ]
    if later:
        raise Stale(who=later[-1].actor_label, when=later[-1].at, now=row)

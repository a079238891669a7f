"""Whether somebody else saved first, by the edits in the audit log."""

from collections.abc import Iterable
from typing import Any

from partnership.audit.models import Entry
from partnership.ui.edit_conflict import Stale


def refuse_if_stale(row: Any, revision: int | None, facts: Iterable[str]) -> None:
    """Raises Stale when somebody else changed one of these facts of the row since `revision`.

    Every edit counts the row's `revision` up and records it with the `fields` it changed. An edit that is not in the
    audit log, such as one row of a large file, may have changed any of them. A revision that is still to come fits nothing.
    With None nothing is checked: for code that has just read the row. The caller holds the lock that edits of the row wait for.
    """
    if revision is None or revision == row.revision:
        return
    asked = set(facts)
    edits = list(Entry.objects.about(row).filter(details__revision__gt=revision).order_by("pk"))
    later = [entry for entry in edits if set(entry.details.get("fields", ())) & asked]
    if later:
        raise Stale(who=later[-1].actor_label, when=later[-1].at, now=row)
    if revision > row.revision or len(edits) < row.revision - revision:
        raise Stale(who="", when=None, now=row)

"""Beside a decision: the version of a purpose that it agreed."""

from collections.abc import Iterable, Sequence

from assemblies.decisions.models import Decision
from assemblies.purpose.models import PurposeVersion
from partnership.decision_links import Link, find


@find
def agreed(decisions: Sequence[Decision], user) -> Iterable[tuple[Decision, Link]]:
    """One query."""
    by_number = {decision.pk: decision for decision in decisions}
    rows = PurposeVersion.objects.visible_to(user).filter(decision__in=by_number).select_related("board")
    for row in rows:
        yield by_number[row.decision_id], Link(str(row), row.get_absolute_url(), "it agreed this version")

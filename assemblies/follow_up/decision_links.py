"""What came of a decision: the actions that carry it out."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.text import Truncator

from assemblies.decisions.models import Decision
from assemblies.follow_up.models import FollowUp
from partnership import decision_links
from partnership.dates import short_day
from partnership.decision_links import Link

LONGEST = 120


@decision_links.find
def actions(decisions: Sequence[Any], user) -> Iterable[tuple[Any, Link]]:
    """Actions that name the decision, and those that its board agreed on the same item of the same meeting. One query."""
    taken = [each for each in decisions if isinstance(each, Decision)]
    if not taken:
        return
    items = [each.item_id for each in taken if each.item_id]
    rows = FollowUp.objects.visible_to(user).filter(Q(decision__in=taken) | Q(decision__isnull=True, item__in=items))
    for row in rows.order_by("due_on", "pk"):
        for decision in taken:
            of_item = row.decision_id is None and row.item_id == decision.item_id and row.board_id == decision.board_id
            if row.decision_id == decision.pk or of_item:
                yield decision, Link(Truncator(row.text).chars(LONGEST), row.get_absolute_url(), _how_far(row))


def _how_far(row: FollowUp) -> str:
    if row.done_at:
        words = f"done on {short_day(row.done_at)}"
    elif row.is_open:
        words = f"{'late, ' if row.late_now else ''}due {short_day(row.due_on)}, {row.owner_name}"
    else:
        words = "dropped"
    return f"{'illustrative ' if row.illustrative else ''}action, {words}"

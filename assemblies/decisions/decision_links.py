"""On the route of a topic: the decisions that a board took when it had the topic before it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from assemblies.decisions.models import Decision
from assemblies.forward_plan.models import PlannedItem
from partnership.decision_links import Link, find_of_item


@find_of_item
def decided(items: Sequence[PlannedItem], user) -> Iterable[tuple[PlannedItem, Link]]:
    """Those that stand and that the person may read. One query."""
    rows = Decision.objects.visible_to(user).readable_by(user).standing()
    by_item = defaultdict(list)
    meetings = {item.meeting_id for item in items}
    topics = {item.topic_id for item in items}
    for row in rows.filter(topic__in=topics, meeting__in=meetings).order_by("recommendation_number", "pk"):
        by_item[row.topic_id, row.board_id, row.meeting_id].append(row)
    for item in items:
        for row in by_item[item.topic_id, item.board_id, item.meeting_id]:
            number = f", recommendation {row.recommendation_number}" if row.recommendation_number else ""
            yield item, Link(f"{row}{number}", row.get_absolute_url(), row.get_outcome_display())

"""What a board decided, in a sentence on the route of its topic."""

from datetime import datetime

from assemblies.decisions.models import Decision
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.models import PlannedItem

AS_PUT: dict[str, str] = {
    Decision.Outcome.AGREED: " as recommended",
    Decision.Outcome.RECOMMENDED: " as the report does",
}


def say_result(decision: Decision, *, by, now: datetime) -> None:
    """Writes down at the item of the plan what its board decided at the meeting. In the caller's transaction.

    Nothing of a decision that is closed to the public is said where the item itself is open, and never what its report
    recommended, which may be withdrawn from view.
    """
    if decision.topic_id is None or decision.meeting_id is None or decision.board_id is None:
        return
    planned = PlannedItem.objects.live().filter(
        topic=decision.topic_id, board=decision.board_id, meeting=decision.meeting_id
    )
    item = planned.select_related("topic", "closure").first()
    if item is None:
        return
    rows = Decision.objects.standing().filter(topic=item.topic_id, board=item.board_id, meeting=item.meeting_id)
    rows = rows.select_related("closure", "item__closure", "report_version__closure")
    found = list(rows.order_by("item__position", "recommendation_number", "pk"))
    planned_item.say_result(item=item, by=by, result=in_words(found, item), now=now)


def in_words(found: list[Decision], item: PlannedItem) -> str:
    """Returns "Agreed: …" of a single decision, or "1 agreed, 2 deferred." of numbered ones."""
    shown = [each for each in found if each.closed_by is None or item.closed_by]
    hidden = "Decided in private." if len(shown) < len(found) else ""
    if len(shown) == 1:
        only = shown[0]
        outcome = _capital(only.get_outcome_display())
        as_put = AS_PUT.get(only.outcome, "") if only.recommendation else ""
        said = f"{outcome}: {only.text}" if only.text else f"{outcome}{as_put}."
    else:
        said = ", ".join(
            f"{each.recommendation_number} {each.get_outcome_display()}" if each.recommendation_number
            else f"“{each.title}” {each.get_outcome_display()}"
            for each in shown
        )  # fmt: skip
        said = f"Recommendations: {said}." if said else ""
    return " ".join(part for part in (said, hidden) if part)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

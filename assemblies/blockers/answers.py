"""Whether the board with which a blocker waits has dealt with it, as far as a person may know: it decided on the topic, somebody
wrote down what it said, or the topic was closed. Read each time, and never copied. What is closed to the public is not told here:
those who may read it find it with the topic."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from assemblies.closures.models import is_closed
from assemblies.decisions.models import Decision
from assemblies.decisions.models.decision import closed_to_the_public
from assemblies.forward_plan.models import PlannedItem


class Known(NamedTuple):
    """The decisions, and the items of forward plans, that a person may see and that are not closed to the public."""

    decisions: QuerySet[Decision]
    items: QuerySet[PlannedItem]

    def has_answered(self) -> Q:
        """The condition on a blocker that its board has dealt with it since it was escalated."""
        here, since = {"topic": OuterRef("topic"), "board": OuterRef("board")}, OuterRef("escalated_at")
        said = self.items.exclude(result="").filter(**here, meeting__ends_at__gte=since)
        return (
            Exists(self.decisions.filter(**here, recorded_at__gte=since))
            | Exists(said)
            | Q(topic__closed_at__isnull=False)
        )


def known_to(user) -> Known:
    decisions = Decision.objects.visible_to(user).exclude(closed_to_the_public())
    return Known(decisions, PlannedItem.objects.visible_to(user).live().exclude(is_closed()))

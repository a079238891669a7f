"""What was decided at a meeting and who does what by when, in a short list: from the registers, as one person may read them."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from assemblies.decisions.models import Decision
from assemblies.decisions.seen_decisions import SeenDecision, seen
from assemblies.follow_up.models import FollowUp
from assemblies.minutes.models import Minutes


@dataclass(frozen=True)
class KeyPoints:
    decisions: list[SeenDecision]
    actions: list[FollowUp]

    @property
    def anything(self) -> bool:
        return bool(self.decisions or self.actions)


def points_of(minutes: Minutes, user) -> KeyPoints:
    """Decisions as they stand now, and actions; `user` None: as everybody reads them. What is closed to the person is left out.

    Two queries, and some more where any is closed.
    """
    who = user or AnonymousUser()
    about = {"meeting": minutes.meeting_id, "board": minutes.board_id}
    decisions = Decision.objects.visible_to(who).readable_by(who).filter(**about).standing()
    actions = FollowUp.objects.visible_to(who).filter(**about).exclude(state=FollowUp.State.DROPPED)
    return KeyPoints(
        seen(decisions.listed().order_by("item__position", "recommendation_number", "pk"), who),
        list(actions.order_by("due_on", "pk")),
    )

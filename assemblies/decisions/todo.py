"""What asks something of who looks after a decision: the ground on which it is closed, and to look at that again."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assemblies.closures.models import Closure
from assemblies.decisions.models import Decision
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    """For staff, who chairs the board, and the officer who took it. Most days have none: then nothing more is asked."""
    today = timezone.localdate()
    waiting = cached_until_changed(("closed decisions", today), lambda: _waiting(today))
    if not waiting:
        return
    chaired = {board.pk for board in boards_chaired_by(user, today)}
    own = [
        each.pk for each in waiting if is_partnership_staff(user) or each.officer == user.pk or each.board in chaired
    ]
    if not own:
        return
    theirs = Decision.objects.filter(pk__in=own, closure__appendices=None)
    lacking = theirs.filter(closure__recorded_at__isnull=True)
    yield todo.kind(say_ground, lacking, "pk", "title", "decided_on")
    again = theirs.filter(closure__recorded_at__isnull=False)
    yield todo.kind(look_again, again, "pk", "title", due_on="closure__review_on")


def say_ground(row) -> Todo:
    return Todo(
        title=f"Say why “{row.title}” is closed to the public",
        why=f"Decision {row.pk} is closed, and the public reads no ground yet.",
        url=reverse("decision_ground", args=[row.pk]),
        due=row.decided_on,
    )


def look_again(row) -> Todo:
    return Todo(
        title=f"Look again at “{row.title}”, which is closed to the public",
        why="The day for that has come. Make it public, or say why and until when it stays closed.",
        url=reverse("decision_review", args=[row.pk]),
        due=row.due_on,
    )


class Waiting(NamedTuple):
    """A decision that asks something of somebody, who took it and which board: their ids."""

    pk: int
    officer: int | None
    board: int | None


def _waiting(today) -> list[Waiting]:
    """Closed decisions, of closures that nothing else has: without a ground, or to be looked at again. Whether an appendix has
    the closure is asked each time: a change to appendices does not renew the stamp."""
    alone = Closure.objects.in_force().filter(planned_items=None, agenda_items=None, documents=None)
    wanted = alone.filter(Q(recorded_at=None) | Q(review_on__lte=today))
    found = Decision.objects.standing().filter(closure__in=wanted).values_list("pk", "officer", "board")
    return [Waiting(*each) for each in found]

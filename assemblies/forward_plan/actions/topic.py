"""A topic on a board's forward plan: added, changed, parked until somebody places it, closed."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.forward_plan.models import Topic
from partnership import audit
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.boards.models import Board
from partnership.refusals import Refusal


@transaction.atomic
def add(
    *, board: Board, by, title: str, about: str = "", source: str = "", parked_because: str = "",
    illustrative: bool = False, now: datetime | None = None,
) -> Topic:  # fmt: skip
    """Puts a topic on the board's plan, parked until it is planned for a meeting. Submitted twice it is one topic.

    Raises Refusal where the plan holds an open topic of that title already.
    """
    lock_plan(board)
    facts = {"title": title, "about": about, "source": source, "parked_because": parked_because}
    same = board.topics.filter(closed_at__isnull=True, title__iexact=title).first()
    if same and same.created_by == by and all(getattr(same, name) == value for name, value in facts.items()):
        return same
    _refuse_twice(board, title)
    topic = Topic.objects.create(
        board=board, created_by=by, parked_at=now or timezone.now(), illustrative=illustrative, **facts
    )
    audit.record(by=by, verb="topic.added", subject=topic, board=str(board))
    return topic


@transaction.atomic
def change(*, topic: Topic, by, revision: int | None = None, **facts: str) -> Topic:
    """Changes title, words and source; returns the topic. Where nothing changes there is no new revision.

    Raises Stale when somebody else changed it since `revision`, and Refusal where its new title is on the plan already.
    """
    locked = lock(topic)
    changed = sorted(name for name, value in facts.items() if getattr(locked, name) != value)
    if not changed:
        return locked
    refuse_if_stale(locked, revision, facts)
    if "title" in changed:
        _refuse_twice(locked.board, facts["title"], but=locked)
    for name, value in facts.items():
        setattr(locked, name, value)
    _save(locked, by, "topic.changed", changed)
    return locked


@transaction.atomic
def park(*, topic: Topic, by, reason: str, now: datetime | None = None) -> Topic:
    """Parks a topic that no meeting is to take up: it waits on the plan, with what it waits for.

    Raises Refusal for one that a meeting to come has on its plan.
    """
    locked = lock(topic)
    ahead = locked.items.ahead(now or timezone.now()).select_related("board").first()
    if ahead:
        raise Refusal(
            f"The {ahead.board} is still to take it up. Move that item back to the plan or take it off, then park it."
        )
    if locked.parked_at and not locked.closed_at and locked.parked_because == reason:
        return locked
    locked.parked_at, locked.parked_because = locked.parked_at or now or timezone.now(), reason
    locked.closed_at, locked.closed_because = None, ""
    _save(locked, by, "topic.parked", ["parked_at", "parked_because"])
    return locked


@transaction.atomic
def close(*, topic: Topic, by, reason: str, now: datetime | None = None) -> Topic:
    """Closes a topic that nobody takes up any more, and says why. Its route and history stay."""
    locked = lock(topic)
    if locked.closed_at:
        return locked
    if not reason.strip():
        raise Refusal("Say why nobody takes it up any more.", "reason")
    ahead = locked.items.ahead(now or timezone.now()).select_related("board").first()
    if ahead:
        raise Refusal(f"The {ahead.board} is still to take it up. Take that item off its plan first.")
    locked.parked_at, locked.closed_at, locked.closed_because = None, now or timezone.now(), reason.strip()
    _save(locked, by, "topic.closed", ["closed_at", "closed_because"])
    return locked


def lock(topic: Topic) -> Topic:
    """The topic, locked until the transaction ends: what is planned for it waits here."""
    return Topic.objects.select_for_update(no_key=True, of=("self",)).select_related("board").get(pk=topic.pk)


def lock_plan(board: Board) -> None:
    """Two people who add to one board's plan do so one after the other."""
    Board.objects.select_for_update(no_key=True).get(pk=board.pk)


def _refuse_twice(board: Board, title: str, but: Topic | None = None) -> None:
    same = board.topics.filter(closed_at__isnull=True, title__iexact=title)
    if same.exclude(pk=but.pk if but else None).exists():
        raise Refusal("This topic is on the plan already. Plan that one, or give this one another title.", "title")


def _save(topic: Topic, by, verb: str, fields: list[str]) -> None:
    topic.revision += 1
    topic.save()
    audit.record(by=by, verb=verb, subject=topic, revision=topic.revision, fields=fields)

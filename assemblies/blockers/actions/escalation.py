"""A blocker goes to a board, on whose forward plan it stands from then on, and comes back from it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.blockers import emails
from assemblies.blockers.actions.blocker import WITH_NO_BOARD
from assemblies.blockers.actions.steps import (
    Kind,
    State,
    lock,
    owned_by,
    refuse_ended,
    refuse_owner,
    refuse_reason,
    refuse_words,
    said_already,
    stepped,
)
from assemblies.blockers.models import Blocker
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import Topic
from partnership import dates, states
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.text import one_line, paragraphs

SOURCE = "A blocker that partners escalated"  # not which: everybody reads it once the topic is planned in public


@transaction.atomic
def escalate(*, blocker: Blocker, by, board: Board, title: str, words: str, now: datetime | None = None) -> Blocker:
    """Puts it on the forward plan of a board, under `title` and with `words`, what the board is asked; both may become public.
    Its chair is told. Returns the blocker; sent twice it is one step.

    Where nobody owns it, whoever escalates it does from now on: what a board takes up has somebody who answers for it. A topic
    that the board took up for it before is parked again. Raises Refusal where a board has it already, for a board that has
    ended, and for a title that is on that plan already.
    """
    now, row = now or timezone.now(), lock(blocker)
    title, words = one_line(title), paragraphs(words)
    if row.board_id == board.pk and said_already(row, Kind.ESCALATED, by, words):
        return row
    refuse_ended(row)
    _refuse_twice(row)
    _refuse_board(board, now)
    refuse_words(title, "Enter the title under which it goes on the plan", "title", 200)
    refuse_reason(words, "Say in a sentence what the board is asked")
    topic = _on_the_plan(row, board, by=by, title=title, words=words, now=now)
    facts = {"escalated_at": now, "board": board, "topic": topic}
    new_owner = by if row.owner is None else None
    if new_owner:
        refuse_owner(new_owner, now)
        facts |= owned_by(new_owner, now)
    states.move(row, State.ESCALATED, **facts)
    step = stepped(
        row, Kind.ESCALATED, by=by, now=now, changed=[*facts, "state"], words=words, board=row.board, topic=row.topic,
        new_owner=new_owner,
    )  # fmt: skip
    chairs = board.chairs_on(timezone.localdate(now))
    emails.escalated(step, to=chairs)
    emails.news(step, to=[row.raised_by, row.owner], but=chairs)
    return row


@transaction.atomic
def bring_back(*, blocker: Blocker, by, words: str, now: datetime | None = None) -> Blocker:
    """The board has had it, and this is what follows; its owner goes on. Returns it; sent twice it is one step. Raises Refusal
    where no board has it, and without words."""
    now, row, words = now or timezone.now(), lock(blocker), paragraphs(words)
    if said_already(row, Kind.RETURNED, by, words):
        return row
    refuse_ended(row)
    if not row.is_escalated:
        raise Refusal("No board has it now, so it cannot come back from one. Add what you typed as a note.")
    refuse_reason(words, "Say in a sentence what the board said, and what follows")
    board, topic = row.board, row.topic
    states.move(row, State.OWNED, **WITH_NO_BOARD)
    step = stepped(
        row, Kind.RETURNED, by=by, now=now, changed=[*WITH_NO_BOARD, "state"], words=words, board=board, topic=topic
    )
    emails.news(step, to=[row.raised_by, row.owner])
    return row


def _on_the_plan(row: Blocker, board: Board, *, by, title: str, words: str, now: datetime) -> Topic:
    """The topic on the board's plan: the one that it took up for this blocker before, parked again, or a new one."""
    topics.lock_plan(board)
    waits = f"{row} was escalated to this board. Plan it for a meeting, or close it and say why."
    before = Topic.objects.filter(pk__in=row.steps.filter(board=board).values("topic"))
    same = board.topics.filter(closed_at__isnull=True, title__iexact=title).first()
    if same is not None and before.filter(pk=same.pk).exists():
        if not same.items.ahead(now).exists():
            topics.park(topic=same, by=by, reason=waits, now=now)
        return same
    if same is not None and Topic.objects.visible_to(by).filter(pk=same.pk).exists():
        raise Refusal(
            f"“{same.title}” is on the forward plan of the {board} already. Read it there, or give this one another title",
            "title",
        )
    if same is not None:  # that the board has such a topic is not for this person to learn
        title = f"{title[:180]} (blocker {row.pk})"
    return topics.add(
        board=board, by=by, title=title, about=words, source=SOURCE, parked_because=waits, illustrative=row.illustrative,
        now=now,
    )  # fmt: skip


def _refuse_twice(row: Blocker) -> None:
    if row.is_escalated:
        raise Refusal(
            f"It waits with the {row.board} already, since {dates.day(row.escalated_at)}. Once it has come back it can "
            "go to a board again. What you typed is still here."
        )


def _refuse_board(board: Board, now: datetime) -> None:
    today = timezone.localdate(now)
    standing = Board.objects.not_ended(today).filter(pk=board.pk)
    if not standing.exists():
        raise Refusal(f"The {board} meets no more. Choose a board that does", "board")

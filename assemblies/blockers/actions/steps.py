"""What every step of a blocker does: lock it, check the words, write the step and the audit log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from assemblies.blockers.models import Blocker, BlockerStep, who_may_own
from partnership import audit, dates
from partnership.accounts.models import User
from partnership.refusals import Refusal
from partnership.text import is_a_reason

LONGEST = 2000  # characters of what is blocked, and of what is said about it
Kind, State = BlockerStep.Kind, Blocker.State


def lock(blocker: Blocker) -> Blocker:
    """The blocker as it stands, locked until the transaction ends. What it is joined with is read once it is locked: a row that
    was waited for keeps the join of before."""
    Blocker.objects.select_for_update().get(pk=blocker.pk)
    return Blocker.objects.with_facts().get(pk=blocker.pk)


def stepped(row: Blocker, kind: str, *, by, now: datetime, changed: Iterable[str] = (), **of_step: Any) -> BlockerStep:
    """Writes that it happened, once the row says so: the step, and which facts of the row `changed` with it."""
    made = BlockerStep.objects.create(blocker=row, kind=kind, by=by, at=now, **of_step)
    row.revision, row.moved_at, row.reminded = row.revision + 1, now, ""
    row.save(update_fields=["revision", "moved_at", "reminded"])
    audit.record(by=by, verb=f"blocker.{kind}", subject=row, revision=row.revision, fields=sorted(changed))
    return made


def said_already(row: Blocker, kind: str, by, words: str) -> bool:
    """Whether the same person did just that in the same words last: they sent it twice."""
    last = row.steps.exclude(kind=Kind.NOTED).order_by("pk").last()
    return last is not None and (last.kind, last.words, last.by_id) == (kind, words, by.pk)


def refuse_ended(row: Blocker) -> None:
    if row.is_open:
        return
    last = row.steps.filter(kind__in=[Kind.RESOLVED, Kind.WITHDRAWN]).select_related("by").order_by("pk").last()
    who, on = (str(last.by), f" on {dates.day(last.at)}") if last else ("Someone", "")
    raise Refusal(f"This is {row.get_state_display()} already: {who} said so{on}. What you typed is still here.")


def owned_by(person: User, now: datetime) -> dict[str, Any]:
    """The facts of a blocker that the person owns from now on."""
    return {"owner": person, "owner_name": str(person)[:200], "owner_since": timezone.localdate(now)}


def may_own(person: User, now: datetime) -> bool:
    """Whether the person takes part, so that they may own a blocker."""
    return who_may_own(timezone.localdate(now)).filter(pk=person.pk).exists()


def refuse_owner(owner: User | None, now: datetime) -> None:
    if owner is None:
        raise Refusal("Say who is to take it on", "to")
    if not may_own(owner, now):
        raise Refusal(
            f"{owner} cannot take it on: choose an accepted member of a partner, somebody who sits on a board, or staff",
            "to",
        )


def refuse_words(words: str, message: str, field: str, longest: int = LONGEST) -> None:
    if not words:
        raise Refusal(message, field)
    if len(words) > longest:
        raise Refusal(f"Write it in at most {longest:,} characters", field)


def refuse_reason(words: str, message: str, field: str = "words") -> None:
    refuse_words(words, message, field)
    if not is_a_reason(words):
        raise Refusal(message, field)

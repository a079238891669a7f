"""What a board is for is written down, version by version. Nothing is edited: the next version follows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from assemblies.decisions.models import Decision
from assemblies.purpose.actions import purpose_round
from assemblies.purpose.models import PurposeLine, PurposeVersion, Round
from partnership import audit, dates
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.text import is_a_reason

MOST_LINES, LONGEST_LINE = 30, 300
NOT_DECIDED = (Decision.Outcome.DEFERRED, Decision.Outcome.NOT_AGREED)


class Line(NamedTuple):
    """A line as somebody writes it, and which line of the version before it continues."""

    text: str
    continues: PurposeLine | None = None


@transaction.atomic
def enter_first(
    *, board: Board, by, opening: str, lines: Sequence[str], in_force_from: date, source: str = "", source_url: str = "",
    illustrative: bool = False, key: UUID | None = None, now: datetime | None = None,
) -> PurposeVersion:  # fmt: skip
    """Writes down the purpose that the board has; returns it. Sent twice with one key it is one.

    Raises Refusal where the board has a purpose already, for a day to come, and without a line.
    """
    now, key = now or timezone.now(), key or uuid4()
    locked = Board.objects.select_for_update(no_key=True).get(pk=board.pk)
    if known := PurposeVersion.objects.filter(key=key, board=locked).first():
        return known
    if there := locked.purpose_versions.first():
        raise Refusal(
            f"The purpose of this board is there already: {there.made_by} entered it. Write the next version."
        )
    facts = {"source": source.strip(), "source_url": source_url, "illustrative": illustrative}
    version = PurposeVersion(board=locked, number=1, in_force_from=in_force_from, key=key, **facts)
    return _add(version, opening, [Line(line) for line in lines], by, now)


@transaction.atomic
def write_next(
    *, board: Board, by, opening: str, lines: Sequence[Line], seen: int, decision: Decision | None = None,
    because: str = "", in_force_from: date | None = None, illustrative: bool = False, key: UUID | None = None,
    read: int | None = None, now: datetime | None = None,
) -> PurposeVersion:  # fmt: skip
    """Writes the version that follows `seen`, also where nothing changes: then it is reaffirmed. Returns it; sent twice with one
    key it is one. It is in force from the day of its decision, else from the given day, or today. `read` is the number of the
    round whose result the writer had before them, 0 for none; None asks nothing.

    Raises Refusal while members are asked about the purpose; where somebody wrote the next version, or members answered,
    meanwhile; where there is neither a decision after a round that was answered, nor a reason; for a decision of another board,
    or of before the round.
    """
    now, key = now or timezone.now(), key or uuid4()
    before = purpose_round.hold(board)
    if known := PurposeVersion.objects.filter(key=key, board=before.board).first():
        return known
    purpose_round.close_due_of(board, now)
    if open_round := Round.objects.open().filter(board=board).select_related("call__meeting").first():
        until = dates.moment(open_round.call.closes)
        raise Refusal(f"The purpose is being reaffirmed until {until}. Write the next version after that.")
    if before.number != seen:
        raise Refusal(
            f"{before.made_by} has just written version {before.number}. Read it, then write yours from there."
        )
    follows = Round.objects.unfollowed().filter(board=board, answered__gt=0).select_related("call").first()
    if read is not None and read != (follows.pk if follows else 0):
        raise Refusal("Members were asked meanwhile whether each line stands. Read what they said, then send yours.")
    if decision and decision not in decisions_since(board, before, follows):
        raise Refusal("Choose a decision of this board, taken since its members were asked.", "decision")
    if not (follows and decision) and not is_a_reason(because):
        missing = (
            "which decision agreed it, or why there is none" if follows else "why it changes without asking members"
        )
        raise Refusal(f"Say {missing}: everybody reads that.", "because")
    day = decision.decided_on if decision else in_force_from or timezone.localdate(now)
    if day < before.in_force_from:
        since = dates.day(before.in_force_from)
        raise Refusal(f"The version before is in force from {since}. Choose that day or a later one.", "in_force_from")
    own = {line.pk for line in before.lines.all()}
    if any(line.continues and line.continues.pk not in own for line in lines):
        raise Refusal("A line continues one of another version. Open the page again.")
    version = PurposeVersion(
        board=before.board, number=before.number + 1, in_force_from=day, follows=follows, decision=decision,
        because=because.strip(), illustrative=illustrative, key=key,
    )  # fmt: skip
    return _add(version, opening, lines, by, now)


def decisions_since(board: Board, version: PurposeVersion, follows: Round | None):
    """The decisions of the board that can have agreed the next version: since its members were asked, or since the version was
    in force. None that is closed to the public, as a purpose is not."""
    since = timezone.localdate(follows.call.opened_at) if follows else version.in_force_from
    rows = Decision.objects.standing().filter(board=board, decided_on__gte=since)
    return rows.exclude(pk__in=Decision.objects.closed().values("pk")).exclude(outcome__in=NOT_DECIDED)


def _add(version: PurposeVersion, opening: str, lines: Sequence[Line], by, now: datetime) -> PurposeVersion:
    if version.in_force_from > timezone.localdate(now):
        raise Refusal("Choose a day that is not in the future.", "in_force_from")
    version.opening = opening.strip()
    if not version.opening:
        raise Refusal("Enter the sentence before the lines.", "opening")
    written = [line._replace(text=" ".join(line.text.split())) for line in lines if line.text.strip()]
    if not written:
        raise Refusal("Enter at least one line.", "lines")
    if len(written) > MOST_LINES:
        raise Refusal(f"Enter at most {MOST_LINES} lines.", "lines")
    if any(len(line.text) > LONGEST_LINE for line in written):
        raise Refusal(f"A line has at most {LONGEST_LINE} characters.", "lines")
    texts = [line.text.casefold() for line in written]
    if len(set(texts)) < len(texts):
        raise Refusal("A line stands here twice. Delete one of them.", "lines")
    version.made_by, version.made_at = by, now
    version.save()
    PurposeLine.objects.bulk_create(
        PurposeLine(version=version, position=position, text=line.text, continues=line.continues)
        for position, line in enumerate(written, start=1)
    )
    audit.record(by=by, verb="purpose.written", subject=version, board=str(version.board), lines=len(written))
    return version

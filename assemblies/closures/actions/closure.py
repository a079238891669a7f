"""Why something is closed to the public: said, copied, put on record, and released. What has a closure is for the caller."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from assemblies.closures.models import Closure, ClosureGround
from assemblies.closures.models.closure import GROUND_FACTS
from partnership import audit
from partnership.boards.grounds import GROUNDS, what_is_wrong
from partnership.boards.models import Board
from partnership.refusals import Refusal


@dataclass(frozen=True)
class SaidOfBoard:
    """The ground of one board, as somebody gave it."""

    board: Board
    ground: str
    reason: str = ""
    interest_for: str = ""
    interest_against: str = ""
    must_be_registered: bool | None = None

    def facts(self) -> dict:
        """Its words, as `ClosureGround` keeps them."""
        words = {name: getattr(self, name) for name in GROUND_FACTS}
        return words | {"board": self.board, "classification": GROUNDS[self.ground].classification}


@dataclass(frozen=True)
class Said:
    """Why something is to be closed, as somebody gave it: a ground of each board, and when it is looked at again."""

    grounds: tuple[SaidOfBoard, ...]
    public_title: str = ""
    review_on: date | None = None

    def what_is_wrong(self, boards: Iterable[Board]) -> list[tuple[Board, str, str]]:
        """What has to be put right before these boards take it in private: of which board, at which question, in words."""
        given = {each.board: each for each in self.grounds}
        found = []
        for board in boards:
            said = given.get(board) or SaidOfBoard(board, "")
            wrong = what_is_wrong(
                board.regime, said.ground, reason=said.reason, interest_for=said.interest_for,
                interest_against=said.interest_against, must_be_registered=said.must_be_registered,
                has_review_day=self.review_on is not None,
            )  # fmt: skip
            found += [(board, name, words) for name, words in wrong.items()]
        return found


def fingerprint(closure: Closure | None) -> str:
    """Stands for the class as a page shows it, so that nobody changes what somebody else has just changed."""
    facts = (closure.pk, closure.facts(), closure.released_at) if closure else None
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


@transaction.atomic
def write(*, closure: Closure | None, by, said: Said, boards: Collection[Board]) -> Closure:
    """Returns the closure that says this: the given one, changed, or, where that is on record or none is given, a new one.

    Each of the boards needs a ground of its own. Where nothing changes it is the given one. Raises Refusal, in words, for a
    ground that a board does not have, and for what is missing; it names the question of the first that is wrong.
    """
    for board, name, words in said.what_is_wrong(boards):
        raise Refusal(words, name if name == "review_on" else f"{name}_{board.pk}")
    locked = Closure.objects.select_for_update(no_key=True).get(pk=closure.pk) if closure else None
    if locked and locked.in_force and locked.facts() == _facts(said):
        return locked
    if locked is None or locked.recorded_at or not locked.in_force:
        locked = Closure(replaces=locked if locked and locked.in_force else None, made_by=by)
    locked.public_title, locked.review_on = said.public_title, said.review_on
    locked.save()
    locked.grounds.all().delete()
    ClosureGround.objects.bulk_create(ClosureGround(closure=locked, **each.facts()) for each in said.grounds)
    return locked


def begin(*, by) -> Closure:
    """A closure whose grounds are still to be given: what has it is closed at once, and cannot be published without them."""
    return Closure.objects.create(made_by=by)


def copy(*, closure: Closure, by, board: Board) -> Closure:
    """A closure of the same words for a copy of what it closes; without the ground, where another board takes that up."""
    made = Closure.objects.create(public_title=closure.public_title, review_on=closure.review_on, made_by=by)
    for ground in closure.grounds.filter(board=board):
        ground.pk, ground.closure = None, made
        ground.save(force_insert=True)
    return made


def record(closures: Iterable[int | None], now: datetime | None = None) -> None:
    """Puts closures, by their numbers, on record: something that is signed or published has them from now on."""
    Closure.objects.filter(pk__in=[pk for pk in closures if pk], recorded_at=None).update(
        recorded_at=now or timezone.now()
    )


@transaction.atomic
def release(*, closure: Closure, by, note: str, now: datetime | None = None) -> list[Closure]:
    """Opens all that it closes, and all that what it replaced, or was replaced by, closes; returns what was released.

    The caller has checked that `by` may. Released twice, the second time nothing happens. Raises Refusal without a note.
    """
    if not note.strip():
        raise Refusal("Say why it can be public now", "note")
    now, found = now or timezone.now(), []
    for row in Closure.objects.select_for_update(no_key=True).filter(pk__in=_kin(closure)).order_by("pk"):
        if row.in_force:
            row.released_at, row.released_by, row.release_note = now, by, note.strip()
            row.save(update_fields=["released_at", "released_by", "release_note"])
            audit.record(by=by, verb="closure.released", subject=row, reason=row.release_note)
            found.append(row)
    return found


@transaction.atomic
def keep_closed(*, closure: Closure, by, until: date, why: str, today: date | None = None) -> Closure:
    """Says that somebody has looked at it again, and that it stays closed until another day; returns it.

    The caller has checked that `by` may. Raises Refusal for a day that is not ahead, without a reason, and once it is released.
    """
    locked = Closure.objects.select_for_update(no_key=True).get(pk=closure.pk)
    if not locked.in_force:
        raise Refusal("It is public already.")
    if until <= (today or timezone.localdate()):
        raise Refusal("Enter a day that is still to come", "review_on")
    if not why.strip():
        raise Refusal("Say why it stays closed", "why")
    if locked.review_on != until:
        was, locked.review_on = locked.review_on, until
        locked.save(update_fields=["review_on"])
        audit.record(by=by, verb="closure.kept", subject=locked, was=was, review_on=until, reason=why.strip())
    return locked


def _facts(said: Said) -> dict:
    """As `Closure.facts`, of what is not saved yet."""
    return {
        "public_title": said.public_title,
        "review_on": said.review_on.isoformat() if said.review_on else "",
        "grounds": [
            {"board": each.board.pk} | {name: getattr(each, name) for name in GROUND_FACTS} for each in said.grounds
        ],
    }


def _kin(closure: Closure) -> set[int]:
    """The numbers of the closure, of those it replaced, and of those that replaced any of them."""
    found, newest = {closure.pk}, closure
    while newest.replaces:
        newest = newest.replaces
        found.add(newest.pk)
    while later := set(Closure.objects.filter(replaces__in=found).values_list("pk", flat=True)) - found:
        found |= later
    return found

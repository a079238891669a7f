"""Made-up decisions for the measurements: 20,000 of them, a hundred times what a partnership of this size has in a year.

Written in bulk, past the actions, as `bench_data` is.
"""

from datetime import datetime, timedelta

from assemblies.closures.models import Closure, ClosureGround
from assemblies.decisions.models import Decision
from partnership.accounts.models import User
from partnership.boards.grounds import Classification
from partnership.boards.models import Board
from places.footprint.models import Place

DECISIONS = 20_000
WORDS = ["winter", "carers", "rooms", "beds", "transport", "falls", "dentists", "schools", "housing", "pharmacies"]
OUTCOMES = [Decision.Outcome.AGREED] * 6 + [Decision.Outcome.AMENDED, Decision.Outcome.DEFERRED, Decision.Outcome.NOTED]
CLOSED_ONE_IN = 50


def make(places: list[Place], staff: User, now: datetime, scale: int) -> None:
    """Creates them, or the `scale`th part, on the boards of the directory."""
    boards = list(Board.objects.filter(slug__startswith="bench-group-").order_by("pk"))
    number = DECISIONS // scale
    closures = Closure.objects.bulk_create(
        Closure(public_title="A contract", made_by=staff) for _ in range(number // CLOSED_ONE_IN)
    )
    ClosureGround.objects.bulk_create(
        ClosureGround(
            closure=closure, board=boards[0], classification=Classification.PRIVATE, ground="own", reason="Made up."
        )
        for closure in closures
    )
    Closure.objects.filter(pk__in=[each.pk for each in closures]).update(recorded_at=now)
    found = Decision.objects.bulk_create(
        (_decision(n, boards, closures, staff, now) for n in range(number)), batch_size=1000
    )
    of_place = Decision.places.through
    of_place.objects.bulk_create(
        (of_place(decision_id=each.pk, place_id=places[n % len(places)].pk) for n, each in enumerate(found)),
        batch_size=5000,
    )


def _decision(number: int, boards: list[Board], closures: list[Closure], staff: User, now: datetime) -> Decision:
    about, beside = WORDS[number % 10], WORDS[number // 10 % 10]
    is_closed = number % CLOSED_ONE_IN == 0 and number // CLOSED_ONE_IN < len(closures)
    return Decision(
        kind=Decision.Kind.BOARD,
        board=boards[number % len(boards)],
        title=f"Bench decision {number} about {about}",
        recommendation=f"Agree what is planned for {about}. " * 5,
        text=f"What is planned for {about} and {beside} in street {number % 997} goes ahead. " * 5,
        outcome=OUTCOMES[number % len(OUTCOMES)],
        reasons="Made-up words for a measurement. " * 10,
        alternatives="Made-up words for a measurement. " * 5,
        decided_on=now.date() - timedelta(days=number // 8),
        closure=closures[number // CLOSED_ONE_IN] if is_closed else None,
        recorded_at=now,
        recorded_by=staff,
    )

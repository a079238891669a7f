"""The record of a meeting in the hands of one person, for tests."""

from uuid import uuid4

from assemblies.sittings.actions import entry as entries


class Book:
    """The record in the hands of one person."""

    def __init__(self, sitting, by) -> None:
        self.sitting, self.by = sitting, by
        self.items = list(sitting.meeting.agenda_versions.first().items.order_by("position"))
        self.seats = list(sitting.meeting.board.seats.all())

    def enter(self, kind, item=None, /, *, seat=None, board=None, key=None, by=None, said_at=None, now=None, **facts):
        return entries.enter(
            sitting=self.sitting, by=by or self.by, kind=kind, key=key or uuid4(), item=self.items[item - 1] if item else None,
            seat=seat, board=board or self.sitting.meeting.board, facts=facts, said_at=said_at, now=now,
        )  # fmt: skip

    def all_here(self):
        for seat in self.seats:
            self.enter("attendance", seat=seat, status="room", name=f"Holder of {seat.title}", sits="holder")

    def agree(self, item=1, **facts):
        given = {"recommendation": 0, "outcome": "agreed", "text": "", "votes": {}, "mover": None, "seconder": None}
        return self.enter("outcome", item, **given | facts)

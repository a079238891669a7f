"""A meeting of a board of three that was recorded and has ended."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from assemblies.sittings.actions import entry as entries
from assemblies.sittings.actions import sitting as sittings
from tests import factories as make

SECRET = "Zanzibar"  # stands in what is closed to the public, and nowhere else


class Held:
    """The record in the hands of the chair: enter what happened, then `end` it."""

    def __init__(self, **facts) -> None:
        facts = {
            "starts_at": timezone.now() - timedelta(hours=2),
            "ends_at": timezone.now() - timedelta(minutes=5),
        } | facts
        self.meeting = make.MeetingUnderWayFactory(board__quorum_number=2, **facts)
        self.board = self.meeting.board
        self.chair = make.ChairFactory(seat__board=self.board).holder
        self.members = [make.AppointmentFactory(seat__board=self.board).holder for _ in range(2)]
        version = make.AgendaVersionFactory(meeting=self.meeting)
        titles = [("The plan", "decision"), ("News", "information"), (f"The {SECRET} contract", "decision")]
        self.items = [
            make.AgendaItemFactory(version=version, position=place, title=title, purpose=purpose)
            for place, (title, purpose) in enumerate(titles, start=1)
        ]
        self.seats = list(self.board.seats.order_by("pk"))
        self.sitting = None

    def close(self, place: int = 3):
        """Closes an item to the public, under a title that can be public."""
        ground = make.ClosureGroundFactory(board=self.board, closure__public_title="A contract")
        item = self.items[place - 1]
        item.closure = ground.closure
        item.save(update_fields=["closure"])
        return ground.closure

    def start(self):
        self.sitting = sittings.start(meeting=self.meeting, by=self.chair)
        return self

    def enter(self, kind, place=None, /, *, seat=None, board=None, **facts):
        return entries.enter(
            sitting=self.sitting, by=self.chair, kind=kind, key=uuid4(), item=self.items[place - 1] if place else None,
            seat=seat, board=board or self.board, facts=facts,
        )  # fmt: skip

    def seat_of(self, person):
        return next(seat for seat in self.seats if seat.appointments.filter(holder=person).exists())

    def here(self, *people, place=None):
        for person in people:
            self.enter("attendance", place, seat=self.seat_of(person), status="room", name=person.name, sits="holder")

    def apologies(self, person, place=None):
        self.enter("attendance", place, seat=self.seat_of(person), status="apologies", name=person.name, sits="holder")

    def agree(self, place, **facts):
        given = {"recommendation": 0, "outcome": "agreed", "text": "", "votes": {}, "mover": None, "seconder": None}
        return self.enter("outcome", place, **given | facts)

    def take(self, *places):
        for place in places:
            self.enter("done", place, how="taken", because="")

    def end(self):
        sittings.end(sitting=self.sitting, by=self.chair)
        return self


def ended(**facts) -> Held:
    """Everybody is there; the plan is agreed, and nothing is closed."""
    held = Held(**facts).start()
    held.here(held.chair, *held.members)
    held.enter("note", 1, text="Residents asked for a plain summary.")
    held.agree(1)
    held.agree(3)
    held.take(2)
    return held.end()


def ended_with_a_closed_item() -> Held:
    """The same; the third item is closed to the public and taken in private."""
    held = Held()
    held.close()
    held.start()
    held.here(held.chair, *held.members)
    held.enter("session", 3, private=True)
    held.enter("note", 3, text=f"{SECRET} asks too much.")
    held.agree(1)
    held.agree(3, outcome="amended", text=f"{SECRET} gets the contract.")
    held.take(2)
    return held.end()

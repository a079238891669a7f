from datetime import date, timedelta

import factory
from django.utils import timezone

from partnership.boards.models import Appointment, Board, InductionItem, InductionStep, JargonTerm, Seat, TermsVersion
from tests.factories.accounts import UserFactory
from tests.factories.counters import CountingFactory


class BoardFactory(CountingFactory):
    class Meta:
        model = Board

    name = factory.Sequence(lambda n: f"Board {n}")
    slug = factory.Sequence(lambda n: f"board-{n}")
    kind = Board.Kind.EXECUTIVE
    regime = Board.Regime.OWN_TERMS
    starts_on = date(2013, 4, 1)


class ChairSeatFactory(CountingFactory):
    class Meta:
        model = Seat

    board = factory.SubFactory(BoardFactory)
    title = "Chair"
    is_chair = True


class ChairFactory(CountingFactory):
    """An appointment to a chair's seat: `ChairFactory(seat__board=board, holder=user)`."""

    class Meta:
        model = Appointment

    seat = factory.SubFactory(ChairSeatFactory)
    holder = factory.SubFactory(UserFactory)
    route = Appointment.Route.APPOINTED
    starts_on = date(2020, 1, 1)


class SeatFactory(CountingFactory):
    """A seat that is not the chair's, and speaks for everybody unless told otherwise."""

    class Meta:
        model = Seat

    board = factory.SubFactory(BoardFactory)
    title = factory.Sequence(lambda n: f"Seat {n}")


class AppointmentFactory(CountingFactory):
    """Somebody who holds a seat: `AppointmentFactory(seat=seat, holder=user)`."""

    class Meta:
        model = Appointment

    seat = factory.SubFactory(SeatFactory)
    holder = factory.SubFactory(UserFactory)
    route = Appointment.Route.ELECTED
    starts_on = date(2020, 1, 1)


class TermsVersionFactory(CountingFactory):
    class Meta:
        model = TermsVersion

    board = factory.SubFactory(BoardFactory)
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    text = "# What we are for"
    adopted_on = date(2020, 1, 1)
    added_by = factory.SubFactory(UserFactory)


class InductionStepFactory(CountingFactory):
    class Meta:
        model = InductionStep

    title = factory.Sequence(lambda n: f"Step {n}")


class InductionItemFactory(CountingFactory):
    """A step somebody has still to do: `InductionItemFactory(appointment__holder=user)`."""

    class Meta:
        model = InductionItem

    appointment = factory.SubFactory(ChairFactory)
    step = factory.SubFactory(InductionStepFactory)
    title = factory.SelfAttribute("step.title")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class JargonTermFactory(CountingFactory):
    class Meta:
        model = JargonTerm

    term = factory.Sequence(lambda n: f"Word {n}")
    meaning = "What it means."

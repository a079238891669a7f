from datetime import date

import factory
from django.utils import timezone

from assemblies.purpose.models import PurposeVersion, Round
from assemblies.voice.models import CallForViews
from tests.factories.accounts import UserFactory
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.voice import CallFactory


class PurposeVersionFactory(CountingFactory):
    """The first purpose of a board, of two lines: `PurposeVersionFactory(board=board, lines=["We share"])`."""

    class Meta:
        model = PurposeVersion
        skip_postgeneration_save = True

    board = factory.SubFactory(BoardFactory)
    number = 1
    opening = "We are here so that people live well."
    in_force_from = date(2020, 3, 18)
    because = factory.LazyAttribute(lambda version: "" if version.number == 1 else "Members asked for other words.")
    made_by = factory.SubFactory(UserFactory)
    made_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def lines(self, create, lines, **_):
        for position, text in enumerate(lines or ["We listen to people", "We share what we have"], start=1):
            self.lines.create(position=position, text=text)


class RoundFactory(CountingFactory):
    """An open round on a board's purpose: `RoundFactory(version=version, call__asked=[partner])`."""

    class Meta:
        model = Round
        skip_postgeneration_save = True

    version = factory.SubFactory(PurposeVersionFactory)
    board = factory.SelfAttribute("version.board")
    call = factory.SubFactory(
        CallFactory,
        kind=CallForViews.Kind.PURPOSE,
        meeting__board=factory.SelfAttribute("...version.board"),
        seat__is_chair=True,
    )

    @factory.post_generation
    def lines(self, create, extracted, **_):
        self.call.topics.all().delete()
        for line in self.version.lines.all():
            topic = self.call.topics.create(position=line.position, question=line.text)
            self.lines.create(line=line, topic=topic)


class ClosedRoundFactory(RoundFactory):
    """One whose result is there: one of two organisations answered."""

    closed_at = factory.LazyFunction(timezone.now)
    asked = 2
    answered = 1

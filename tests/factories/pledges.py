import factory
from django.utils import timezone

from assemblies.pledges.asked import review_day
from assemblies.pledges.models import Ask, AskStep, Pledge, PledgeStep, Shown
from assemblies.registrations.models import ExitAnswer, ExitQuestion
from tests.factories.counters import CountingFactory
from tests.factories.days import in_days
from tests.factories.meetings import MeetingFactory
from tests.factories.partners import PartnerFactory
from tests.factories.registrations import ExitQuestionFactory


class ExitAnswerFactory(CountingFactory):
    """An answer at an assembly ten days ago."""

    class Meta:
        model = ExitAnswer

    question = factory.SubFactory(
        ExitQuestionFactory,
        meeting=factory.SubFactory(MeetingFactory, starts_at=factory.LazyFunction(lambda: in_days(-10))),
    )
    text = factory.Sequence(lambda n: f"Open our hall on day {n}")


class PledgeFactory(CountingFactory):
    """A pledge whose owner showed nothing about themselves: `PledgeFactory(answer__place=place, email="ann@example.org")`."""

    class Meta:
        model = Pledge

    answer = factory.SubFactory(ExitAnswerFactory)
    email = factory.Sequence(lambda n: f"pledges{n}@example.org")
    review_on = factory.LazyAttribute(lambda row: review_day(row.answer.question.meeting))
    made_at = factory.LazyFunction(timezone.now)


class NamedPledgeFactory(PledgeFactory):
    """One whose owner agreed to be named."""

    shown_as = Shown.NAME
    name = "Ann Lee"
    of_partner = factory.SubFactory(PartnerFactory)
    organisation = factory.LazyAttribute(lambda row: row.of_partner.name)


class PledgeStepFactory(CountingFactory):
    class Meta:
        model = PledgeStep

    pledge = factory.SubFactory(PledgeFactory)
    said = Pledge.State.UNDER_WAY
    words = "Half way there"
    at = factory.LazyFunction(timezone.now)


class AskFactory(CountingFactory):
    """Something asked of a partner: `AskFactory(partner=partner)`."""

    class Meta:
        model = Ask

    answer = factory.SubFactory(
        ExitAnswerFactory, question__kind=ExitQuestion.Kind.NEED, text=factory.Sequence(lambda n: f"A van on day {n}")
    )
    partner = factory.SubFactory(PartnerFactory)
    state = Ask.State.ASKED
    email = factory.Sequence(lambda n: f"asks{n}@example.org")
    made_at = factory.LazyFunction(timezone.now)
    sent_at = factory.LazyAttribute(lambda row: row.made_at if row.partner else None)


class UnsentAskFactory(AskFactory):
    """One that names no partner."""

    partner = None
    state = Ask.State.UNSENT


class AskStepFactory(CountingFactory):
    class Meta:
        model = AskStep

    ask = factory.SubFactory(AskFactory, state=Ask.State.ACCEPTED)
    said = Ask.State.ACCEPTED
    at = factory.LazyFunction(timezone.now)

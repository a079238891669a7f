from datetime import timedelta

import factory
from django.utils import timezone

from partnership.interests.interest_kinds import Code, Kind
from partnership.interests.models import Interest, InterestsReturn
from tests.factories.accounts import UserFactory
from tests.factories.counters import CountingFactory


class InterestFactory(CountingFactory):
    """An interest that somebody declared: `InterestFactory(person=user)`."""

    class Meta:
        model = Interest

    person = factory.SubFactory(UserFactory)
    kind = Kind.FINANCIAL
    body = factory.Sequence(lambda n: f"Firm {n}")
    nature = "Director, paid"
    arose_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    declared_at = factory.LazyFunction(timezone.now)
    declared_by = factory.SelfAttribute("person")


class WithheldInterestFactory(InterestFactory):
    """An interest whose details the public does not read."""

    is_withheld = True
    withheld_because = "Threats were made against my family"


class InterestsReturnFactory(CountingFactory):
    """Somebody confirmed what they declared: `InterestsReturnFactory(person=user)`."""

    class Meta:
        model = InterestsReturn

    person = factory.SubFactory(UserFactory)
    code = Code.HEALTH
    is_nil = False
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SelfAttribute("person")

import factory
from django.utils import timezone

from assemblies.registrations.models import ExitQuestion, Registration
from tests.factories.counters import CountingFactory
from tests.factories.meetings import MeetingFactory


class ExitQuestionFactory(CountingFactory):
    class Meta:
        model = ExitQuestion

    meeting = factory.SubFactory(MeetingFactory)
    kind = ExitQuestion.Kind.WILL_DO
    text = "What I will do for my place is…"


class RegistrationFactory(CountingFactory):
    """Somebody with a place."""

    class Meta:
        model = Registration

    meeting = factory.SubFactory(MeetingFactory)
    email = factory.Sequence(lambda n: f"guest{n}@example.org")
    name = factory.Sequence(lambda n: f"Guest {n}")
    attendance = factory.LazyAttribute(
        lambda person: "in_person" if person.meeting.format == person.meeting.Format.IN_PERSON else "online"
    )
    source = Registration.Source.PUBLIC
    state = Registration.State.REGISTERED
    place_number = factory.Sequence(lambda n: n + 1)
    confirmed_at = factory.LazyFunction(timezone.now)

import factory
from django.utils import timezone

from assemblies.invitations.models import Invitation
from tests.factories.counters import CountingFactory
from tests.factories.meetings import MeetingFactory


class InvitationFactory(CountingFactory):
    """An invitation that has been sent."""

    class Meta:
        model = Invitation

    meeting = factory.SubFactory(MeetingFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    name = factory.Sequence(lambda n: f"Invited {n}")
    sent_at = factory.LazyFunction(timezone.now)

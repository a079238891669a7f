import factory
from django.utils import timezone

from assemblies.lists.models import InvitationList, ListEntry
from tests.factories.counters import CountingFactory
from tests.factories.footprint import PlaceFactory
from tests.factories.meetings import MeetingFactory


class InvitationListFactory(CountingFactory):
    """A list its place has signed off."""

    class Meta:
        model = InvitationList

    meeting = factory.SubFactory(MeetingFactory)
    place = factory.SubFactory(PlaceFactory)
    state = InvitationList.State.SIGNED_OFF
    signed_off_at = factory.LazyAttribute(
        lambda listed: None if listed.state == InvitationList.State.OPEN else timezone.now()
    )


class ListEntryFactory(CountingFactory):
    class Meta:
        model = ListEntry

    list = factory.SubFactory(InvitationListFactory)
    email = factory.Sequence(lambda n: f"listed{n}@example.org")
    name = factory.Sequence(lambda n: f"Listed {n}")

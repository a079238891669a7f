import factory
from django.utils import timezone

from assemblies.follow_up.models import FollowUp, FollowUpChange
from tests.factories.accounts import UserFactory
from tests.factories.counters import CountingFactory
from tests.factories.days import in_days
from tests.factories.meetings import MeetingFactory


class FollowUpFactory(CountingFactory):
    """An open action of a public meeting, due in a month: `FollowUpFactory(owner=user)`. Its owner was told."""

    class Meta:
        model = FollowUp

    meeting = factory.SubFactory(MeetingFactory, starts_at=factory.LazyFunction(lambda: in_days(-60)))
    board = factory.SelfAttribute("meeting.board")
    text = factory.Sequence(lambda n: f"Action to do {n}")
    owner = factory.SubFactory(UserFactory)
    owner_name = factory.LazyAttribute(lambda row: str(row.owner))
    agreed_on = factory.LazyAttribute(
        lambda row: timezone.localdate(row.meeting.starts_at if row.meeting else in_days(-60))
    )
    owner_since = factory.SelfAttribute("agreed_on")
    due_on = factory.LazyFunction(lambda: in_days(30).date())
    created_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(timezone.now)
    told_at = factory.LazyFunction(timezone.now)


class DoneFollowUpFactory(FollowUpFactory):
    """One that was done, with evidence."""

    state = FollowUp.State.DONE
    done_at = factory.LazyFunction(timezone.now)
    evidence = "The report went to all partners"


class FollowUpChangeFactory(CountingFactory):
    """A note on an action: `FollowUpChangeFactory(follow_up=row, words="Half way")`."""

    class Meta:
        model = FollowUpChange

    follow_up = factory.SubFactory(FollowUpFactory)
    kind = FollowUpChange.Kind.NOTED
    words = "Half way there"
    by = factory.SelfAttribute("follow_up.owner")
    at = factory.LazyFunction(timezone.now)

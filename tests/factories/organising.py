import factory

from assemblies.organising.models import ReminderRule
from tests.factories.counters import CountingFactory
from tests.factories.meetings import MeetingFactory


class ReminderRuleFactory(CountingFactory):
    """A day before the start, to everybody with a place."""

    class Meta:
        model = ReminderRule

    meeting = factory.SubFactory(MeetingFactory)
    anchor = ReminderRule.Anchor.START
    minutes = 24 * 60
    audience = ReminderRule.Audience.COMING
    subject = "Nearly here: {meeting}"
    text = "Dear {name},\n\n{meeting} is on {when}."

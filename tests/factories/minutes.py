from datetime import timedelta

import factory
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.minutes.models import Correction, KeyMessages, Minutes, MinutesItem, MinutesVersion
from tests.factories.accounts import UserFactory
from tests.factories.counters import CountingFactory
from tests.factories.meetings import MeetingFactory

PEOPLE = {name: [] for name in ("present", "apologies", "absent", "in_attendance", "movements")}


class HeldMeetingFactory(MeetingFactory):
    """A published meeting of a board in public that was over a week ago."""

    kind = Meeting.Kind.BOARD
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=7))


class MinutesFactory(CountingFactory):
    """Minutes of the host of a meeting a week ago, being drafted, with their first version."""

    class Meta:
        model = Minutes
        skip_postgeneration_save = True

    meeting = factory.SubFactory(HeldMeetingFactory)
    board = factory.SelfAttribute("meeting.board")
    made_at = factory.LazyFunction(timezone.now)
    version = factory.RelatedFactory("tests.factories.minutes.MinutesVersionFactory", "minutes")


class MinutesVersionFactory(CountingFactory):
    """The first version, being written; `circulated=True` or `agreed=True` for one further on."""

    class Meta:
        model = MinutesVersion

    class Params:
        circulated = factory.Trait(
            circulated_at=factory.SelfAttribute("made_at"),
            circulated_by=factory.SelfAttribute("made_by"),
            corrections_by=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7)),
        )
        agreed = factory.Trait(
            circulated=True,
            agreed_at=factory.SelfAttribute("made_at"),
            agreed_by=factory.SelfAttribute("made_by"),
            sha256="0" * 64,
        )

    minutes = factory.SubFactory(MinutesFactory, version=None)
    number = 1
    content = factory.LazyFunction(lambda: PEOPLE | {"presided": "", "present": ["Ada Brook, Chair"]})
    made_at = factory.LazyFunction(timezone.now)
    made_by = factory.SubFactory(UserFactory)


class CirculatedMinutesFactory(MinutesFactory):
    """Those who were there have a week for corrections."""

    state = Minutes.State.CIRCULATED
    version = factory.RelatedFactory(MinutesVersionFactory, "minutes", circulated=True)


class AgreedMinutesFactory(MinutesFactory):
    """Public, where the meeting is, and not yet confirmed. Without items: those are written before they are agreed."""

    state = Minutes.State.AGREED
    version = factory.RelatedFactory(MinutesVersionFactory, "minutes", agreed=True)


class MinutesItemFactory(CountingFactory):
    class Meta:
        model = MinutesItem

    version = factory.SubFactory(MinutesVersionFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Matter {n}")
    text = "The board talked about it."


class CorrectionFactory(CountingFactory):
    class Meta:
        model = Correction

    version = factory.SubFactory(MinutesVersionFactory, circulated=True)
    text = factory.Sequence(lambda n: f"I said it differently, {n} times.")
    by = factory.SubFactory(UserFactory)
    made_at = factory.LazyFunction(timezone.now)


class KeyMessagesFactory(CountingFactory):
    class Meta:
        model = KeyMessages

    minutes = factory.SubFactory(MinutesFactory)
    text = "The plan goes ahead."
    published_at = factory.LazyFunction(timezone.now)
    published_by = factory.SubFactory(UserFactory)

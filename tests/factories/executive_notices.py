from datetime import timedelta

import factory
from django.utils import timezone

from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.executive_notices.notice_kinds import Kind
from partnership.boards.models import Board
from tests.factories.accounts import UserFactory
from tests.factories.boards import BoardFactory
from tests.factories.counters import CountingFactory
from tests.factories.forward_plan import PlannedItemFactory
from tests.factories.meetings import MeetingFactory


class ExecutiveFactory(BoardFactory):
    """The executive of a council: a cabinet."""

    name = factory.Sequence(lambda n: f"Cabinet {n}")
    slug = factory.Sequence(lambda n: f"cabinet-{n}")
    kind = Board.Kind.EXECUTIVE
    regime = Board.Regime.COUNCIL
    is_executive = True


class KeyDecisionFactory(PlannedItemFactory):
    """A key decision that an executive has planned for one of its meetings, eight weeks ahead."""

    board = factory.SubFactory(ExecutiveFactory)
    topic__board = factory.SelfAttribute("..board")
    meeting = factory.SubFactory(
        MeetingFactory,
        kind="board",
        board=factory.SelfAttribute("..board"),
        starts_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=56)),
    )
    role = "decisive"
    purpose = "decision"
    is_key = True


class ExecutiveNoticeFactory(CountingFactory):
    """28 days' notice of a key decision: `ExecutiveNoticeFactory(item=item)`."""

    class Meta:
        model = ExecutiveNotice

    item = factory.SubFactory(KeyDecisionFactory)
    board = factory.SelfAttribute("item.board")
    kind = Kind.KEY
    matter = factory.Sequence(lambda n: f"Buying building {n}")
    first_on = factory.LazyAttribute(lambda notice: timezone.localdate(notice.item.meeting.starts_at))
    last_on = factory.SelfAttribute("first_on")
    published_at = factory.LazyFunction(timezone.now)
    published_by = factory.SubFactory(UserFactory)

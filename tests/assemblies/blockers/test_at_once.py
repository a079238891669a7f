"""Two people who do the same at the same moment: it happens once, and the second is told."""

from uuid import uuid4

import pytest

from assemblies.blockers.actions import blocker as actions
from assemblies.blockers.actions import escalation
from assemblies.blockers.models import Blocker
from assemblies.forward_plan.models import Topic
from partnership.refusals import Refusal
from tests import factories as make
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refused(act) -> str:
    """What the refusal said; "" where it was done."""
    try:
        act()
    except Refusal as refusal:
        return refusal.message
    return ""


def test_taken_on_at_once_by_two_it_is_owned_by_one():
    row, people = make.BlockerFactory(), [make.MembershipFactory().user for _ in range(2)]

    def take():
        by = people.pop()
        return refused(lambda: actions.take_on(blocker=row, by=by))

    (told,) = filter(None, at_once(take, 2))
    assert f"{Blocker.objects.get().owner} has taken it on already" in told


def test_escalated_at_once_to_two_boards_it_goes_to_one():
    row, boards = make.OwnedBlockerFactory(), [make.BoardFactory() for _ in range(2)]

    def escalate():
        facts = {"board": boards.pop(), "title": "Who pays", "words": "Agree who pays for it"}
        return refused(lambda: escalation.escalate(blocker=row, by=row.owner, **facts))

    (told,) = filter(None, at_once(escalate, 2))
    assert f"It waits with the {Blocker.objects.get().board} already" in told
    assert Topic.objects.count() == 1


def test_raised_at_once_with_one_key_is_one_blocker():
    partner, by, key = make.PartnerFactory(), make.UserFactory(), uuid4()
    facts = {"theme": "quality", "title": "One", "text": "Two words"}
    at_once(lambda: actions.raise_blocker(by=by, partner=partner, key=key, **facts), 3)
    assert Blocker.objects.count() == 1

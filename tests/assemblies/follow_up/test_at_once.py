"""Two people who do the same at the same moment: it happens once, and the second is told."""

from uuid import uuid4

import pytest

from assemblies.follow_up.actions import follow_up as actions
from assemblies.follow_up.models import FollowUp
from partnership.refusals import Refusal
from tests import factories as make
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_closed_at_once_by_two_it_is_closed_by_one():
    row = make.FollowUpFactory()
    people = [row.owner, make.UserFactory(name="Cem Ode")]

    def close():
        by = people.pop()
        try:
            return actions.complete(follow_up=row, by=by, evidence=f"{by} wrote to everybody")
        except Refusal as refusal:
            return refusal.message

    said = at_once(close, 2)
    (told,) = (each for each in said if isinstance(each, str))
    assert f"{row.changes.get().by} has closed this already" in told


def test_handed_on_at_once_by_two_it_goes_from_one_to_the_other():
    row, people = make.FollowUpFactory(), make.UserFactory.create_batch(2)

    def hand_on():
        return actions.hand_on(follow_up=row, by=row.owner, to=people.pop(), because="She knows the matter better")

    at_once(hand_on, 2)
    first, second = row.changes.order_by("pk")
    assert first.new_owner == second.old_owner


def test_entered_at_once_with_one_key_is_one_action():
    board, by, key = make.BoardFactory(), make.UserFactory(), uuid4()
    due_on = make.in_days(9).date()
    at_once(lambda: actions.assign(by=by, board=board, text="Write to all", owner=by, due_on=due_on, key=key), 3)
    assert FollowUp.objects.count() == 1

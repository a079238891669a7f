"""Two who close one decision to the public at the same moment: it is closed once."""

import pytest

from assemblies.closures.models import Closure
from assemblies.decisions.actions import closing
from tests import factories as make
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_decision_closed_at_once_by_two_is_closed_once():
    decision, by = make.DecisionFactory(), make.StaffFactory()
    closed = at_once(lambda: closing.close(decision=decision, by=by), 2)
    assert {row.closure for row in closed} == {Closure.objects.get()}

"""Two people who do the same at the same moment: it happens once, and the second is told."""

import pytest

from assemblies.purpose.models import PurposeVersion, Round
from partnership.refusals import Refusal
from tests.assemblies.purpose.group import group
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def told(act):
    try:
        return act()
    except Refusal as refusal:
        return refusal.message


def test_two_who_open_a_round_at_once_open_one():
    peg = group("Forum Central")
    said = at_once(lambda: told(peg.ask), 2)
    (refused,) = (each for each in said if isinstance(each, str))
    assert refused.startswith("Members are asked already")
    assert Round.objects.count() == 1


def test_two_who_write_the_next_version_at_once_write_one():
    peg = group()
    texts = ["We begin with people", "We end with people"]
    said = at_once(lambda: told(lambda: peg.write(texts.pop(), because="Members asked for it")), 2)
    (refused,) = (each for each in said if isinstance(each, str))
    assert "has just written version 2" in refused
    assert PurposeVersion.objects.filter(number=2).count() == 1

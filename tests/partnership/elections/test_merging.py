"""Two organisations that both vote in an election under way are not made one."""

import pytest

from partnership.elections.models import Election
from partnership.partners.actions import merge
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db


def test_two_that_both_vote_are_merged_once_the_result_is_out():
    world = election_of(organisations=2, state="voting")
    one, other = (voter.partner for voter in world.voters)
    with pytest.raises(Refusal, match="Both vote in"):
        merge.merge(kept=one, absorbed=other, by=None)
    assert Partner.objects.filter(state="merged").count() == 0
    Election.objects.update(state="cancelled")
    done = merge.merge(kept=one, absorbed=other, by=None)
    assert {"model": "elections.voter", "field": "partner", "rows": [world.voters[1].pk]} in done.stayed


def test_one_that_votes_takes_its_vote_along():
    world = election_of(organisations=1, state="voting")
    kept = make.PartnerFactory()
    merge.merge(kept=kept, absorbed=world.voters[0].partner, by=None)
    assert world.election.roll.get().partner == kept

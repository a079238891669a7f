"""Staff who stand in an election leave it to others who belongs to the organisations that vote in it."""

from datetime import date

import pytest
from django.urls import reverse

from partnership.elections.actions import roll
from partnership.elections.models import Election
from partnership.partners.actions import closing, membership, merge, officer
from partnership.partners.models import Membership, Partner
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of, stand

pytestmark = pytest.mark.django_db

ASK = r"votes in “.+”, and you stand in it\. Ask another member of staff"


@pytest.fixture
def staff():
    return make.StaffFactory()


@pytest.fixture
def world(staff):
    """Three organisations vote; a member of staff stands for the first."""
    world = election_of(organisations=3)
    make.MembershipFactory(user=staff, partner=world.voters[0].partner)
    stand(world, 0, candidate=staff)
    return world


def membership_of(voter) -> Membership:
    return Membership.objects.get(user=voter.person, partner=voter.partner)


def end(partner: Partner, by) -> None:
    membership.end(membership=partner.memberships.accepted().first(), by=by)


def accept(partner: Partner, by) -> None:
    membership.accept(membership=make.MembershipFactory(partner=partner, state="waiting"), by=by)


def refuse(partner: Partner, by) -> None:
    membership.refuse(membership=make.MembershipFactory(partner=partner, state="waiting"), by=by, reason="No.")


def make_officer(partner: Partner, by) -> None:
    officer.set_part(membership=make.MembershipFactory(partner=partner), by=by, part="officer")


def remove_officer(partner: Partner, by) -> None:
    officer.set_part(membership=make.MembershipFactory(partner=partner, part="officer"), by=by, part="member")


def close(partner: Partner, by) -> None:
    closing.close(partner=partner, by=by, on=date(2026, 1, 1), because="It has ended.")


def reopen(partner: Partner, by) -> None:
    Partner.objects.filter(pk=partner.pk).update(state="closed", closed_on=date(2026, 1, 1))
    closing.reopen(partner=partner, by=by)


def absorb(partner: Partner, by) -> None:
    merge.merge(kept=make.PartnerFactory(), absorbed=partner, by=by)


def join(partner: Partner, by) -> None:
    merge.merge(kept=partner, absorbed=make.PartnerFactory(), by=by)


def undo(partner: Partner, by) -> None:
    merge.undo(merge=merge.merge(kept=partner, absorbed=make.PartnerFactory(), by=None), by=by)


STEPS = [end, accept, refuse, make_officer, remove_officer, close, reopen, absorb, join, undo]


@pytest.mark.parametrize("step", STEPS)
def test_staff_who_stand_change_no_organisation_that_votes(world, staff, step):
    with pytest.raises(Refusal, match=ASK):
        step(world.voters[2].partner, staff)


@pytest.mark.parametrize("step", STEPS)
def test_another_member_of_staff_does_it(world, step):
    step(world.voters[2].partner, make.StaffFactory())


@pytest.mark.parametrize("step", STEPS)
def test_staff_who_stand_change_organisations_without_a_vote(world, staff, step):
    step(make.MembershipFactory().partner, staff)


def test_who_stood_may_again_once_voting_has_ended(world, staff):
    Election.objects.update(state="counted", seed="1")
    end(world.voters[2].partner, staff)


def test_officer_who_stands_ends_a_membership_of_their_own(world, staff):
    Membership.objects.filter(user=staff).update(part="officer")
    ended = membership.end(membership=membership_of(world.voters[0]), by=staff)
    assert ended.state == "ended"


def test_whoever_stands_can_leave_and_give_up_being_an_officer(world, staff):
    own = staff.memberships.get()
    Membership.objects.filter(pk=own.pk).update(part="officer")
    assert officer.set_part(membership=own, by=staff, part="member").part == "member"
    assert membership.end(membership=own, by=staff).state == "ended"


def test_staff_who_stand_do_not_fill_in_voters(world, staff):
    with pytest.raises(Refusal, match="You stand in this election"):
        roll.fill_in_people(election=world.election, by=staff)


def test_closing_page_says_why_staff_who_stand_cannot(world, staff, client):
    client.force_login(staff)
    address = reverse("partner_close", args=[world.voters[2].partner.slug])
    page = client.post(address, {"on": "1 April 2023", "because": "It has ended.", "successor": ""})
    assert "and you stand in it. Ask another member of staff to do this." in page.text

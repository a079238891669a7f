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


def stored(row):
    """The row as it stands in the database."""
    return type(row).objects.get(pk=row.pk)


def end(partner: Partner, by) -> str:
    return stored(membership.end(membership=partner.memberships.accepted().first(), by=by)).state


def accept(partner: Partner, by) -> str:
    asked = make.MembershipFactory(partner=partner, state="waiting")
    return stored(membership.accept(membership=asked, by=by)).state


def refuse(partner: Partner, by) -> str:
    asked = make.MembershipFactory(partner=partner, state="waiting")
    return stored(membership.refuse(membership=asked, by=by, reason="No.")).state


def make_officer(partner: Partner, by) -> str:
    return stored(officer.set_part(membership=make.MembershipFactory(partner=partner), by=by, part="officer")).part


def remove_officer(partner: Partner, by) -> str:
    one = make.MembershipFactory(partner=partner, part="officer")
    return stored(officer.set_part(membership=one, by=by, part="member")).part


def close(partner: Partner, by) -> str:
    return stored(closing.close(partner=partner, by=by, on=date(2026, 1, 1), because="It has ended.")).state


def reopen(partner: Partner, by) -> str:
    Partner.objects.filter(pk=partner.pk).update(state="closed", closed_on=date(2026, 1, 1))
    return stored(closing.reopen(partner=partner, by=by)).state


def absorb(partner: Partner, by) -> str:
    return stored(merge.merge(kept=make.PartnerFactory(), absorbed=partner, by=by).absorbed).state


def join(partner: Partner, by) -> str:
    return stored(merge.merge(kept=partner, absorbed=make.PartnerFactory(), by=by).absorbed).state


def undo(partner: Partner, by) -> str:
    done = merge.merge(kept=partner, absorbed=make.PartnerFactory(), by=None)
    return stored(merge.undo(merge=done, by=by).absorbed).state


STEPS = {
    end: "ended",
    accept: "accepted",
    refuse: "refused",
    make_officer: "officer",
    remove_officer: "member",
    close: "closed",
    reopen: "listed",
    absorb: "merged",
    join: "merged",
    undo: "listed",
}


@pytest.mark.parametrize("step", STEPS)
def test_staff_who_stand_change_no_organisation_that_votes(world, staff, step):
    with pytest.raises(Refusal, match=ASK):
        step(world.voters[2].partner, staff)


@pytest.mark.parametrize(("step", "then"), STEPS.items())
def test_another_member_of_staff_does_it(world, step, then):
    assert step(world.voters[2].partner, make.StaffFactory()) == then


@pytest.mark.parametrize(("step", "then"), STEPS.items())
def test_staff_who_stand_change_organisations_without_a_vote(world, staff, step, then):
    assert step(make.MembershipFactory().partner, staff) == then


def test_who_stood_may_again_once_voting_has_ended(world, staff):
    Election.objects.update(state="counted", seed="1")
    assert end(world.voters[2].partner, staff) == "ended"


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

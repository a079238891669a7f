"""Two organisations are made one, and two again, while other things happen to both of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.elections.actions import roll
from partnership.elections.models import Election
from partnership.partners.actions import contact as contacts
from partnership.partners.actions import membership as memberships
from partnership.partners.actions import merge as actions
from partnership.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return make.PartnerFactory(name="Halton Carers Centre", slug="halton-carers-centre")


@pytest.fixture
def absorbed():
    return make.PartnerFactory(name="Halton Carer's Center Ltd", slug="halton-carers-center")


def merged(kept, absorbed):
    return actions.merge(kept=kept, absorbed=absorbed, by=make.StaffFactory())


# --- undoing ----------------------------------------------------------------------------------------------------------


def test_frozen_roll_is_not_changed_by_undoing_a_merge(kept, absorbed):
    election = make.ElectionFactory(state="announced")
    make.VoterFactory(election=election, partner=absorbed)
    make.MembershipFactory(partner=kept)
    Election.objects.update(roll_freezes_at=timezone.now() + timedelta(hours=1))
    merge = merged(kept, absorbed)
    Election.objects.update(roll_freezes_at=timezone.now() - timedelta(hours=1))
    assert [voter.partner for voter in election.roll.all()] == [kept]
    with pytest.raises(Refusal, match="votes in"):
        actions.undo(merge=merge, by=make.StaffFactory())
    assert [voter.partner for voter in election.roll.all()] == [kept]


def test_who_left_the_joined_organisation_comes_back_to_neither(kept, absorbed):
    person = make.UserFactory()
    stronger = make.MembershipFactory(partner=kept, user=person, part="officer")
    make.MembershipFactory(partner=absorbed, user=person)
    merge = merged(kept, absorbed)
    memberships.end(membership=stronger, by=make.StaffFactory())
    actions.undo(merge=merge, by=make.StaffFactory())
    assert not person.memberships.live().exists()


def test_two_on_the_roll_of_a_draft_are_not_made_one(kept, absorbed):
    election = make.ElectionFactory(state="draft")
    make.VoterFactory(election=election, partner=kept)
    make.VoterFactory(election=election, partner=absorbed)
    with pytest.raises(Refusal, match="which is a draft"):
        merged(kept, absorbed)


# --- meanwhile --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arrives", ["membership", "contact", "vote"])
def test_nothing_arrives_at_an_organisation_that_is_gone(kept, absorbed, arrives):
    election, person = make.ElectionFactory(state="draft"), make.UserFactory()
    merged(kept, absorbed)
    do = {
        "membership": lambda: memberships.ask(by=person, partner=absorbed),
        "contact": lambda: contacts.save(partner=absorbed, by=person, name="Ann", role="Chair"),
        "vote": lambda: roll.put_on(election=election, partners=[absorbed], by=person),
    }[arrives]
    with pytest.raises(Refusal, match="become part of Halton Carers Centre"):
        do()

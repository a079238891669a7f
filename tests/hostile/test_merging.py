"""Two organisations are made one, and two again, while other things happen to both of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection, transaction
from django.utils import timezone

from partnership.elections.actions import roll
from partnership.elections.models import Election
from partnership.partners.actions import contact as contacts
from partnership.partners.actions import membership as memberships
from partnership.partners.actions import merge as actions
from partnership.partners.models import Merge, Partner
from partnership.refusals import Refusal
from tests import factories as make
from tests.at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return make.PartnerFactory(name="Halton Carers Centre", slug="halton-carers-centre")


@pytest.fixture
def absorbed():
    return make.PartnerFactory(name="Halton Carer's Center Ltd", slug="halton-carers-center")


def merged(kept, absorbed):
    return actions.merge(kept=kept, absorbed=absorbed, by=make.StaffFactory())


@contextmanager
def merging_slowly(kept, absorbed) -> Iterator[None]:
    """Runs what is inside while the two have been merged and nothing of it is committed yet."""
    staff, is_merged = make.StaffFactory(), Event()

    def merge() -> None:
        with transaction.atomic():
            actions.merge(kept=kept, absorbed=absorbed, by=staff)
            is_merged.set()
            sleep(0.5)
        connection.close()

    thread = Thread(target=merge)
    thread.start()
    assert is_merged.wait(20)
    yield
    thread.join()


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


@pytest.mark.django_db(transaction=True)
def test_who_asks_while_it_is_merged_waits_and_is_sent_on(kept, absorbed):
    person = make.UserFactory()
    with merging_slowly(kept, absorbed), pytest.raises(Refusal, match="become part of Halton Carers Centre"):
        memberships.ask(by=person, partner=absorbed)
    assert not person.memberships.exists()


@pytest.mark.django_db(transaction=True)
def test_who_is_accepted_during_a_merger_belongs_to_what_it_becomes(kept, absorbed):
    asked, staff = make.MembershipFactory(partner=absorbed, state="waiting", decided_at=None), make.StaffFactory()
    with merging_slowly(kept, absorbed):
        accepted = memberships.accept(membership=asked, by=staff)
    assert (accepted.partner, accepted.state) == (kept, "accepted")


@pytest.mark.django_db(transaction=True)
def test_voter_is_named_while_the_vote_moves(kept, absorbed):
    voter = make.VoterFactory(election=make.ElectionFactory(state="draft"), partner=absorbed)
    person, staff = make.MembershipFactory(partner=absorbed).user, make.StaffFactory()
    with merging_slowly(kept, absorbed):
        roll.name_voter(voter=voter, person=person, by=staff)
    voter.refresh_from_db()
    assert (voter.partner, voter.person) == (kept, person)


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_leave_one_organisation(kept, absorbed):
    staff = make.StaffFactory()
    ways = iter([(kept, absorbed), (absorbed, kept)] * 2)

    def submit() -> str:
        one, other = next(ways)
        try:
            return str(actions.merge(kept=one, absorbed=other, by=staff).pk)
        except Refusal:
            return ""

    assert len([pk for pk in at_once(submit) if pk]) == 1
    merge = Merge.objects.get()
    assert sum(at_once(lambda: bool(actions.undo(merge=merge, by=staff)))) == 4
    assert Partner.objects.filter(pk__in=[kept.pk, absorbed.pk], state="listed", merged_into=None).count() == 2

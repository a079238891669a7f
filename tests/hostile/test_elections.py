"""Attacks on elections: whose word counts, and what the record tells. Each was tried on the running portal.

Here they come as requests, by people who may sign in; what lies on the disk is attacked in
`tests/partnership/elections/test_secrecy.py`, and the machine that stops in `test_ballot_keys.py` beside it.
"""

import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from partnership.audit.models import Entry
from partnership.elections.actions import ballot_box
from partnership.elections.models import BallotBox, Voter
from partnership.outbox.models import Message
from partnership.partners.models import Membership
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return election_of(candidates=3, state="voting")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_staff_who_join_an_organisation_do_not_get_its_vote(world):
    """B2: join, accept oneself, name oneself the voter, vote. Each step alone is refused, and the organisation learns of
    what remains possible."""
    staff, victim = make.StaffFactory(), world.voters[0]
    keeper = make.MembershipFactory(partner=victim.partner, part="officer").user
    attacker = signed_in(staff)
    attacker.post(f"/account/organisation/{victim.partner.slug}/", {"role": "Trustee"})
    own = Membership.objects.get(user=staff)
    attacker.post(f"/memberships/{own.pk}/accept/")
    assert Membership.objects.get(user=staff).state == "waiting"
    signed_in(make.StaffFactory()).post(f"/memberships/{own.pk}/accept/")
    assert Message.objects.filter(to_email=keeper.email, subject__contains="has joined").exists()
    attacker.post(f"/memberships/{own.pk}/part/", {"part": "officer"})
    assert not Membership.objects.officers().filter(user=staff).exists()
    address = world.election.get_absolute_url()
    attacker.post(f"{address}voter/{victim.partner.slug}/", {"person": staff.pk})
    attacker.post(f"{address}manage/roll/chase/")
    attacker.post(f"{address}vote/{victim.partner.slug}/", {"place_1": "1", "cast": "1"})
    victim.refresh_from_db()
    assert victim.person == world.people[0]
    assert not Voter.objects.filter(voted=True).exists()


def test_staff_who_have_a_friend_do_not_get_a_vote_alone(world):
    """B2: accept a friend, make them officer after the roll is frozen, let them take the vote."""
    staff, friend, victim = make.StaffFactory(), make.UserFactory(), world.voters[0]
    make.MembershipFactory(partner=victim.partner, user=friend, state="waiting", decided_at=None)
    attacker, accomplice = signed_in(staff), signed_in(friend)
    asked = Membership.objects.get(user=friend)
    attacker.post(f"/memberships/{asked.pk}/accept/")
    attacker.post(f"/memberships/{asked.pk}/part/", {"part": "officer"})
    address = f"{world.election.get_absolute_url()}voter/{victim.partner.slug}/"
    accomplice.post(address, {"person": friend.pk})
    attacker.post(address, {"person": friend.pk})
    decide = f"{world.election.get_absolute_url()}manage/roll/{victim.pk}/voter/"
    attacker.post(decide, {"decision": "confirm", "change": victim.change.pk})
    victim.refresh_from_db()
    assert victim.person == world.people[0]
    told = Message.objects.filter(to_email=world.people[0].email, subject__startswith="Somebody asks to change")
    assert told.count() == 1


@pytest.mark.parametrize("sent", ["AAAA-AAAA-AAAA", "AAAA-AAAA-AAAA:x", "of another voter"])
def test_nobody_chooses_a_receipt_or_brings_anothers(world, sent):
    """B7: the form carries the receipt, so a hostile form carries another one."""
    other = signed_in(world.people[1])
    paper = f"{world.election.get_absolute_url()}vote/{{}}/"
    theirs = re.search(r'name="receipt" value="([^"]+)"', other.get(paper.format(world.voters[1].partner.slug)).text)[1]
    carried = theirs if sent == "of another voter" else sent
    signed_in(world.people[0]).post(
        paper.format(world.voters[0].partner.slug), {"place_1": "1", "cast": "1", "receipt": carried}
    )
    taken = [receipt for receipt, _ in ballot_box.unsealed(world.election)]
    assert len(taken) == 1
    assert taken[0] != carried.partition(":")[0]


def test_receipt_carried_in_forms_is_stored_nowhere(world, caplog):
    """B7, B6: whole way of a vote; then every table is searched for the receipt."""
    voter = signed_in(world.people[0])
    paper = f"{world.election.get_absolute_url()}vote/{world.voters[0].partner.slug}/"
    carried = re.search(r'name="receipt" value="([^"]+)"', voter.get(paper).text)[1]
    filled = {"place_1": "1", "receipt": carried}
    for step in ({}, {"change": "1"}, {}, {"cast": "1"}, {"cast": "1"}):
        assert voter.post(paper, filled | step).status_code == 200
    receipt = carried.partition(":")[0]
    assert [each for each, _ in ballot_box.unsealed(world.election)] == [receipt]
    texts = [caplog.text, *(str(session.get_decoded()) for session in Session.objects.all())]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT to_json(t)::text FROM "{table}" AS t')
            texts += [row for (row,) in cursor.fetchall()]
    assert not [text for text in texts if receipt in text or receipt.replace("-", "") in text]


def test_receipt_is_looked_up_by_no_address(world):
    """B6: a receipt in an address would stand beside the reader's own in the log of a proxy."""
    receipt = world.cast(0, 1)
    election = world.close_voting()
    type(election).objects.filter(pk=election.pk).update(state="published")
    page = Client().get(f"{election.get_absolute_url()}votes/", {"receipt": receipt}).text
    assert "is in the list" not in page
    assert not re.search(r'<form[^>]*method="get"[^>]*>(?:(?!</form>).)*receipt', page, re.DOTALL)


def test_box_of_one_election_opens_no_other(world):
    """B5: whoever can write in the database puts the sealed votes of another election in the place of these."""
    other = election_of(candidates=3, state="voting")
    other.cast(0, 3)
    theirs = BallotBox.objects.get(election=other.election)
    BallotBox.objects.filter(election=world.election).update(sealed=theirs.sealed)
    assert not ballot_box.can_be_opened(world.election)
    paper = f"{world.election.get_absolute_url()}vote/{world.voters[0].partner.slug}/"
    answer = signed_in(world.people[0]).post(paper, {"place_1": "1", "cast": "1"})
    assert "cannot be opened" in answer.text
    assert world.close_voting().cannot_be_counted
    assert not world.election.ballots.exists()


def test_record_does_not_say_who_voted_when(world):
    """B5: an order of voting is one half of what joins a vote to a voter."""
    for number in (2, 0, 1):
        world.cast(number, 1)
    assert not Entry.objects.filter(verb="election.voted").exists()
    assert not [field.name for field in Voter._meta.get_fields() if field.get_internal_type() == "DateTimeField"]

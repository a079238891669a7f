"""Voting that is made to close later: who hears, how often, in which words; and that it is too late once it closed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership.audit.models import Entry
from partnership.dates import moment
from partnership.elections.actions import clock
from partnership.elections.actions import election as actions
from partnership.elections.models import Election, Extension
from partnership.outbox.models import Message
from partnership.partners.models import Membership
from partnership.refusals import Refusal
from tests import factories as make
from tests.partnership.elections.election_world import election_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "The post was late in three villages."


@pytest.fixture
def world():
    return election_of(candidates=2, state="voting")


def extend(world, days=7, because=WHY):
    closes = Election.objects.get(pk=world.election.pk).voting_closes_at + days * DAY
    actions.extend(election=world.election, by=make.StaffFactory(), voting_closes_at=closes, because=because)
    world.election.refresh_from_db()
    return closes


def told():
    return Message.objects.filter(subject__startswith="Voting closes later").order_by("pk")


def test_everyone_who_votes_is_told_once_of_the_old_time_and_the_new(world):
    old, new = world.election.voting_closes_at, extend(world)
    assert sorted(told().values_list("to_email", flat=True)) == sorted(person.email for person in world.people)
    for message in told():
        assert moment(old) in message.text
        assert moment(new) in message.text
        assert WHY in message.text
        assert message.not_after == new
    entry = Entry.objects.get(verb="election.extended")
    assert (entry.details["told"], entry.details["closes"]) == (3, new.isoformat())


def test_words_are_the_same_whether_or_not_someone_has_voted(world):
    world.cast(0, 2, 1)
    extend(world)
    texts = {
        message.text.replace(person.name, "NAME")
        for person in world.people
        for message in told().filter(to_email=person.email)
    }
    assert told().count() == 3
    assert len(texts) == 1
    assert "your vote still counts" in texts.pop()
    assert not told().filter(text__contains="Candidate").exists()


def test_person_with_two_votes_is_told_once_and_others_are_not(world):
    both = world.people[0]
    other = make.MembershipFactory(user=both).partner
    make.VoterFactory(election=world.election, partner=other, person=both)
    make.VoterFactory(election=world.election)
    Membership.objects.filter(user=world.people[1]).update(state="ended")
    extend(world)
    assert sorted(told().values_list("to_email", flat=True)) == sorted([both.email, world.people[2].email])


def test_second_extension_is_told_and_stops_unsent_mail_of_the_first(world):
    first = extend(world)
    second = extend(world, days=3)
    queued = told().filter(state="queued")
    assert queued.count() == 3
    assert all(moment(second) in message.text and moment(first) in message.text for message in queued)
    assert told().filter(state="withdrawn").count() == 3
    assert list(world.election.extensions.values_list("closes_at", flat=True)) == [first, second]


def test_the_same_time_again_is_refused_and_nobody_hears_twice(world):
    new = extend(world)
    with pytest.raises(Refusal, match="enter a later time"):
        actions.extend(election=world.election, by=None, voting_closes_at=new, because=WHY)
    assert told().count() == 3


def test_vote_that_arrives_between_the_old_close_and_the_new_counts(world):
    soon = timezone.now() + timedelta(minutes=1)
    Election.objects.filter(pk=world.election.pk).update(voting_closes_at=soon)
    extend(world)
    clock.tick(soon)
    world.election.refresh_from_db()
    assert world.election.state == "voting"
    world.cast(0, 1)


@pytest.mark.parametrize("clock_came_by", [True, False])
def test_voting_that_has_closed_is_not_made_longer(world, clock_came_by):
    past = timezone.now() - timedelta(seconds=1)
    Election.objects.filter(pk=world.election.pk).update(voting_closes_at=past)
    if clock_came_by:
        clock.tick()
    with pytest.raises(Refusal, match="Voting has closed"):
        actions.extend(election=world.election, by=None, voting_closes_at=timezone.now() + DAY, because=WHY)
    assert not told().exists()
    assert not Extension.objects.exists()


def test_last_day_reminder_is_sent_again_before_the_new_close(world):
    closes = world.election.voting_closes_at
    clock.tick(closes - timedelta(hours=20))
    assert Message.objects.filter(key__contains=":last:").count() == 3
    new = extend(world)
    clock.tick(closes - timedelta(hours=19))
    assert Message.objects.filter(key__contains=":last").count() == 3
    world.cast(0, 1)
    clock.tick(new - timedelta(hours=20))
    again = Message.objects.filter(key__contains=":last-")
    assert sorted(again.values_list("to_email", flat=True)) == sorted(person.email for person in world.people[1:])
    assert all(moment(new) in message.text for message in again)
    world.cast(1, 1)
    assert again.filter(state="queued").count() == 1


def test_no_reminder_follows_where_the_new_last_day_had_started(world):
    now = timezone.now()
    Election.objects.filter(pk=world.election.pk).update(
        voting_opens_at=now - 5 * DAY, voting_closes_at=now + timedelta(hours=2)
    )
    extend(world, days=0.5)
    clock.tick()
    assert not Message.objects.filter(key__contains=":last").exists()


def test_cancelling_stops_the_news_of_a_later_close(world):
    extend(world)
    actions.cancel(election=world.election, by=make.StaffFactory(), because="A mistake.")
    assert not told().filter(state="queued").exists()


def test_database_holds_no_extension_that_makes_voting_shorter(world):
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(election=world.election, was_to_close_at=now, closes_at=now, because="x")


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def staff(client):
    user = make.StaffFactory()
    client.force_login(user)
    return user


def test_page_says_to_how_many_it_goes_and_the_public_reads_why(client, staff, world):
    address = f"{world.election.get_absolute_url()}manage/extend/"
    old = world.election.voting_closes_at
    assert "your reason to 3 people who vote" in client.get(address).text
    new = timezone.localtime(old + 7 * DAY)
    answers = {"voting_closes_at_day": new.date().isoformat(), "voting_closes_at_clock": "5pm", "because": ""}
    wrong = client.post(address, answers).text
    assert "Enter why voting is extended" in wrong
    assert new.date().isoformat() in wrong or str(new.day) in wrong
    earlier = client.post(address, answers | {"voting_closes_at_day": "1 January 2026", "because": WHY}).text
    assert "enter a later time" in earlier
    assert WHY in earlier
    assert not told().exists()
    done = client.post(address, answers | {"because": WHY}, follow=True).text
    assert "everyone who votes will be told" in done
    assert told().count() == 3
    client.logout()
    public = client.get(world.election.get_absolute_url()).text
    assert WHY in public
    assert f"Voting was due to close on {moment(old)}" in public


def test_page_is_gone_once_voting_has_closed(client, staff, world):
    address = f"{world.election.get_absolute_url()}manage/"
    assert "Extend voting" in client.get(address).text
    world.close_voting()
    assert "Extend voting" not in client.get(address).text
    assert "only extend voting before it closes" in client.get(f"{address}extend/", follow=True).text
    answers = {"voting_closes_at_day": "1 January 2031", "voting_closes_at_clock": "5pm", "because": WHY}
    assert "Voting has closed" in client.post(f"{address}extend/", answers).text

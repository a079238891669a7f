import pytest
from django.test import Client
from django.utils import timezone

from assemblies.meetings.actions import following
from assemblies.meetings.models import Follower
from assemblies.registrations import recipients, telling
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return factories.MeetingFactory()


def follow(client, meeting, email: str = "Sam@Example.org"):
    return client.post(f"{meeting.get_absolute_url()}follow/", {"email": email}, follow=True)


def link_of(follower: Follower) -> str:
    return f"{follower.meeting.get_absolute_url()}follow/{follower.key}/"


def test_visitor_follows_once_they_have_confirmed_their_address(client, meeting):
    assert "Check your email" in follow(client, meeting).content.decode()
    follower = Follower.objects.get()
    assert (follower.email, follower.confirmed_at) == ("sam@example.org", None)
    message = Message.objects.get()
    assert message.to_email == "sam@example.org"
    assert link_of(follower) in message.text
    page = client.get(link_of(follower)).content.decode()
    assert "Yes, follow this meeting" in page
    follower.refresh_from_db()
    assert follower.confirmed_at is None  # a mail program that opens the link confirms nothing
    page = client.post(link_of(follower), follow=True).content.decode()
    assert "You follow this meeting" in page
    follower.refresh_from_db()
    assert follower.confirmed_at


def test_page_after_the_form_has_an_address_of_its_own(client, meeting):
    answer = client.post(f"{meeting.get_absolute_url()}follow/", {"email": "sam@example.org"})
    assert answer.url == f"{meeting.get_absolute_url()}follow/sent/"
    assert "sam@example.org" in client.get(answer.url).text
    assert "sam@example.org" not in Client().get(answer.url).text


def test_asking_twice_in_a_day_sends_one_mail_and_keeps_one_follower(client, meeting):
    for email in ("sam@example.org", "SAM@example.org "):
        follow(client, meeting, email)
    assert Follower.objects.count() == 1
    assert Message.objects.count() == 1


def test_page_says_the_same_whether_or_not_an_address_follows(client, meeting):
    first = follow(client, meeting).content.decode()
    following.confirm(follower=Follower.objects.get(), by=None)
    assert follow(client, meeting).content.decode() == first
    assert Message.objects.count() == 1


def test_signed_in_person_follows_with_one_click(client, meeting):
    user = factories.UserFactory()
    client.force_login(user)
    page = client.post(f"{meeting.get_absolute_url()}follow/", {"email": "somebody-else@example.org"}, follow=True)
    assert "You follow this meeting" in page.content.decode()
    follower = Follower.objects.get()
    assert follower.email == user.email
    assert follower.confirmed_at
    assert not Message.objects.exists()
    assert "You follow this meeting" in client.get(meeting.get_absolute_url()).content.decode()


def test_follower_stops_with_one_click_and_is_forgotten(client, meeting):
    follow(client, meeting)
    follower = following.confirm(follower=Follower.objects.get(), by=None)
    assert "You no longer follow" in client.post(link_of(follower), {"stop": "1"}).content.decode()
    assert not Follower.objects.exists()
    response = client.get(link_of(follower))
    assert response.status_code == 404
    assert "That link does not work" in response.content.decode()
    assert "Follow this meeting" in response.content.decode()


def test_form_wants_an_address(client, meeting):
    response = follow(client, meeting, "sam at example")
    page = response.content.decode()
    assert "Enter an email address in the right form" in page
    assert "sam at example" in page
    assert not Follower.objects.exists()


@pytest.mark.parametrize("facts", [{"state": "cancelled"}, {"starts_at": factories.in_days(-9), "state": "held"}])
def test_meeting_that_is_off_or_over_cannot_be_followed(client, facts):
    meeting = factories.MeetingFactory(**facts)
    assert "there is nothing to follow" in follow(client, meeting).content.decode()
    page = client.get(f"{meeting.get_absolute_url()}follow/").content.decode()
    assert "there is nothing to follow" in page
    assert "Your email address" not in page
    assert not Follower.objects.exists()
    with pytest.raises(Refusal):
        following.ask(meeting=meeting, email="sam@example.org", by=None)


@pytest.mark.parametrize("facts", [{"state": "draft"}, {"by_invitation": True}])
def test_meeting_that_is_not_public_cannot_be_followed_by_strangers(client, facts):
    meeting = factories.MeetingFactory(**facts)
    assert client.get(f"{meeting.get_absolute_url()}follow/").status_code == 404
    assert follow(client, meeting).status_code == 404


def test_link_of_one_follower_does_nothing_at_another_meeting(client, meeting):
    follow(client, meeting)
    follower, other = Follower.objects.get(), factories.MeetingFactory()
    assert client.get(f"{other.get_absolute_url()}follow/{follower.key}/").status_code == 404


def test_submission_without_the_form_token_is_refused(meeting):
    assert follow(Client(enforce_csrf_checks=True), meeting).status_code == 403


def test_form_posted_too_often_from_one_place_says_so(client, meeting, settings):
    settings.PUBLIC_FORM_RATE = "1/h"
    follow(client, meeting, "often@example.org")
    late = follow(client, meeting, "often@example.org")
    page = late.content.decode()
    assert late.status_code == 429
    assert "too many tries" in page
    assert "often@example.org" in page


def test_mail_program_stops_following_by_one_post(meeting):
    follower = Follower.objects.create(
        meeting=meeting, email="sam@example.org", key="k" * 43, confirmed_at=timezone.now()
    )
    at = f"{link_of(follower)}stop/"
    assert "Stop these emails?" in Client().get(at).text
    assert Follower.objects.exists()
    answer = Client(enforce_csrf_checks=True).post(at, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Follower.objects.exists()


def test_news_for_followers_can_be_stopped(meeting):
    follower = Follower.objects.create(
        meeting=meeting, email="sam@example.org", key="k" * 43, confirmed_at=timezone.now()
    )
    [person] = recipients.followers(meeting)
    telling.tell(
        "organising/meeting_changed", {"meeting": meeting, "what": "the venue"}, [person],
        key="k:1", not_after=meeting.starts_at, method="",
    )  # fmt: skip
    assert Message.objects.get().unsubscribe.endswith(f"{link_of(follower)}stop/")

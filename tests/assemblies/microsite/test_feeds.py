import re

import pytest
import vobject
from django.test import Client
from django.utils import timezone

from assemblies.meetings.actions import feed
from assemblies.meetings.models import Follower, Meeting
from partnership.audit.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db


def events(client, path: str) -> dict:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    found = vobject.readOne(response.content.decode())
    assert found.method.value == "PUBLISH"
    return {event.summary.value: event for event in found.contents.get("vevent", [])}


def test_feed_of_everything_holds_public_meetings_and_links_back(client, settings):
    meeting = factories.MeetingFactory(title="Open to all")
    for facts in ({"state": "draft"}, {"by_invitation": True}, {"starts_at": factories.in_days(-900), "state": "held"}):
        factories.MeetingFactory(**facts)
    found = events(client, "/calendar.ics")
    assert set(found) == {"Open to all"}
    assert found["Open to all"].url.value == f"{settings.PORTAL_URL}{meeting.get_absolute_url()}"
    assert f"{settings.PORTAL_URL}{meeting.get_absolute_url()}" in found["Open to all"].description.value


def test_feeds_of_a_place_and_of_a_board_hold_their_own(client):
    here = factories.MeetingPlaceFactory(meeting__title="Here")
    served = factories.MeetingFactory(title="Of a board that serves it")
    here.place.boards.add(served.board)
    factories.MeetingFactory(title="Elsewhere")
    assert set(events(client, f"/places/{here.place.slug}/calendar.ics")) == {"Here", "Of a board that serves it"}
    assert set(events(client, f"/boards/{served.board.slug}/calendar.ics")) == {"Of a board that serves it"}
    assert client.get("/places/nowhere/calendar.ics").status_code == 404
    assert client.get("/boards/nowhere/calendar.ics").status_code == 404


def test_moved_and_cancelled_meetings_say_so_under_the_same_identity(client):
    meeting = factories.MeetingFactory(title="Assembly")
    before = events(client, "/calendar.ics")["Assembly"]
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=factories.in_days(20), sequence=1)
    moved = events(client, "/calendar.ics")["Assembly"]
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled", sequence=2)
    off = events(client, "/calendar.ics")["Cancelled: Assembly"]
    assert before.uid.value == moved.uid.value == off.uid.value
    assert [each.sequence.value for each in (before, moved, off)] == ["0", "1", "2"]
    assert (moved.status.value, off.status.value) == ("CONFIRMED", "CANCELLED")
    assert moved.dtstart.value == factories.in_days(20)


def test_feed_costs_the_same_for_one_meeting_and_for_fifty(client, django_assert_num_queries):
    for rows in (1, 50):
        for _ in range(rows):
            factories.MeetingFactory()
        with django_assert_num_queries(1):
            assert client.get("/calendar.ics").status_code == 200


def test_feed_that_has_not_changed_is_not_sent_again(client):
    factories.MeetingFactory()
    first = client.get("/calendar.ics")
    again = client.get("/calendar.ics", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Meeting.objects.update(title="Another")
    assert client.get("/calendar.ics", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_own_calendar_holds_registrations_invitations_and_follows(client, settings):
    user = factories.UserFactory()
    link = "https://video.example.org/room"
    mine = factories.RegistrationFactory(email=user.email, meeting__title="Mine", meeting__joining_link=link)
    waiting = factories.RegistrationFactory(
        email=user.email, meeting__title="Waiting", meeting__joining_link=link, state="waiting", place_number=None,
        queued_at=timezone.now(),
    )  # fmt: skip
    factories.RegistrationFactory(email=user.email, meeting__title="Left", state="cancelled", place_number=None)
    factories.InvitationFactory(email=user.email, meeting__title="Invited", meeting__by_invitation=True)
    factories.InvitationFactory(email=user.email, meeting__title="Declined", declined_at=timezone.now())
    factories.InvitationFactory(email=user.email, meeting__title="Not sent", sent_at=None)
    followed = factories.MeetingFactory(title="Followed")
    Follower.objects.create(meeting=followed, email=user.email, key="a", confirmed_at=timezone.now())
    Follower.objects.create(meeting=factories.MeetingFactory(title="Not confirmed"), email=user.email, key="b")
    factories.MeetingFactory(title="Someone else's")
    found = events(client, f"/calendar/{feed.own(by=user).secret}.ics")
    assert set(found) == {"Mine", "Waiting list: Waiting", "Invited", "Followed"}
    assert found["Mine"].location.value == link
    assert found["Waiting list: Waiting"].location.value == "Online"
    assert found["Mine"].url.value == f"{settings.PORTAL_URL}/r/{mine.key}/"
    assert found["Waiting list: Waiting"].url.value == f"{settings.PORTAL_URL}/r/{waiting.key}/"


@pytest.mark.parametrize(
    ("facts", "title", "sure"),
    [
        ({}, "Assembly", True),
        ({"state": "waiting", "queued_at": timezone.now(), "place_number": None}, "Waiting list: Assembly", False),
        ({"state": "offered", "offered_until": factories.in_days(2)}, "Place offered: Assembly", False),
        ({"state": "held", "confirm_by": factories.in_days(1)}, "Not confirmed: Assembly", False),
    ],
    ids=["registered", "waiting", "offered", "held"],
)
@pytest.mark.parametrize("of", ["feed", "file"])
def test_entry_says_how_sure_a_place_is(client, of, facts, title, sure):
    user = factories.UserFactory()
    person = factories.RegistrationFactory(email=user.email, meeting__title="Assembly", calendar_changes=2, **facts)
    path = f"/calendar/{feed.own(by=user).secret}.ics" if of == "feed" else f"/r/{person.key}/calendar.ics"
    entry = events(client, path)[title]
    said = ("CONFIRMED", "OPAQUE") if sure else ("TENTATIVE", "TRANSPARENT")
    assert (entry.status.value, entry.transp.value) == said
    assert entry.sequence.value == "2"


def test_entry_without_a_place_takes_up_no_time(client):
    user = factories.UserFactory()
    factories.InvitationFactory(email=user.email, meeting__title="Invited")
    followed = factories.MeetingFactory(title="Followed")
    Follower.objects.create(meeting=followed, email=user.email, key="a", confirmed_at=timezone.now())
    found = events(client, f"/calendar/{feed.own(by=user).secret}.ics")
    assert {title: entry.transp.value for title, entry in found.items()} == {
        "Invited": "TRANSPARENT",
        "Followed": "TRANSPARENT",
    }


def test_own_calendar_forgets_a_meeting_that_is_a_draft_again(client):
    user = factories.UserFactory()
    factories.RegistrationFactory(email=user.email, meeting__state="draft")
    assert events(client, f"/calendar/{feed.own(by=user).secret}.ics") == {}


def test_own_calendar_is_not_to_be_kept_by_others(client):
    response = client.get(f"/calendar/{feed.own(by=factories.UserFactory()).secret}.ics")
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"


def test_new_address_stops_the_old_one(client):
    user = factories.UserFactory()
    client.force_login(user)
    page = client.get("/home/calendar/").content.decode()
    (old,) = re.findall(r"/calendar/([\w-]+)\.ics<", page)
    assert Client().get(f"/calendar/{old}.ics").status_code == 200
    assert "stops working at once" in client.get("/home/calendar/reset/").content.decode()
    page = client.post("/home/calendar/reset/", follow=True).content.decode()
    (new,) = re.findall(r"/calendar/([\w-]+)\.ics<", page)
    assert new != old
    assert Client().get(f"/calendar/{old}.ics").status_code == 404
    assert Client().get(f"/calendar/{new}.ics").status_code == 200
    assert Entry.objects.filter(verb="calendar.reset").count() == 1


def test_own_calendar_of_someone_who_may_no_longer_sign_in_is_gone(client):
    user = factories.UserFactory()
    secret = feed.own(by=user).secret
    user.is_active = False
    user.save()
    assert client.get(f"/calendar/{secret}.ics").status_code == 404
    assert client.get("/calendar/guess.ics").status_code == 404

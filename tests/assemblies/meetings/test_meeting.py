"""A meeting that is over is not coming up, and one that runs says so: on homes, lists and pages of boards and places."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.meetings.models import Meeting
from tests import factories as make
from tests.assemblies.minutes.held import ended
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def at(**facts) -> Meeting:
    now = timezone.now()
    return make.MeetingFactory(**{"starts_at": now - HOUR, "ends_at": now + HOUR} | facts)


@pytest.mark.parametrize(
    ("facts", "over", "running"),
    [
        ({}, False, True),
        ({"starts_at": timezone.now() + HOUR, "ends_at": timezone.now() + 2 * HOUR}, False, False),
        ({"ends_at": timezone.now() - timedelta(minutes=1)}, True, False),
        ({"ended_at": timezone.now() - timedelta(minutes=1)}, True, False),
        ({"state": "held"}, True, False),
        ({"state": "cancelled", "cancelled_reason": "Snow"}, False, False),
    ],
)
def test_meeting_is_over_by_its_end_its_record_or_its_state(facts, over, running):
    meeting = at(**facts)
    assert (meeting.is_over, meeting.is_under_way) == (over, running)
    assert Meeting.objects.past().exists() == over
    assert Meeting.objects.coming().exists() != over


def test_meeting_that_ended_early_is_not_coming_up(client):
    held = ended(ends_at=timezone.now() + HOUR, title="Ended early")
    place = make.MeetingPlaceFactory(meeting=held.meeting).place
    assert "Ended early" in client.get("/meetings/?when=past").text
    for address in ("/meetings/", held.board.get_absolute_url(), place.get_absolute_url()):
        assert f'{held.meeting.get_absolute_url()}">Ended early' not in client.get(address).text, address
    assert "Ended early" not in sign_in(client, make.UserFactory()).get("/home/").text.partition("Coming up")[2]


def test_meeting_under_way_says_so_wherever_it_is_listed(client):
    person, meeting = make.UserFactory(), at()
    place = make.MeetingPlaceFactory(meeting=meeting).place
    for address in (
        "/meetings/",
        meeting.get_absolute_url(),
        meeting.board.get_absolute_url(),
        place.get_absolute_url(),
    ):
        assert "Under way" in client.get(address).text, address
    sign_in(client, person)
    assert "Under way" in client.get("/home/").text
    make.RegistrationFactory(meeting=meeting, email=person.email, state="registered")
    assert "Under way" in client.get("/home/").text


def test_home_of_a_member_does_not_deny_the_meeting_that_runs(client):
    term = make.AppointmentFactory()
    at(board=term.seat.board)
    page = sign_in(client, term.holder).get("/home/").text
    assert "Your board has no meetings planned" not in page
    assert "No meeting of your board is ahead." in page

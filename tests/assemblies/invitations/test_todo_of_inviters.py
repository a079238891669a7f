"""What staff are told needs them, until everybody who can be invited is, and has their invitation."""

from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.invitations.actions import invitation_run
from tests.assemblies.invitations.inviting import listed, told
from tests.factories import (
    InvitationFactory,
    MeetingFactory,
    MessageFactory,
    PlaceLeadFactory,
    RegistrationFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db


def test_staff_invite_then_follow_then_are_done():
    staff, meeting = StaffFactory(), MeetingFactory(title="September", slug="september")
    listed(meeting, "Ann", "Bob", "Cyd")
    listed(meeting, "Ann")
    listed(meeting, "Dan", state="open")
    RegistrationFactory(meeting=meeting, email="cyd@example.org")
    assert told(staff) == {"Invite 2 people": "/meetings/september/manage/invitations/"}
    run = invitation_run.invite(meeting=meeting, by=staff, key=uuid4())
    where = f"/meetings/september/manage/invitations/runs/{run.pk}/"
    assert told(staff) == {"Check how the invitations to September are going out": where}
    invitation_run.resume()
    assert told(staff) == {}


def test_people_of_meetings_nobody_can_be_invited_to_are_not_counted():
    for fields in ({"state": "draft"}, {"state": "cancelled"}, {"starts_at": timezone.now()}):
        listed(MeetingFactory(**fields), "Ann")
    assert told(StaffFactory()) == {}


def test_bounce_is_for_staff_to_fix():
    staff = StaffFactory()
    message = MessageFactory(state="failed")
    meeting = InvitationFactory(message=message, meeting__slug="september").meeting
    assert told(staff) == {"Fix 1 address that bounced": f"/meetings/{meeting.slug}/manage/invitations/"}


def test_place_leads_invite_nobody():
    lead = PlaceLeadFactory().user
    listed(MeetingFactory(), "Ann", place=lead.places_led.get().place)
    assert told(lead) == {}

"""A meeting copied to another day: what its board and room give it, none of its people."""

from uuid import uuid4

import pytest

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting_copy
from partnership.refusals import Refusal
from tests.factories import (
    InvitationFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    RegistrationFactory,
    StaffFactory,
    StandingItemFactory,
    in_days,
)
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    found = MeetingFactory(
        title="Board", slug="board", format="hybrid", venue_name="Town hall", venue_address="High Street",
        venue_access="Step-free", joining_link="https://meet.example.org/x", letter="Dear all", by_invitation=True,
    )  # fmt: skip
    RegistrationFactory(meeting=found)
    InvitationFactory(meeting=found)
    MeetingPlaceFactory(meeting=found)
    StandingItemFactory(board=found.board, title="Welcome")
    return found


def test_copy_has_the_room_and_the_standing_items_and_nobody(meeting):
    staff, uid = StaffFactory(), uuid4()
    when = {"starts_at": in_days(60), "ends_at": in_days(60, 12)}
    made = [meeting_copy.copy(meeting=meeting, by=staff, uid=uid, **when) for _ in range(2)]
    assert made[0] == made[1]
    copy = Meeting.objects.get(uid=uid)
    same = ("title", "board", "kind", "format", "venue_name", "venue_address", "venue_access", "by_invitation")
    assert all(getattr(copy, name) == getattr(meeting, name) for name in same)
    assert (copy.state, copy.joining_link, copy.letter, copy.published_at) == ("draft", "", "", None)
    for people in ("registrations", "invitations", "followers", "meeting_places", "documents"):
        assert not getattr(copy, people).exists(), people
    assert [item.title for item in copy.agenda_versions.get().items.all()] == ["Welcome"]


def test_copy_after_the_last_day_of_the_board_is_refused(meeting):
    meeting.board.ends_on = in_days(40).date()
    meeting.board.save()
    with pytest.raises(Refusal, match="The last day of"):
        meeting_copy.copy(meeting=meeting, by=None, uid=uuid4(), starts_at=in_days(60), ends_at=in_days(60, 12))


def test_page_asks_for_the_day_and_keeps_bad_answers(client, meeting):
    sign_in(client, StaffFactory())
    address, uid = "/meetings/board/manage/copy/", str(uuid4())
    assert "Copy the meeting" in words(client.get("/meetings/board/manage/"))
    page = words(client.post(address, {"uid": uid, "starts_at_day": "tomorrow", "starts_at_clock": "9am"}))
    assert "Enter a date, like" in page
    assert 'value="tomorrow"' in page
    given = {
        "uid": uid,
        "starts_at_day": "1 June 2027",
        "starts_at_clock": "9am",
        "ends_at_day": "1 June 2027",
        "ends_at_clock": "8am",
    }
    assert "The end must be after the start" in words(client.post(address, given))
    response = client.post(address, given | {"ends_at_clock": "11am"})
    assert response.url == f"/meetings/{Meeting.objects.get(uid=uid).slug}/manage/"

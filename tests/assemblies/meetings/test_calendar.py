import re
from datetime import datetime, timedelta
from time import thread_time
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone

from assemblies.meetings import calendar
from assemblies.meetings.models import Meeting
from partnership.boards.models import Board

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def meeting():
    """A meeting as it is read; a calendar entry needs no database."""
    return Meeting(
        pk=41,
        title="Partnership Assembly: what’s next, and who; where?",
        slug="september-assembly",
        kind="assembly",
        board=Board(pk=4, name="Partnership Board", slug="partnership-board", kind="forum"),
        summary="Nine places, one question.\nBring – if you can – a neighbour: café, naïve, Llŷn " + "ŵ" * 90,
        starts_at=datetime(2020, 9, 17, 9, 30, tzinfo=LONDON),
        ends_at=datetime(2020, 9, 17, 12, 30, tzinfo=LONDON),
        format="online",
        joining_link="https://video.example.org/room/secret",
        joining_instructions="The room opens at 9.15am.",
        state="published",
        published_at=timezone.now(),
        changed_at=timezone.now(),
    )


@pytest.fixture
def saved(meeting, db):
    meeting.board.save()
    meeting.save()
    return meeting


def unfolded(text: str) -> list[str]:
    return re.sub(r"\r\n[ \t]", "", text).split("\r\n")


def invitation(meeting, **extra) -> str:
    own = calendar.Own(**extra)
    return calendar.request_for(meeting, "sam@example.org", "Sam Ōkafor", "https://portal.example/i/abc/", own)


def test_invitation_is_read_by_another_library(meeting):
    event = vobject.readOne(invitation(meeting)).vevent
    assert event.dtstart.value == meeting.starts_at
    assert event.dtend.value == meeting.ends_at
    assert "DTSTART;TZID=Europe/London:20200917T093000" in unfolded(invitation(meeting))
    assert event.summary.value == meeting.title
    assert event.uid.value == calendar.uid(meeting)
    assert event.description.value.startswith("Nine places, one question.\nBring")
    assert "https://portal.example/i/abc/" in event.description.value
    assert event.attendee.value == "mailto:sam@example.org"
    assert event.attendee.params["CN"] == ["Sam Ōkafor"]
    assert event.organizer.value.startswith("mailto:")


def test_invitation_says_that_calendar_answers_do_not_reach_us(meeting):
    said = "Accepting or declining in your calendar does not tell us"
    assert said in vobject.readOne(invitation(meeting)).vevent.description.value
    assert said not in calendar.publish([meeting], "All", lambda _: "https://portal.example/").replace("\r\n ", "")


def test_lines_end_in_crlf_and_hold_at_most_75_octets(meeting):
    text = invitation(meeting)
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    for line in text.encode().split(b"\r\n"):
        line.decode()  # no letter is cut in two
    assert any("ŵ" * 90 in line for line in unfolded(text))


def test_invitation_says_request_and_cancelled_meeting_cancel(meeting):
    lines = unfolded(invitation(meeting))
    assert "METHOD:REQUEST" in lines
    assert "STATUS:CONFIRMED" in lines
    meeting.sequence = 4
    lines = unfolded(calendar.meeting_cancelled_for(meeting, "sam@example.org", "Sam", "https://portal.example/r/abc/"))
    assert "METHOD:CANCEL" in lines
    assert "STATUS:CANCELLED" in lines
    assert "SEQUENCE:4" in lines
    assert f"UID:{calendar.uid(meeting)}" in lines


def test_who_leaves_is_taken_off_a_meeting_that_goes_ahead(meeting):
    meeting.sequence, own = 4, calendar.Own(changes=1)
    text = calendar.not_coming_for(meeting, "sam@example.org", "Sam", "https://portal.example/r/abc/", own)
    lines = unfolded(text)
    assert {"METHOD:CANCEL", "SEQUENCE:5", f"UID:{calendar.uid(meeting)}"} <= set(lines)
    assert [line for line in lines if line.startswith("STATUS")] == []
    assert vobject.readOne(text).vevent.summary.value == meeting.title
    assert [line for line in lines if "ATTENDEE" in line] == [
        "ATTENDEE;CN=Sam;ROLE=REQ-PARTICIPANT:mailto:sam@example.org"
    ]
    assert [line for line in lines if line.startswith("ORGANIZER")]


def test_move_keeps_the_identity_and_raises_the_sequence(saved):
    before = vobject.readOne(invitation(saved)).vevent
    Meeting.objects.filter(pk=saved.pk).update(starts_at=saved.starts_at - timedelta(days=1), sequence=1)
    saved.refresh_from_db()
    after = vobject.readOne(invitation(saved)).vevent
    assert after.uid.value == before.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert after.dtstart.value == before.dtstart.value - timedelta(days=1)
    assert after.last_modified.value >= before.last_modified.value


def test_identity_does_not_follow_the_address_of_the_portal(meeting, settings):
    before = calendar.uid(meeting)
    settings.PORTAL_URL = "https://elsewhere.example"
    assert calendar.uid(meeting) == before


@pytest.mark.parametrize("year", [2020, 2026, 2059])
@pytest.mark.parametrize(("month", "name"), [(1, "GMT"), (7, "BST")])
def test_time_zone_holds_for_decades(meeting, year, month, name):
    zone = vobject.readOne(invitation(meeting)).vtimezone.gettzinfo()
    there = datetime(year, month, 15, 12, tzinfo=zone)
    assert there.utcoffset() == datetime(year, month, 15, 12, tzinfo=LONDON).utcoffset()
    assert there.tzname() == name


def test_time_zone_changes_on_the_right_sundays(meeting):
    zone = vobject.readOne(invitation(meeting)).vtimezone.gettzinfo()
    for day in (
        datetime(2026, 3, 28, 12),
        datetime(2026, 3, 29, 12),
        datetime(2026, 10, 24, 12),
        datetime(2026, 10, 25, 12),
    ):
        assert day.replace(tzinfo=zone).utcoffset() == day.replace(tzinfo=LONDON).utcoffset()


def test_joining_link_is_only_for_those_who_hold_a_place(meeting):
    assert "video.example.org" not in "".join(unfolded(invitation(meeting)))
    assert "LOCATION:Online" in unfolded(invitation(meeting))
    held = unfolded(invitation(meeting, holds_place=True))
    assert "LOCATION:https://video.example.org/room/secret" in held
    assert any("PARTSTAT=ACCEPTED" in line for line in held)
    assert "video.example.org" not in calendar.publish([meeting], "All", lambda _: "https://portal.example/")


def test_place_of_a_meeting_in_a_room_is_its_address(meeting):
    meeting.format, meeting.venue_name, meeting.venue_address = "hybrid", "Town Hall", "1 High Street\nHalton"
    event = vobject.readOne(invitation(meeting, holds_place=True)).vevent
    assert event.location.value == "Town Hall, 1 High Street, Halton"
    assert "Join online: https://video.example.org/room/secret" in event.description.value


def test_feed_names_nobody_and_links_back(meeting):
    text = calendar.publish([meeting], "Everything", lambda each: f"https://portal.example/meetings/{each.slug}/")
    lines = unfolded(text)
    assert "METHOD:PUBLISH" in lines
    assert not [line for line in lines if line.startswith("ATTENDEE")]
    assert "URL:https://portal.example/meetings/september-assembly/" in lines
    assert vobject.readOne(text).vevent.url.value == "https://portal.example/meetings/september-assembly/"


def test_feed_is_the_same_to_the_letter_until_a_meeting_changes(saved):
    def feed() -> str:
        saved.refresh_from_db()
        return calendar.publish([saved], "Everything", lambda each: each.slug)

    first = feed()
    Meeting.objects.filter(pk=saved.pk).update(full=True)  # nothing a calendar shows
    assert feed() == first
    Meeting.objects.filter(pk=saved.pk).update(state="cancelled", sequence=1)
    assert feed() != first
    assert "STATUS:CANCELLED" in feed()


def test_change_time_is_kept_by_the_database(saved):
    stale = Meeting.objects.get(pk=saved.pk)
    Meeting.objects.filter(pk=saved.pk).update(venue_name="Elsewhere")
    changed = Meeting.objects.get(pk=saved.pk).changed_at
    assert changed > stale.changed_at
    stale.venue_name = "Elsewhere"
    stale.save()
    assert Meeting.objects.get(pk=saved.pk).changed_at == changed


@pytest.mark.parametrize(
    "name", ['Sam "Red" Oak', "Sam; Oak, Ash: Elm", "Sam\r\nATTENDEE:mailto:eve@example.org", "\x07", ""]
)
def test_names_cannot_break_out_of_their_line(meeting, name):
    text = calendar.request_for(meeting, "sam@example.org", name, "https://portal.example/i/abc/")
    assert len([line for line in unfolded(text) if line.startswith("ATTENDEE")]) == 1
    assert vobject.readOne(text).vevent.attendee.value == "mailto:sam@example.org"


@pytest.mark.parametrize(
    "unseen", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x7f", "\x85", "\u200b", "\u2028", "\ufffe"]
)
def test_stored_text_of_any_kind_makes_a_calendar(meeting, unseen):
    """Forms clean what is typed; a row that came another way does not take the whole calendar with it."""
    words = f"One{unseen}BEGIN:VEVENT{unseen}two"
    meeting.title, meeting.venue_name, meeting.summary, meeting.format = words, words, words, "in_person"
    feed = calendar.publish([meeting], words, lambda _: "https://portal.example/")
    personal = calendar.request_for(meeting, "sam@example.org", words, "https://portal.example/i/abc/")
    off = calendar.meeting_cancelled_for(meeting, "sam@example.org", words, "https://portal.example/i/abc/")
    for text in (feed, personal, off):
        assert len([*vobject.readOne(text).vevent_list]) == 1
        assert text.splitlines() == text.split("\r\n")[:-1], "no line ends in another way"
        assert "\n" not in vobject.readOne(text).vevent.summary.value


def test_thousand_invitations_are_made_in_well_under_a_second(meeting):
    invitation(meeting)
    start = thread_time()
    for number in range(1000):
        calendar.request_for(meeting, f"p{number}@example.org", f"P {number}", f"https://portal.example/i/{number}/")
    assert thread_time() - start < 0.9

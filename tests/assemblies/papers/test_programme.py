"""The programme: drafted in rows, released as a version that says what changed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.papers.actions import programme
from assemblies.papers.models import ProgrammeVersion, Session
from partnership.refusals import Refusal
from tests.factories import MeetingFactory, StaffFactory
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = StaffFactory(name="Priya Raman")
    sign_in(client, person)
    return person


@pytest.fixture
def meeting():
    return MeetingFactory()


def said(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def typed(*rows, seen="", **changes):
    """What the page sends for rows of (start, end, title), and for ids of those that exist."""
    form = {
        "row-TOTAL_FORMS": str(len(rows)),
        "row-INITIAL_FORMS": str(sum(len(row) > 3 for row in rows)),
        "seen": seen,
    }
    for number, (start, end, title, *pk) in enumerate(rows):
        form |= {f"row-{number}-starts": start, f"row-{number}-ends": end, f"row-{number}-title": title}
        form |= {f"row-{number}-kind": "session", f"row-{number}-id": pk[0] if pk else ""}
    return form | changes


def save(client, meeting, *rows, **changes):
    seen = programme.fingerprint(programme.draft_of(meeting) or programme.released_of(meeting))
    return client.post(f"/meetings/{meeting.slug}/manage/programme/", typed(*rows, **({"seen": seen} | changes)))


def release(meeting, note=""):
    seen = programme.fingerprint(programme.draft_of(meeting))
    return programme.release(meeting=meeting, by=None, seen=seen, comment=note)


def held(meeting):
    return {
        session.title: session for session in Session.objects.filter(version__meeting=meeting, version__state="draft")
    }


def test_rows_make_a_draft_that_is_not_shown(client, staff, meeting):
    save(client, meeting, ("9.30am", "10am", "Welcome"), ("10am", "11am", "Places"), ("", "", ""))
    draft = ProgrammeVersion.objects.get()
    assert (draft.state, draft.number) == ("draft", 1)
    assert [session.title for session in draft.sessions.all()] == ["Welcome", "Places"]
    assert draft.sessions.first().starts_at == meeting.starts_at
    assert "Welcome" not in said(client.get(f"/meetings/{meeting.slug}/"))


def test_rows_sent_without_what_was_seen_overwrite_nothing(client, staff, meeting):
    save(client, meeting, ("9.30am", "10am", "Welcome"))
    rows = typed(("9.30am", "10am", "Goodbye"))
    del rows["seen"]
    page = said(client.post(f"/meetings/{meeting.slug}/manage/programme/", rows))
    assert "after you opened it. Your answers are kept below" in page
    assert 'value="Goodbye"' in page
    assert list(held(meeting)) == ["Welcome"]


def test_release_shows_it_once(client, staff, meeting):
    save(client, meeting, ("9.30am", "10am", "Welcome"))
    address = f"/meetings/{meeting.slug}/manage/programme/release/"
    seen = re.search(r'name="seen" value="(\w+)"', said(client.get(address)))[1]
    for _ in range(2):
        page = said(client.post(address, {"seen": seen}, follow=True))
    assert "Version 1 of the programme is released." in page
    assert ProgrammeVersion.objects.get().released_by == staff


def test_later_version_says_what_changed(client, staff, meeting):
    save(client, meeting, ("9.30am", "10am", "Welcome"), ("10am", "11am", "Places"), ("11am", "11.15am", "Break"))
    first = release(meeting)
    pks = {session.title: session.pk for session in first.sessions.all()}
    save(
        client,
        meeting,
        ("9.30am", "10am", "Opening", pks["Welcome"]),
        ("10.15am", "11.15am", "Places", pks["Places"]),
        ("11.15am", "11.30am", "Break", pks["Break"]),
        ("11.30am", "12pm", "Answers"),
        **{"row-2-remove": "on"},
    )
    page = said(client.get(f"/meetings/{meeting.slug}/manage/programme/release/"))
    assert "Added: “Answers” at 11.30am." in page
    assert "Removed: “Break”." in page
    assert "Renamed: “Welcome” is now “Opening”." in page
    assert "New time: “Places”, 10.15am to 11.15am." in page
    assert [session.title for session in first.sessions.all()] == ["Welcome", "Places", "Break"]
    second = release(meeting, "Answers added.")
    assert second.comment == "Answers added."
    shown = said(client.get(meeting.get_absolute_url()))
    for line in [*second.change_note.splitlines(), "Answers added."]:
        assert line in shown
    assert "Added: “Answers” at 11.30am." in second.change_note


def test_same_rows_again_make_no_draft(client, staff, meeting):
    save(client, meeting, ("9.30am", "10am", "Welcome"))
    first = release(meeting)
    save(client, meeting, ("9.30am", "10am", "Welcome", first.sessions.get().pk))
    assert ProgrammeVersion.objects.count() == 1


def test_second_person_keeps_their_rows_and_may_save_over(client, staff, meeting):
    seen = programme.fingerprint(None)
    row = programme.Row(None, meeting.starts_at, meeting.starts_at + timedelta(hours=1), "session", "Theirs", "", "")
    programme.write(meeting=meeting, by=StaffFactory(name="Kofi Mensah"), rows=[row], seen=seen)
    page = said(save(client, meeting, ("9.30am", "10am", "Mine"), seen=seen))
    assert "Kofi Mensah changed this on" in page
    assert 'value="Mine"' in page
    assert list(held(meeting)) == ["Theirs"]
    fresh = re.search(r'name="seen" value="(\w+)"', page)[1]
    save(client, meeting, ("9.30am", "10am", "Mine"), seen=fresh)
    assert list(held(meeting)) == ["Mine"]


def test_overlaps_and_times_outside_are_warned_of_and_saved(client, staff, meeting):
    save(client, meeting, ("9am", "10am", "Early"), ("9.45am", "11am", "Places"))
    page = said(client.get(f"/meetings/{meeting.slug}/manage/programme/"))
    assert "“Early” and “Places” overlap: 9.45am is before 10am." in page
    assert "“Early” is outside the times of the meeting." in page
    assert len(held(meeting)) == 2


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("10am", "9.30am", "Welcome"), "Session 1: The session must end after it starts"),
        (("", "10am", "Welcome"), "Session 1: Enter when the session starts"),
        (("9.30am", "", "Welcome"), "Session 1: Enter when the session ends"),
        (("9.30am", "10am", ""), "Session 1: Enter the title of the session"),
        (("half nine", "10am", "Welcome"), "Session 1: Enter a time, like 9.30am or 14:00"),
    ],
)
def test_row_refuses_in_words_keeps_the_others_and_saves_nothing(client, staff, meeting, row, message):
    page = said(save(client, meeting, row, ("11am", "12pm", "Kept session")))
    assert message in page
    assert 'value="Kept session"' in page
    assert not Session.objects.exists()


@pytest.mark.parametrize("number", [61, 9999, 10**30])
def test_programme_of_thousands_of_rows_is_refused_at_once(client, staff, meeting, number):
    page = save(client, meeting, ("9.30am", "10am", "Welcome"), **{"row-TOTAL_FORMS": str(number)})
    assert page.status_code == 200
    assert "A programme can have 60 sessions at most: remove some" in said(page)
    assert 'name="row-60-title"' not in page.text
    assert not ProgrammeVersion.objects.exists()


def test_empty_programme_is_not_released(meeting):
    programme.revise(meeting=meeting, by=None)
    with pytest.raises(Refusal, match="no sessions yet"):
        release(meeting)


def test_programme_of_a_cancelled_meeting_stays(client, staff):
    meeting = MeetingFactory(state="cancelled", published_at=timezone.now())
    page = said(save(client, meeting, ("9.30am", "10am", "Welcome")))
    assert "The meeting is cancelled, so its programme can no longer be changed." in page
    assert not Session.objects.exists()


def test_discarding_a_draft_leaves_what_is_released(client, staff, meeting):
    save(client, meeting, ("9.30am", "10am", "Welcome"))
    release(meeting)
    programme.revise(meeting=meeting, by=None)
    address = f"/meetings/{meeting.slug}/manage/programme/discard/"
    assert "The released programme stays as it is" in said(client.get(address))
    client.post(address)
    assert ProgrammeVersion.objects.get().state == "released"


def test_sessions_of_a_meeting_over_two_days_say_which_day(client, staff):
    meeting = MeetingFactory()
    meeting.ends_at = meeting.starts_at + timedelta(days=1, hours=2)
    meeting.save()
    day = timezone.localdate(meeting.ends_at).isoformat()
    save(client, meeting, ("10am", "11am", "Second day"), **{"row-0-day": day})
    assert timezone.localdate(Session.objects.get().starts_at).isoformat() == day


def test_programme_page_query_count_is_constant(client, staff, meeting):
    counts = []
    for number in (1, 40):
        start = meeting.starts_at
        rows = [
            programme.Row(None, start, start + timedelta(minutes=n + 1), "session", f"S{n}", "", "")
            for n in range(number)
        ]
        seen = programme.fingerprint(programme.draft_of(meeting))
        programme.write(meeting=meeting, by=staff, rows=rows, seen=seen)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/meetings/{meeting.slug}/manage/programme/")
        counts.append(len(queries))
    assert counts[0] == counts[1]

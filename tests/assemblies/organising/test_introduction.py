"""A place introduces itself: by its own leads, previewed, and never over one another."""

import re

import pytest

from tests.factories import MeetingPlaceFactory, PlaceLeadFactory, StaffFactory, UserFactory
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return MeetingPlaceFactory(place__name="Halton", place__slug="halton")


@pytest.fixture
def lead(client, row):
    person = PlaceLeadFactory(place=row.place, user__name="Sam Okafor").user
    sign_in(client, person)
    return person


def address(row):
    return f"/meetings/{row.meeting.slug}/manage/places/halton/introduction/"


def said(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_lead_writes_it_and_the_page_says_who_and_when(client, row, lead):
    assert "Nobody has written the introduction yet" in said(client.get(address(row)))
    client.post(address(row), {"text": "We are **Halton**.", "seen_at": "", "save": "1"})
    row.refresh_from_db()
    assert (row.introduction, row.introduction_by) == ("We are **Halton**.", lead)
    assert "Last written by Sam Okafor on" in said(client.get(address(row)))


def test_preview_shows_it_and_saves_nothing(client, row, lead):
    text = "We are **Halton**.<script>alert(1)</script>"
    page = said(client.post(address(row), {"text": text, "preview": "1"}))
    assert "<strong>Halton</strong>" in page
    assert "<script>alert" not in page
    row.refresh_from_db()
    assert row.introduction == ""


def test_second_lead_is_told_shown_both_and_may_save_over(client, row, lead):
    first = {"text": "First words", "seen_at": ""}
    client.post(address(row), first)
    sign_in(client, PlaceLeadFactory(place=row.place).user)
    page = said(client.post(address(row), {"text": "Second words", "seen_at": ""}))
    assert "Sam Okafor changed this on" in page
    assert "First words" in page
    assert "Second words" in page
    row.refresh_from_db()
    assert row.introduction == "First words"
    seen = re.search(r'name="seen_at" value="([^"]+)"', page)[1]
    client.post(address(row), {"text": "Second words", "seen_at": seen})
    row.refresh_from_db()
    assert row.introduction == "Second words"


def test_page_sent_with_a_broken_time_is_refused_in_words(client, row, lead):
    page = said(client.post(address(row), {"text": "Words", "seen_at": "2026-99-99T00:00:00Z"}))
    assert "Open it again and save it again" in page


def test_others_do_not_write_it(client, row):
    other = MeetingPlaceFactory(meeting=row.meeting)
    for person, status in (
        (PlaceLeadFactory(place=other.place).user, 403),
        (UserFactory(), 404),
        (StaffFactory(), 200),
    ):
        sign_in(client, person)
        assert client.get(address(row)).status_code == status
    assert client.get(address(row).replace("halton", "nowhere")).status_code == 404

"""Facts of a public form are read once while nothing changes, and again as soon as something does."""

import pytest
from django.test import Client

from assemblies.reading import public_meeting
from partnership.ui.kept_facts import kept_while_unchanged
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


def test_read_once_until_something_public_changes():
    make.PartnerFactory()  # the stamp is there
    read = []
    found = kept_while_unchanged(lambda word: read.append(word) or f"{word} {len(read)}")
    assert [found("a"), found("a"), found("b")] == ["a 1", "a 1", "b 2"]
    make.PartnerFactory()
    assert found("a") == "a 3"


def test_meeting_that_is_no_longer_public_disappears_at_once():
    meeting = make.MeetingFactory(slug="open")
    assert public_meeting("open") == meeting
    type(meeting).objects.filter(pk=meeting.pk).update(state="draft")
    assert public_meeting("open") is None
    assert Client().post("/meetings/open/register/", {"name": "Ann"}).status_code == 404


def test_a_place_that_joins_is_asked_for_at_once():
    meeting = make.MeetingFactory(slug="open")
    public_meeting("open")
    part = make.MeetingPlaceFactory(meeting=meeting)
    assert public_meeting("open").places_asked == [(part.place_id, part.place.name)]

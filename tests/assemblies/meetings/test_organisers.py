"""Which staff organise a meeting: whoever creates it, and colleagues that somebody else names."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assemblies.meetings.actions.organisers import name_organisers
from assemblies.organising.actions import meeting as meeting_actions
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return make.MeetingFactory()


def test_whoever_creates_a_meeting_organises_it():
    staff = make.StaffFactory()
    facts = {"title": "Board", "kind": "board", "board": make.BoardFactory(), "format": "online"}
    times = {"starts_at": make.in_days(30), "ends_at": make.in_days(30, 12)}
    assert list(meeting_actions.create(by=staff, uid=uuid4(), **facts, **times).organisers.all()) == [staff]


def test_colleagues_are_named_by_others_and_nobody_by_themselves(meeting):
    first, second, third = make.StaffFactory.create_batch(3)
    meeting.organisers.add(first)
    with pytest.raises(Refusal, match="You cannot name yourself"):
        name_organisers(meeting=meeting, people=[first, second], by=second)
    assert name_organisers(meeting=meeting, people=[first, second], by=third)
    assert not name_organisers(meeting=meeting, people=[second, first], by=third)
    assert name_organisers(meeting=meeting, people=[second], by=first)
    assert meeting.organisers.get() == second
    with pytest.raises(Refusal, match="Choose at least one person"):
        name_organisers(meeting=meeting, people=[], by=second)
    entry = Entry.objects.filter(verb="meeting.organisers_named").order_by("pk").first()
    assert entry.details == {"before": [str(first)], "new": sorted([str(first), str(second)])}


def test_where_nobody_on_the_staff_organises_it_one_may_name_oneself(meeting):
    left, staff = make.UserFactory(), make.StaffFactory()
    meeting.organisers.add(left)
    assert name_organisers(meeting=meeting, people=[staff], by=staff)
    assert meeting.organisers.get() == staff


def test_pages_name_no_organiser_who_left_the_staff(client, meeting):
    meeting.organisers.add(make.UserFactory(name="Jo Left"))
    sign_in(client, make.StaffFactory())
    assert "Nobody is named yet. <a" in client.get(reverse("manage", args=[meeting.slug])).text
    refused = client.get(reverse("manage_needs", args=[meeting.slug])).text
    assert "Nobody is named as an organiser of this meeting yet." in refused
    assert "Jo Left" not in refused


def test_page_names_organisers_and_says_what_is_missing(client, meeting):
    first, second = make.StaffFactory.create_batch(2)
    member = make.UserFactory()
    meeting.organisers.add(first)
    sign_in(client, second)
    page, overview = (reverse(name, args=[meeting.slug]) for name in ("manage_organisers", "manage"))
    assert f"{first}. <a" in client.get(overview).text
    assert "Choose at least one person" in client.post(page, {}).text
    assert "Choose the staff who organise this meeting from the list" in client.post(page, {"people": [member.pk]}).text
    kept = client.post(page, {"people": [first.pk, second.pk]}).text
    assert "You cannot name yourself. Ask a colleague to name you." in kept
    assert kept.count('checked="checked"') == 2
    assert (
        "Saved: who organises this meeting."
        in sign_in(client, first).post(page, {"people": [first.pk, second.pk]}, follow=True).text
    )
    assert set(meeting.organisers.all()) == {first, second}


def test_naming_organisers_lets_others_register_meanwhile(meeting):
    """A row that points at the meeting can be added: of the two locks, FOR UPDATE would make it wait."""
    with CaptureQueriesContext(connection) as asked:
        name_organisers(meeting=meeting, people=[make.StaffFactory()], by=None)
    locks = [query["sql"] for query in asked if "meetings_meeting" in query["sql"] and " FOR " in query["sql"]]
    assert ["FOR NO KEY UPDATE" in sql for sql in locks] == [True]


def test_two_people_who_name_organisers_at_once_undo_nothing(client, meeting):
    first, second, third = make.StaffFactory.create_batch(3)
    meeting.organisers.add(first, second)
    page = reverse("manage_organisers", args=[meeting.slug])
    opened = {"shown": [each.pk for each in meeting.organisers.all()]}
    form = sign_in(client, first).get(page).text
    assert form.count('type="hidden" name="shown"') == 2
    name_organisers(meeting=meeting, people=[first, third], by=first)
    client.post(page, opened | {"people": [first.pk, second.pk]})
    assert set(meeting.organisers.all()) == {first, third}
    client.post(page, opened | {"people": [second.pk]})
    assert meeting.organisers.get() == third
    left = {"shown": [second.pk, third.pk], "people": [second.pk]}
    assert "Choose at least one person" in client.post(page, left).text

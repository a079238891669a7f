"""A list is drawn up, signed off, reopened and chased."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.lists.actions import invitation_list as lists
from assemblies.lists.actions import list_entry
from assemblies.lists.actions.list_entry import Person
from assemblies.lists.models import InvitationList, ListEntry
from assemblies.meetings.models import Meeting
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    InvitationFactory,
    InvitationListFactory,
    ListEntryFactory,
    MeetingFactory,
    PartnerFactory,
    PlaceFactory,
    PlaceLeadFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db
ANN = Person("Ann@Mind.example.org", "Ann Hill", "Leeds Mind", "", "Trustee")
OPEN, SIGNED_OFF = InvitationList.State.OPEN, InvitationList.State.SIGNED_OFF


@pytest.fixture
def lead():
    return PlaceLeadFactory(place=PlaceFactory(name="Halton")).user


@pytest.fixture
def listed(lead):
    return InvitationListFactory(place=lead.places_led.get().place, state=OPEN)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_person_added_by_hand_gets_a_lower_case_address(listed, lead):
    entry = list_entry.add(invitation_list=listed, by=lead, person=ANN)
    assert (entry.email, entry.kind, entry.source, entry.added_by) == ("ann@mind.example.org", "vcfse", "hand", lead)
    assert verbs() == ["list.person_added"]


def test_person_added_twice_is_on_the_list_once(listed, lead):
    first = list_entry.add(invitation_list=listed, by=lead, person=ANN)
    assert list_entry.add(invitation_list=listed, by=lead, person=ANN) == first
    assert listed.entries.count() == 1


def test_second_name_for_one_address_is_refused(listed, lead):
    list_entry.add(invitation_list=listed, by=lead, person=ANN)
    with pytest.raises(Refusal, match="Ann Hill is on this list") as refused:
        list_entry.add(invitation_list=listed, by=lead, person=Person(ANN.email, "Bo Lee"))
    assert refused.value.field == "email"


def test_organisation_like_a_partner_links_it_and_takes_its_kind(listed, lead):
    partner = PartnerFactory(name="Halton Borough Council", kind="council")
    entry = list_entry.add(invitation_list=listed, by=lead, person=Person("a@x.org", "A B", "Halton Council", "vcfse"))
    assert (entry.partner, entry.kind, entry.organisation) == (partner, "council", "Halton Council")


def test_change_keeps_the_list_without_doubles(listed, lead):
    ann = list_entry.add(invitation_list=listed, by=lead, person=ANN)
    ListEntryFactory(list=listed, email="bo@x.org", name="Bo Lee")
    with pytest.raises(Refusal, match="Bo Lee is on this list"):
        list_entry.change(entry=ann, by=lead, person=Person("bo@x.org", "Ann Hill"))
    changed = list_entry.change(entry=ann, by=lead, person=Person("ann@new.org", "Ann Hill-Lee", "", "council"))
    assert ListEntry.objects.get(pk=ann.pk).name == "Ann Hill-Lee"
    assert (changed.email, changed.kind) == ("ann@new.org", "council")


def test_chosen_kind_stays_until_the_organisation_changes(listed, lead):
    PartnerFactory(name="Halton Borough Council", kind="council")
    entry = list_entry.add(invitation_list=listed, by=lead, person=Person("a@x.org", "A B", "Halton Council"))
    list_entry.change(entry=entry, by=lead, person=Person("a@x.org", "A B", "Halton Council", "education"))
    list_entry.change(entry=entry, by=lead, person=Person("a@x.org", "A B", "Halton Council", "education", "Head"))
    assert (entry.kind, entry.role) == ("education", "Head")
    list_entry.change(entry=entry, by=lead, person=Person("a@x.org", "A B", "Healthwatch Halton", "education", "Head"))
    assert entry.kind == "healthwatch"


def test_person_invited_already_keeps_address_and_stays(listed, lead):
    ann = list_entry.add(invitation_list=listed, by=lead, person=ANN)
    InvitationFactory(meeting=listed.meeting, email=ann.email)
    with pytest.raises(Refusal, match="invited at this address"):
        list_entry.change(entry=ann, by=lead, person=Person("ann@new.org", "Ann Hill"))
    with pytest.raises(Refusal, match="already been invited"):
        list_entry.remove(entry=ann, by=lead)
    assert listed.entries.count() == 1


def test_person_is_taken_off_only_while_the_list_is_open(listed, lead):
    ann, bo = list_entry.add(invitation_list=listed, by=lead, person=ANN), ListEntryFactory(list=listed)
    lists.sign_off(invitation_list=listed, by=lead)
    with pytest.raises(Refusal, match="Reopen it"):
        list_entry.remove(entry=ann, by=lead)
    lists.reopen(invitation_list=listed, by=lead)
    list_entry.remove(entry=ann, by=lead)
    assert list(listed.entries.all()) == [bo]


@pytest.mark.parametrize("state", [Meeting.State.CANCELLED, Meeting.State.HELD])
def test_list_of_a_meeting_that_is_over_or_off_does_not_change(listed, lead, state):
    Meeting.objects.filter(pk=listed.meeting_id).update(state=state)
    with pytest.raises(Refusal, match="can no longer be changed"):
        list_entry.add(invitation_list=listed, by=lead, person=ANN)


def test_list_of_a_meeting_that_has_started_does_not_change(listed, lead):
    started = timezone.now() - timedelta(minutes=1)
    Meeting.objects.filter(pk=listed.meeting_id).update(starts_at=started)
    with pytest.raises(Refusal, match="has started"):
        list_entry.add_many(invitation_list=listed, by=lead, people=[ANN], source="directory")


def test_many_people_join_once_each(listed, lead):
    list_entry.add(invitation_list=listed, by=lead, person=ANN)
    people = [ANN, Person("bo@x.org", "Bo Lee"), Person("BO@x.org", "Bo Lee")]
    assert list_entry.add_many(invitation_list=listed, by=lead, people=people, source="last_time") == 1
    assert list_entry.add_many(invitation_list=listed, by=lead, people=people, source="last_time") == 0
    assert listed.entries.count() == 2


def test_empty_list_cannot_be_signed_off(listed, lead):
    with pytest.raises(Refusal, match="nobody on this list"):
        lists.sign_off(invitation_list=listed, by=lead)
    listed.refresh_from_db()
    assert listed.state == OPEN


def test_sign_off_says_who_and_when_and_twice_is_harmless(listed, lead):
    ListEntryFactory(list=listed)
    signed = lists.sign_off(invitation_list=listed, by=lead)
    again = lists.sign_off(invitation_list=listed, by=StaffFactory())
    assert (signed.state, signed.signed_off_by) == (SIGNED_OFF, lead)
    assert (again.signed_off_at, again.signed_off_by) == (signed.signed_off_at, lead)
    assert verbs() == ["list.signed_off"]
    assert Entry.objects.get().details == {"people": 1, "on_behalf_of_the_place": False}


def test_sign_off_by_staff_is_recorded_as_on_behalf_of_the_place(listed):
    ListEntryFactory(list=listed)
    lists.sign_off(invitation_list=listed, by=StaffFactory())
    assert Entry.objects.get().details["on_behalf_of_the_place"] is True


def test_people_can_join_after_sign_off(listed, lead):
    ListEntryFactory(list=listed)
    lists.sign_off(invitation_list=listed, by=lead)
    entry = list_entry.add(invitation_list=listed, by=lead, person=ANN)
    listed.refresh_from_db()
    assert listed.state == SIGNED_OFF
    assert entry.added_at > listed.signed_off_at


def test_mix_is_given_to_each_list_and_must_add_up(listed, lead):
    other = InvitationListFactory(meeting=listed.meeting)
    mix = {"nhs": 30, "council": 20, "vcfse": 40, "other": 10}
    lists.set_mix(lists=[listed, other], by=lead, percent=mix)
    lists.set_mix(lists=[listed], by=lead, percent=mix | {"nhs": 40, "other": 0})
    assert dict(other.targets.values_list("sector", "percent")) == mix
    assert dict(listed.targets.values_list("sector", "percent"))["nhs"] == 40
    with pytest.raises(Refusal, match="add up to 90%"):
        lists.set_mix(lists=[listed], by=lead, percent=mix | {"nhs": 20})


def test_chase_writes_once_a_day_to_each_lead_of_an_open_list(listed, lead):
    deputy = PlaceLeadFactory(place=listed.place).user
    InvitationListFactory(meeting=listed.meeting, place=PlaceLeadFactory().place)
    staff = StaffFactory()
    assert lists.chase(lists=listed.meeting.lists.all(), by=staff) == 2
    assert lists.chase(lists=listed.meeting.lists.all(), by=staff) == 0
    assert sorted(Message.objects.values_list("to_email", flat=True)) == sorted([lead.email, deputy.email])
    text = Message.objects.first().text
    assert "\n\n\n" not in text
    assert "Halton" in text
    assert "Nobody is on it." in text
    assert f"/meetings/{listed.meeting.slug}/manage/lists/{listed.place.slug}/" in text


def test_chase_again_the_next_day(listed):
    lists.chase(lists=[listed], by=None)
    InvitationList.objects.update(chased_at=timezone.now() - timedelta(days=1))
    Message.objects.update(key="yesterday")
    assert lists.chase(lists=[listed], by=None) == 1


def test_nothing_is_sent_about_a_meeting_that_is_not_published(lead):
    draft = InvitationListFactory(place=lead.places_led.get().place, state=OPEN, meeting=MeetingFactory(state="draft"))
    with pytest.raises(Refusal, match="not published"):
        lists.chase(lists=[draft], by=None)
    assert not Message.objects.exists()


def test_chase_that_has_not_left_is_withdrawn_at_sign_off(listed, lead):
    ListEntryFactory(list=listed)
    lists.chase(lists=[listed], by=None)
    lists.sign_off(invitation_list=listed, by=lead)
    assert list(Message.objects.values_list("state", flat=True)) == ["withdrawn"]


def test_chase_without_a_lead_reaches_nobody_and_says_so():
    plan = lists.plan_chase([InvitationListFactory(state=OPEN)])
    assert (plan.people, len(plan.without_lead)) == (0, 1)

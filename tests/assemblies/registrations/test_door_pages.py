"""What organisers see of registrations, and checking people in."""

import io
import re

import pypdf
import pytest
from django.urls import reverse

from assemblies.registrations.models import Needs, Registration
from partnership import dates
from partnership.audit.models import Entry
from tests.factories import (
    MeetingPlaceFactory,
    MeetingTodayFactory,
    RegistrationFactory,
    StaffFactory,
    UserFactory,
    in_days,
)
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(db):
    return MeetingTodayFactory()


@pytest.fixture
def staff_client(client, meeting):
    """Signed in as the one who organises the meeting."""
    person = StaffFactory()
    meeting.organisers.add(person)
    return sign_in(client, person)


def show(client, name, meeting, query=""):
    response = client.get(reverse(name, args=[meeting.slug]) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_registrations_are_counted_by_place_and_sector(staff_client, meeting):
    place = MeetingPlaceFactory(meeting=meeting, place__name="Wirral").place
    RegistrationFactory(meeting=meeting, place=place, kind="vcfse")
    RegistrationFactory(meeting=meeting, kind="")
    page = show(staff_client, "manage_registrations", meeting)
    assert "Wirral" in page
    assert "No place given" in page
    assert "Voluntary, community, faith and social enterprise" in page
    assert "Not known" in page


def test_everybody_comes_first_and_counts_hold_no_zeros(staff_client, meeting):
    place = MeetingPlaceFactory(meeting=meeting, place__name="Wirral").place
    MeetingPlaceFactory(meeting=meeting, place__name="Halton")
    RegistrationFactory(
        meeting=meeting, place=place, name="Ama Boateng", role="Nurse", attendance="in_person", photo_consent=True
    )
    RegistrationFactory(meeting=meeting, place=place, state="cancelled", place_number=None, attendance="online")
    page = re.sub(r"\s+", " ", show(staff_client, "manage_registrations", meeting))
    assert page.index("Ama Boateng") < page.index(">Counts<")
    for fact in ("Nurse, Wirral", "In person. Registered", "Can be photographed", "Online. Registered"):
        assert fact in page
    assert 'Wirral</dt><dd class="govuk-summary-list__value">1 registered, 1 cancelled</dd>' in page
    assert 'Halton</dt><dd class="govuk-summary-list__value">Nobody</dd>' in page
    assert "<table" not in page


def test_nothing_for_the_door_is_offered_for_an_online_meeting(staff_client):
    meeting = MeetingTodayFactory(format="online")
    person = RegistrationFactory(meeting=meeting)
    page = show(staff_client, "manage_registrations", meeting) + show(staff_client, "manage", meeting)
    for words in ("Badges", "Attendance sheet", "Check people in"):
        assert words not in page
    for name in ("manage_badges", "manage_attendance_sheet"):
        page = staff_client.get(reverse(name, args=[meeting.slug]), follow=True).content.decode()
        assert "This meeting is online, so there is nothing to print for the door." in page
    door = show(staff_client, "manage_door", meeting)
    assert "This meeting is online, so there is nobody to check in." in door
    assert reverse("manage_check_in", args=[meeting.slug, person.pk]) not in door


def test_check_in_page_says_when_it_opens(staff_client):
    meeting = MeetingTodayFactory(starts_at=in_days(26))
    person = RegistrationFactory(meeting=meeting)
    words = f"You can check people in on the day of the meeting, {dates.day(meeting.starts_at)}."
    page = show(staff_client, "manage_door", meeting)
    assert words in page
    assert "Check in<" not in page
    assert words in show(staff_client, "manage_walk_in", meeting)
    url = reverse("manage_check_in", args=[meeting.slug, person.pk])
    assert words in staff_client.post(url, follow=True).content.decode()
    assert "Print badges and the attendance sheet again" in show(staff_client, "manage_registrations", meeting)


def test_badges_are_for_people_who_come_to_the_room(staff_client):
    meeting = MeetingTodayFactory(format="hybrid")
    RegistrationFactory(meeting=meeting, name="Zoë Ndlovu", attendance="in_person")
    RegistrationFactory(meeting=meeting, name="Far Away", attendance="online")
    content = staff_client.get(reverse("manage_badges", args=[meeting.slug])).content
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "Zoë Ndlovu" in text
    assert "Far Away" not in text


def test_registrations_are_narrowed_and_exported_as_shown(staff_client, meeting):
    RegistrationFactory(meeting=meeting, name="Ama Boateng")
    RegistrationFactory(meeting=meeting, name="=Evil", email="evil@example.org")
    assert "evil@example.org" not in show(staff_client, "manage_registrations", meeting, "?q=ama")
    url = reverse("manage_export", args=[meeting.slug, "csv"])
    everybody = staff_client.get(url).content.decode("utf-8-sig")
    assert "'=Evil" in everybody
    assert "evil@example.org" not in staff_client.get(url + "?q=ama").content.decode("utf-8-sig")
    assert Entry.objects.filter(verb="meeting.registrations_exported").count() == 2


def test_needs_are_counted_without_names_and_names_are_audited(staff_client, meeting):
    person = RegistrationFactory(meeting=meeting, name="Deaf Person")
    Needs.objects.create(registration=person, access=["bsl"], dietary="Vegan")
    cancelled = RegistrationFactory(meeting=meeting, state="cancelled", place_number=None)
    Needs.objects.create(registration=cancelled, access=["loop"])
    page = show(staff_client, "manage_needs", meeting)
    assert "British Sign Language" in page
    assert "Vegan" in page
    assert "Hearing loop" not in page
    assert "Deaf Person" not in page
    assert not Entry.objects.filter(verb="meeting.needs_seen_by_name").exists()
    named = staff_client.post(reverse("manage_needs_by_name", args=[meeting.slug])).content.decode()
    assert "Deaf Person" in named
    assert Entry.objects.filter(verb="meeting.needs_seen_by_name").count() == 1


def test_needs_are_seen_by_those_who_organise_the_meeting_alone(staff_client, client, meeting):
    Needs.objects.create(registration=RegistrationFactory(meeting=meeting), access=["bsl"])
    organiser = meeting.organisers.get()
    sign_in(client, StaffFactory())
    for refused in (
        client.get(reverse("manage_needs", args=[meeting.slug])),
        client.post(reverse("manage_needs_by_name", args=[meeting.slug])),
    ):
        assert refused.status_code == 403
        assert f"This meeting is organised by {organiser}." in refused.text
        assert reverse("manage_organisers", args=[meeting.slug]) in refused.text
        assert "British Sign Language" not in refused.text
    assert not Entry.objects.filter(verb="meeting.needs_seen_by_name").exists()
    organiser.is_staff = False
    organiser.save()
    assert sign_in(client, organiser).get(reverse("manage_needs", args=[meeting.slug])).status_code == 403


def test_pages_of_the_organiser_are_refused_to_visitors(client, meeting):
    client.force_login(UserFactory())
    for name in ["manage_registrations", "manage_needs", "manage_door", "manage_badges", "manage_answers"]:
        assert client.get(reverse(name, args=[meeting.slug])).status_code == 403, name


@pytest.mark.parametrize("name", ["manage_badges", "manage_attendance_sheet"])
def test_sheets_are_tagged_pdfs_that_name_who_has_a_place(staff_client, meeting, name):
    RegistrationFactory(meeting=meeting, name="Zoë Ndlovu", attendance="in_person")
    RegistrationFactory(meeting=meeting, name="Gone Away", state="cancelled", place_number=None)
    response = staff_client.get(reverse(name, args=[meeting.slug]))
    pdf = pypdf.PdfReader(io.BytesIO(response.content))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Zoë Ndlovu" in text
    assert "Gone Away" not in text
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_person_is_found_checked_in_and_undone(staff_client, meeting):
    person = RegistrationFactory(meeting=meeting, name="Ama Boateng")
    RegistrationFactory(meeting=meeting, name="Owen Pritchard")
    assert "Owen" not in show(staff_client, "manage_door", meeting, "?q=boat")
    url = reverse("manage_check_in", args=[meeting.slug, person.pk])
    assert "Ama Boateng is checked in" in staff_client.post(url, follow=True).content.decode()
    assert "1 of 2 people checked in" in show(staff_client, "manage_door", meeting)
    assert "no longer checked in" in staff_client.post(url, {"undo": "1"}, follow=True).content.decode()


def test_person_of_another_meeting_cannot_be_checked_in_here(staff_client, meeting):
    other = RegistrationFactory()
    assert staff_client.post(reverse("manage_check_in", args=[meeting.slug, other.pk])).status_code == 404


def test_walk_in_form_says_what_is_missing_and_keeps_the_rest(staff_client, meeting):
    url = reverse("manage_walk_in", args=[meeting.slug])
    page = staff_client.post(url, {"name": "Ola Benson", "email": "not an address"}).content.decode()
    assert "Enter an email address in the right form" in page
    assert "Ola Benson" in page
    assert not Registration.objects.exists()
    staff_client.post(url, {"name": "Ola Benson", "email": "ola@example.org"})
    assert Registration.objects.get().state == "attended"


@pytest.mark.parametrize("name", ["manage_registrations", "manage_door", "manage_needs", "manage_answers"])
def test_pages_make_as_many_queries_for_fifty_people_as_for_one(
    staff_client, meeting, name, django_assert_num_queries, django_assert_max_num_queries
):
    def fill(number):
        for person in RegistrationFactory.create_batch(number, meeting=meeting, place=place):
            Needs.objects.create(registration=person, access=["bsl"])

    place = MeetingPlaceFactory(meeting=meeting).place
    fill(1)
    url = reverse(name, args=[meeting.slug])
    staff_client.get(url)
    with django_assert_max_num_queries(100) as one:
        staff_client.get(url)
    fill(49)
    with django_assert_num_queries(len(one)):
        staff_client.get(url)

"""The public start page, and a person's own home with what needs them now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership import todo
from partnership.boards.models import BankHoliday
from partnership.dates import short_day
from partnership.partners.models import Membership
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def titles(user) -> list[str]:
    return [each.title for each in todo.now_for(user)]


def test_start_page_shows_what_is_public_and_nothing_else(client):
    make.MeetingFactory(title="September assembly")
    make.MeetingFactory(title="Secret draft", state=Meeting.State.DRAFT)
    make.MeetingFactory(title="Closed circle", by_invitation=True)
    make.AgendaVersionFactory(meeting__title="Board in public", number=1)
    make.AgendaVersionFactory(meeting__title="Agenda of a draft", meeting__state="draft", number=1)
    make.PlaceFactory(name="Halton")
    page = client.get("/").text
    for words in ("September assembly", "Latest agendas", "Board in public", "Halton"):
        assert words in page
    for words in ("Secret draft", "Closed circle", "Agenda of a draft"):
        assert words not in page


def test_start_page_of_an_empty_portal_says_what_will_come(client):
    page = client.get("/").text
    assert "No meetings are planned." in page
    assert "No agendas are published yet." in page


def test_place_lead_is_asked_for_list_and_introduction(client):
    lead = make.PlaceLeadFactory(place__name="Halton")
    part = make.MeetingPlaceFactory(place=lead.place)
    listed = make.InvitationListFactory(meeting=part.meeting, place=lead.place, state="open")
    assert titles(lead.user) == ["Introduce Halton", "Sign off the invitation list of Halton"]
    page = sign_in(client, lead.user).get("/home/").text
    assert f"/meetings/{part.meeting.slug}/manage/lists/{lead.place.slug}/" in page
    listed.state, listed.signed_off_at = "signed_off", timezone.now()
    listed.save()
    part.introduction = "Two towns and a bridge."
    part.save()
    assert titles(lead.user) == []


def test_lead_of_another_place_is_not_asked():
    part = make.MeetingPlaceFactory()
    make.InvitationListFactory(meeting=part.meeting, place=part.place, state="open")
    assert titles(make.PlaceLeadFactory().user) == []


def test_chair_sees_the_last_day_to_publish_the_agenda():
    chair = make.ChairFactory()
    make.InterestsReturnFactory(person=chair.holder)
    meeting = make.MeetingFactory(board=chair.seat.board, title="Board in public")
    found = todo.now_for(chair.holder)[0]
    assert found.title == f"Publish the agenda for Board in public, {short_day(meeting.starts_at)}"
    assert found.due == chair.seat.board.latest_day_to_publish(timezone.localdate(meeting.starts_at))
    BankHoliday.objects.create(day=found.due, name="Proclaimed lately")
    assert todo.now_for(chair.holder)[0].due < found.due
    make.AgendaVersionFactory(meeting=meeting, number=1)
    assert titles(chair.holder) == []
    assert titles(make.ChairFactory().holder) == ["Declare your interests"]


def test_staff_see_who_waits_which_lists_are_late_and_what_bounced():
    staff = make.StaffFactory()
    Membership.objects.create(user=make.UserFactory(), partner=make.PartnerFactory())
    late = make.InvitationListFactory(state="open", due_on=timezone.localdate())
    make.InvitationListFactory(state="open", due_on=timezone.localdate() + timedelta(days=20))
    make.InvitationFactory(meeting=late.meeting, message=make.MessageFactory(state="failed"))
    found = titles(staff)
    assert sorted(found) == [
        "Chase 1 invitation list",
        "Decide on 1 membership",
        "Find a contact for 1 organisation",
        "Fix 1 address that bounced",
    ]
    assert titles(make.UserFactory()) == ["Say which organisation you belong to"]


def test_person_with_an_offered_place_is_told_until_when(client):
    person = make.UserFactory()
    make.MembershipFactory(user=person)
    place = make.RegistrationFactory(
        email=person.email,
        state="offered",
        offered_until=timezone.now() + timedelta(hours=3),
        meeting__title="Assembly",
    )
    assert titles(person) == [f"Take your place at Assembly, {short_day(place.meeting.starts_at)}"]
    assert "Take your place at Assembly" in sign_in(client, person).get("/home/").text


def test_nearest_date_comes_first_and_what_is_close_is_marked(client):
    lead = make.PlaceLeadFactory()
    for days in (9, 2, 5):
        meeting = make.MeetingFactory()
        due_on = timezone.localdate() + timedelta(days=days)
        make.InvitationListFactory(meeting=meeting, place=lead.place, state="open", due_on=due_on)
    dues = [(each.due - timezone.localdate()).days for each in todo.now_for(lead.user)]
    assert dues == [2, 5, 9]
    page = sign_in(client, lead.user).get("/home/").text
    assert page.count("portal-todo--soon") == 1
    assert "in 2 days" in page


def test_home_of_someone_with_nothing_to_do_says_so(client):
    person = make.MembershipFactory().user
    assert "Nothing needs you now." in sign_in(client, person).get("/home/").text


def test_home_shows_my_registrations_and_nobody_elses(client):
    person = make.UserFactory()
    mine = make.RegistrationFactory(email=person.email, meeting__title="My assembly")
    other = make.RegistrationFactory(meeting__title="Their assembly")
    page = sign_in(client, person).get("/home/").text
    assert f"/r/{mine.key}/" in page
    assert other.key not in page


def test_start_page_query_count_is_constant(client, django_assert_num_queries):
    client.force_login(make.UserFactory())
    make.AgendaVersionFactory(number=1)
    make.PlaceFactory()
    count = queries(client, "/")
    make.AgendaVersionFactory.create_batch(50, number=1)
    make.PlaceFactory.create_batch(50)
    with django_assert_num_queries(count):
        client.get("/")


@pytest.mark.parametrize("role", ["place_lead", "chair", "staff", "member"])
def test_own_home_query_count_is_constant(client, django_assert_num_queries, role):
    lead, chair, staff, member = make.PlaceLeadFactory(), make.ChairFactory(), make.StaffFactory(), make.UserFactory()
    person = {"place_lead": lead.user, "chair": chair.holder, "staff": staff, "member": member}[role]

    def add(number):
        for meeting in make.MeetingFactory.create_batch(number, board=chair.seat.board):
            make.MeetingPlaceFactory(meeting=meeting, place=lead.place)
            due_on = timezone.localdate()
            make.InvitationListFactory(meeting=meeting, place=lead.place, state="open", due_on=due_on)
            make.RegistrationFactory(meeting=meeting, email=member.email)
            Membership.objects.create(user=make.UserFactory(), partner=make.PartnerFactory())

    sign_in(client, person)
    add(1)
    count = queries(client, "/home/")
    add(50)
    with django_assert_num_queries(count):
        client.get("/home/")

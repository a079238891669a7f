from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.invitations.actions import invitation_run
from assemblies.invitations.models import Invitation, InvitationRun
from assemblies.invitations.standing import STATUS
from assemblies.lists.list_people import describe
from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Registration
from partnership.outbox.actions import deliver
from partnership.outbox.models import Message
from tests.assemblies.invitations.inviting import listed, send, two_days_pass
from tests.factories import (
    InvitationFactory,
    ListEntryFactory,
    MeetingFactory,
    MessageFactory,
    PlaceFactory,
    RegistrationFactory,
    StaffFactory,
    UserFactory,
    in_days,
)
from tests.pages import address, words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return MeetingFactory(title="September assembly", joining_link="https://meet.example.org/secret")


@pytest.fixture
def staff():
    return StaffFactory()


@pytest.fixture
def office(client, staff):
    return sign_in(client, staff)


@pytest.fixture
def invited(meeting):
    return InvitationFactory(meeting=meeting, name="Ann Able", email="ann@example.org")


# --- the person's own link


def test_link_shows_the_meeting_and_two_choices_and_answers_nothing(client, invited):
    page = client.get(f"/i/{invited.key}/")
    assert "September assembly" in words(page)
    assert "Yes, register" in words(page)
    assert f'href="/i/{invited.key}/register/"' in words(page)
    assert "No, decline" in words(page)
    assert "meet.example.org" not in words(page)
    invited.refresh_from_db()
    assert not invited.accepted_at
    assert not invited.declined_at
    assert "no-store" in page["Cache-Control"]


def test_scanner_that_opens_every_link_writes_nothing(client, invited):
    """Mail systems fetch each address in an email, often more than once and as a browser would."""
    before = Invitation.objects.values().get()
    for page in ("", "decline/", "register/"):
        assert client.get(f"/i/{invited.key}/{page}").status_code == 200
        client.head(f"/i/{invited.key}/{page}")
    assert Invitation.objects.values().get() == before
    assert not Registration.objects.exists()
    assert client.cookies.keys() <= {"csrftoken"}


def test_declining_takes_a_click_and_has_a_way_back(client, invited):
    client.get(f"/i/{invited.key}/decline/")
    invited.refresh_from_db()
    assert not invited.declined_at
    page = client.post(f"/i/{invited.key}/decline/", follow=True)
    assert "You declined" in words(page)
    assert "Accept after all" in words(page)
    invited.refresh_from_db()
    assert invited.declined_at


def test_declined_link_submitted_twice_does_no_harm(client, invited):
    for _ in range(2):
        assert client.post(f"/i/{invited.key}/decline/").status_code == 302


def test_link_after_registration_closed_says_so_and_takes_no_yes(client, invited):
    Meeting.objects.update(registration_closes_at=timezone.now() - timedelta(days=1))
    page = words(client.get(f"/i/{invited.key}/"))
    assert "Registration closed on" in page
    assert "Yes, register" not in page
    assert "Decline the invitation" in page


@pytest.mark.parametrize("state", ["cancelled", "held", "closed"])
def test_link_of_a_meeting_that_is_over_or_off_says_so(client, invited, state):
    Meeting.objects.update(state=state)
    page = words(client.get(f"/i/{invited.key}/"))
    assert "cancelled" in page or "taken place" in page
    assert "Yes, register" not in page
    assert "cannot come" not in page


def test_link_of_someone_registered_leads_to_their_registration(client, invited):
    guest = RegistrationFactory(meeting=invited.meeting, email=invited.email)
    page = words(client.get(f"/i/{invited.key}/"))
    assert "You have a place" in page
    assert f"/r/{guest.key}/" in page


def test_link_opens_a_meeting_by_invitation_in_this_browser_only(client, invited):
    Meeting.objects.update(by_invitation=True)
    where = invited.meeting.get_absolute_url()
    assert client.get(where).status_code == 404
    client.get(f"/i/{invited.key}/")
    assert client.get(where).status_code == 200
    assert Client().get(where).status_code == 404


def test_wrong_link_says_how_to_get_a_right_one(client):
    for wrong in ("/i/wrong/", "/i/wrong/decline/", "/i/wrong/register/"):
        page = client.get(wrong)
        assert page.status_code == 404
        assert "latest message" in words(page)
        assert "have your links sent to you again" in words(page)


def test_asking_for_links_again_mails_the_unanswered_invitation(client, invited):
    InvitationFactory(email=invited.email, declined_at=timezone.now())
    for _ in range(2):
        assert client.post("/r/", {"email": "ANN@example.org"}).status_code == 302
    message = Message.objects.get(to_email=invited.email)
    assert f"/i/{invited.key}/" in message.text


def test_sample_link_of_a_test_message_says_what_it_is(client):
    assert "sample link" in words(client.get("/i/example/"))


def test_link_to_an_unpublished_meeting_is_unknown(client, invited):
    Meeting.objects.update(state="draft", published_at=None)
    assert client.get(f"/i/{invited.key}/").status_code == 404


def test_old_link_stops_working_once_the_address_was_put_right(office, client, invited):
    old = invited.key
    office.post(
        address("manage_invitation_again", invited.meeting, invited.pk), {"email": "b@example.org", "key": uuid4()}
    )
    assert Client().get(f"/i/{old}/").status_code == 404


# --- staff


def test_preview_shows_the_message_in_a_frame_without_scripts(office, meeting):
    listed(meeting, "Ann", "Bob")
    page = office.get(address("manage_invitations_preview", meeting))
    assert "Invitation: September assembly" in words(page)
    assert "Continue to send to 2 people" in words(page)
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    frame = office.get(address("manage_invitations_message", meeting))
    assert "You are invited to September assembly" in words(frame)
    assert "sandbox" in frame["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


def test_test_message_goes_to_oneself_alone_and_once(office, staff, meeting, smtp):
    key = uuid4()
    for _ in range(2):
        office.post(address("manage_invitations_preview", meeting), {"key": key})
    deliver.deliver()
    assert [(mail.to, mail.subject[:6]) for mail in smtp.messages] == [([staff.email], "Test: ")]
    assert "/i/example/" in smtp.messages[0].text
    assert not Invitation.objects.exists()


def test_nothing_about_a_draft_leaves_not_even_as_a_test(office):
    draft = MeetingFactory(state="draft")
    page = office.post(address("manage_invitations_preview", draft), {"key": uuid4()})
    assert "no email about it can be sent" in words(page)
    assert not Message.objects.exists()


def test_send_says_how_many_then_sends_once_however_often_submitted(office, meeting):
    listed(meeting, "Ann", "Bob")
    page = office.get(address("manage_invitations_send", meeting))
    assert "Send invitations to 2 people" in words(page)
    key = page.context["form"]["key"].value()
    answers = [office.post(address("manage_invitations_send", meeting), {"key": key}) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert InvitationRun.objects.count() == 1
    assert "0 messages of 2 sent" in words(office.get(answers[0].url))


def test_send_without_a_usable_key_sends_nothing(office, meeting):
    listed(meeting, "Ann")
    assert office.post(address("manage_invitations_send", meeting), {"key": "x"}).status_code == 200
    assert not InvitationRun.objects.exists()


def test_nothing_to_send_says_so(office, meeting):
    assert "There is nobody left to invite" in words(office.get(address("manage_invitations_send", meeting)))
    listed(meeting, "Ann")
    Meeting.objects.update(state="cancelled")
    assert "This meeting is cancelled" in words(office.get(address("manage_invitations_send", meeting)))


def test_progress_counts_rows(office, meeting, staff, smtp):
    smtp.refuse("bob@", "550 5.1.1 No such person here")
    listed(meeting, "Ann", "Bob", "Cyd")
    run = send(meeting, staff)
    where = address("manage_invitations_run", meeting, run.pk)
    page = words(office.get(where))
    assert 'http-equiv="refresh"' in page
    assert ">Sending the invitations</h1>" in page
    assert "You can leave this page" in page
    deliver.deliver()
    page = words(office.get(where))
    assert "2 messages of 3 sent, 1 could not be delivered" in page
    assert ">Invitations sent</h1>" in page
    assert "<title>Invitations sent" in page
    assert "Sending the invitations" not in page
    assert "You can leave this page" not in page
    assert 'http-equiv="refresh"' not in page
    part = office.get(where, {"part": "progress"})
    assert "<html" not in words(part)
    assert "Done." in words(part)
    assert 'data-done="Invitations sent"' in words(part)


def test_page_of_a_run_of_which_nothing_arrived_says_so(office, meeting, staff, smtp):
    smtp.refuse("ann@", "550 5.1.1 No such person here")
    listed(meeting, "Ann")
    run = send(meeting, staff)
    deliver.deliver()
    assert ">Nothing was sent</h1>" in words(office.get(address("manage_invitations_run", meeting, run.pk)))


def test_page_of_asking_again_says_when_it_is_done(office, meeting, staff, smtp):
    listed(meeting, "Ann")
    send(meeting, staff)
    deliver.deliver()
    two_days_pass(meeting)
    run = invitation_run.chase(meeting=meeting, by=staff, key=uuid4())
    where = address("manage_invitations_run", meeting, run.pk)
    assert ">Asking those who have not answered</h1>" in words(office.get(where))
    invitation_run.resume()
    deliver.deliver()
    assert ">Reminders to answer sent</h1>" in words(office.get(where))


def test_run_of_another_meeting_is_absent(office, meeting, staff):
    listed(meeting, "Ann")
    run = send(meeting, staff)
    assert office.get(address("manage_invitations_run", MeetingFactory(), run.pk)).status_code == 404


def test_bounce_shows_beside_the_person_in_the_servers_words(office, meeting, staff, smtp):
    smtp.refuse("bob@", "550 5.1.1 No such person here")
    listed(meeting, "Bob")
    send(meeting, staff)
    deliver.deliver()
    page = words(office.get(address("manage_invitations", meeting)))
    assert "No such person here" in page
    assert "Correct the address" in page
    found = Invitation.objects.get()
    assert "No such person here" in words(office.get(address("manage_invitation", meeting, found.pk)))


def test_tracking_shows_each_step_with_its_time(office, meeting):
    now = timezone.now()
    InvitationFactory(meeting=meeting, name="Ann", message=MessageFactory(), accepted_at=now)
    page = words(office.get(address("manage_invitations", meeting)))
    for step in ("Invited", "Delivered", "Last emailed", "Accepted"):
        assert f"{step} {timezone.localtime(now).day} " in page


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({}, "waiting"),
        ({"message": "sent"}, "delivered"),
        ({"message": "failed"}, "bounced"),
        ({"message": "sent", "accepted_at": timezone.now()}, "accepted"),
        ({"message": "sent", "declined_at": timezone.now()}, "declined"),
    ],
)
def test_tracking_narrows_by_standing(office, meeting, fields, standing):
    InvitationFactory(meeting=meeting, name="Zoe", sent_at=None)
    fields = fields | {"message": MessageFactory(state=fields.get("message", "queued"))}
    InvitationFactory(meeting=meeting, name="Ann", **fields)
    InvitationFactory(name="Other meeting", **{k: v for k, v in fields.items() if k != "message"})
    page = office.get(address("manage_invitations", meeting), {"state": standing})
    names = {"Ann", "Zoe"} if standing == "waiting" else {"Ann"}
    assert {each.name for each in page.context["page_obj"]} == names


def test_tracking_narrows_by_words_and_place(office, meeting):
    entry = listed(meeting, "Ann")[0]
    InvitationFactory(meeting=meeting, name="Ann Able", organisation="Larder", place=entry.list.place)
    InvitationFactory(meeting=meeting, name="Ann Other", organisation="Trust")
    where = address("manage_invitations", meeting)
    assert [each.name for each in office.get(where, {"q": "ann lard"}).context["page_obj"]] == ["Ann Able"]
    assert [each.name for each in office.get(where, {"place": entry.list.place.slug}).context["page_obj"]] == [
        "Ann Able"
    ]
    assert len(office.get(where, {"place": "nowhere", "state": "odd"}).context["page_obj"]) == 2


@pytest.mark.parametrize(("email", "standing"), [("ann@@example.org", "bounced"), ("ann@example.org", "delivered")])
def test_list_and_tracking_say_the_same_of_mail_that_is_gone(meeting, email, standing):
    """An address nothing can be sent to never had an email; another's was deleted after a year."""
    InvitationFactory(meeting=meeting, email=email, message=None)
    assert Invitation.objects.with_standing().get().standing == standing
    entry = ListEntryFactory(list__meeting=meeting, email=email)
    [described] = describe(entry.list, [entry])
    assert described.status == STATUS[standing]
    assert described.status[0] != "Being invited"


def test_tracking_names_every_list_a_person_is_on(office, meeting, staff):
    for place in ("Wirral", "Halton"):
        listed(meeting, "Ann", place=PlaceFactory(name=place))
    send(meeting, staff)
    assert "On the lists of Halton, Wirral" in words(office.get(address("manage_invitations", meeting)))


@pytest.mark.parametrize("many", [1, 50])
def test_tracking_makes_the_same_queries_for_one_and_fifty(office, meeting, many, django_assert_max_num_queries):
    for _ in range(many):
        InvitationFactory(meeting=meeting, message=MessageFactory())
    with django_assert_max_num_queries(16):
        page = office.get(address("manage_invitations", meeting))
    assert len(page.context["page_obj"]) == many


def test_staff_answer_for_someone_shows_who_did(office, staff, invited):
    where = address("manage_invitation_answer", invited.meeting, invited.pk)
    assert "Select whether they are coming" in words(office.post(where, {}))
    page = words(office.post(where, {"answer": "coming"}, follow=True))
    assert f'Answered for them by</dt><dd class="govuk-summary-list__value">{staff}' in page
    assert "(answered by staff)" in page


def test_hybrid_meeting_asks_how_the_person_will_attend(office):
    meeting = MeetingFactory(format="hybrid")
    invited = InvitationFactory(meeting=meeting)
    where = address("manage_invitation_answer", meeting, invited.pk)
    assert "Select how they will attend" in words(office.post(where, {"answer": "coming"}))
    office.post(where, {"answer": "coming", "attendance": "online"})
    assert meeting.registrations.get().attendance == "online"


def test_send_again_keeps_a_wrong_address_and_says_what_is_wrong(office, invited):
    where = address("manage_invitation_again", invited.meeting, invited.pk)
    page = words(office.post(where, {"email": "not an address", "key": uuid4()}))
    assert "Enter an email address in the right form" in page
    assert 'value="not an address"' in page
    assert not Message.objects.exists()


def test_chase_says_how_many_and_asks_them_once(office, meeting):
    InvitationFactory(meeting=meeting, message=MessageFactory(), sent_at=in_days(-2))
    InvitationFactory(meeting=meeting, message=MessageFactory(), sent_at=in_days(-2), chased_at=timezone.now())
    InvitationFactory(meeting=meeting, message=MessageFactory())  # a minute ago
    where = address("manage_invitations_chase", meeting)
    page = office.get(where)
    assert "Ask 1 person who has not answered?" in words(page)
    assert "Also ask 2 people we emailed within the last day" in words(page)
    for _ in range(2):
        office.post(where, {"key": page.context["form"]["key"].value()})
    invitation_run.resume()
    assert Message.objects.filter(key__contains=":chase:").count() == 1


def test_numbers_of_invitations_add_up_and_the_recent_are_left_out(office, meeting):
    old = {"meeting": meeting, "sent_at": in_days(-3)}
    InvitationFactory(**old, message=MessageFactory())
    InvitationFactory(**old, message=MessageFactory(), accepted_at=timezone.now())
    InvitationFactory(**old, message=MessageFactory(), declined_at=timezone.now())
    InvitationFactory(**old, message=MessageFactory(state="failed", failure="address"))
    InvitationFactory(**old, message=MessageFactory(state="failed", failure="policy"))
    InvitationFactory(meeting=meeting, message=MessageFactory(), sent_at=timezone.now())
    answer = office.get(address("manage_invitations", meeting))
    numbers = {value: number for value, _, number in answer.context["counts"]}
    assert sum(numbers.values()) == answer.context["counts_total"] == 6
    assert numbers == {"waiting": 0, "delivered": 2, "bounced": 1, "refused": 1, "accepted": 1, "declined": 1}
    page = words(answer)
    assert "<dt>Invited in all</dt><dd>6</dd>" in page
    assert "3 people have been sent the invitation and not answered. We emailed 1 of them within the last day" in page
    assert "Ask 2 people who have not answered?" in words(office.get(address("manage_invitations_chase", meeting)))


def test_chase_of_nobody_says_so(office, meeting):
    assert "Everyone who got the invitation has answered" in words(
        office.get(address("manage_invitations_chase", meeting))
    )


@pytest.mark.parametrize("name", ["manage_invitations", "manage_invitations_send", "manage_invitations_preview"])
def test_pages_of_invitations_are_for_staff(client, meeting, name):
    assert client.get(address(name, meeting)).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address(name, meeting)).status_code == 404

"""The pages of registering, as a person's browser asks for them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.meetings.registration_window import closed_because
from assemblies.registrations.actions import cancellation
from assemblies.registrations.forms.registration import RegistrationForm
from assemblies.registrations.models import Needs, Registration
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    InvitationFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    MembershipFactory,
    PartnerFactory,
    RegistrationFactory,
    StaffFactory,
    UserFactory,
    in_days,
)
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Ann Archer", "email": "Ann@Example.org", "organisation": "Halton Carers", "role": "Trustee"}


@pytest.fixture
def place():
    """A place that takes part in a meeting open to all."""
    return MeetingPlaceFactory(meeting__title="Autumn assembly", meeting__slug="autumn", place__name="Halton")


def link_in(message: Message) -> str:
    return re.search(r"http://[^/]+(/r/\S+/confirm/\S*)", message.text)[1]


def test_the_whole_journey_from_the_public_page(client, place):
    assert "Register" in client.get("/meetings/autumn/register/").content.decode()
    answer = client.post("/meetings/autumn/register/", ANSWERS | {"place": place.place_id})
    assert answer.url == "/meetings/autumn/register/check-your-email/"
    assert "Check your email" in client.get(answer.url).content.decode()
    confirm = link_in(Message.objects.get())
    assert "Confirm my address" in client.get(confirm).content.decode()
    assert Registration.objects.get().state == "held"  # a scanner that follows the link confirms nothing
    done = client.post(confirm, follow=True)
    assert "You have a place" in done.content.decode()
    person = Registration.objects.get()
    assert (person.state, person.email, person.place) == ("registered", "ann@example.org", place.place)


def test_page_after_registering_shows_the_address_and_what_to_expect(client, place):
    def check(**answers) -> str:
        sent = ANSWERS | {"place": place.place_id} | answers
        return client.post("/meetings/autumn/register/", sent, follow=True).text

    Meeting.objects.update(capacity=1)
    page = check()
    assert "<strong>ann@example.org</strong>" in page
    assert "We hold a place for you for an hour" in page
    page = check(email="bob@example.org")
    assert "<strong>bob@example.org</strong>" in page
    assert "Every place is taken. When you confirm, you join the waiting list." in page
    assert "We hold a place" not in page
    others = Client().get("/meetings/autumn/register/check-your-email/").text
    assert "example.org</strong>" not in others


def test_kept_seats_count_for_what_to_expect(client, place):
    Meeting.objects.update(capacity=1)
    place.seats = 1
    place.save()
    page = client.post("/meetings/autumn/register/", ANSWERS | {"place": "none"}, follow=True).text
    assert "Every place is taken" in page
    assert Registration.objects.get().state == "waiting"


def test_access_needs_are_shown_back_and_not_emailed(client, sign_up):
    needs = {"access": ("bsl", "interpreter"), "language": "Polish", "access_other": "A lamp", "expenses": ("travel",)}
    person = sign_up(MeetingFactory(), "ann", **needs)
    page = " ".join(client.get(person.get_absolute_url()).text.split())
    assert "British Sign Language interpreter; A language interpreter: Polish; A lamp" in page
    assert "Travel" in page
    mail = Message.objects.get()
    assert "We have what you told us you need in order to take part." in mail.text
    assert not [word for word in ("Sign Language", "Polish", "lamp", "Travel") if word in mail.text + mail.html]
    other = sign_up(person.meeting, "bob")
    assert "We have what you told us" not in Message.objects.get(to_email=other.email).text


def test_link_of_a_later_email_shows_the_answers_it_confirms(client, place):
    client.post("/meetings/autumn/register/", ANSWERS | {"place": "none"})
    client.post("/meetings/autumn/register/", ANSWERS | {"place": "none", "name": "Ann Other", "access": ["captions"]})
    first, second = Message.objects.order_by("pk")
    assert "Ann Other" not in client.get(link_in(first)).text
    page = client.get(link_in(second)).text
    assert "Ann Other" in page
    assert "Live captions" in page
    person = Registration.objects.get()
    client.post(f"{person.get_absolute_url()}confirm/")
    page = client.get(person.get_absolute_url()).text
    assert "Other answers were given with your address" in page
    client.post(f"{person.get_absolute_url()}later-answers/", {"discard": "yes"})
    assert "Other answers" not in client.get(person.get_absolute_url()).text
    assert Registration.objects.get().name == "Ann Archer"


REASONS = {"registration_opens_at": in_days(1), "registration_closes_at": in_days(-1)}


@pytest.mark.parametrize("field", REASONS)
def test_why_registration_is_closed_is_one_sentence(client, place, field):
    """On the meeting's page, in place of the form, on a personal page and in the refusal."""
    Meeting.objects.update(**{field: REASONS[field]})
    meeting = Meeting.objects.get()
    said = closed_because(meeting, timezone.now())
    person = RegistrationFactory(meeting=meeting, state="cancelled", place_number=None)
    for page in (meeting.get_absolute_url(), "/meetings/autumn/register/", person.get_absolute_url()):
        assert said in client.get(page).text
    with pytest.raises(Refusal, match=said):
        cancellation.come_back(registration=person)


@pytest.mark.parametrize(
    "page", ["", "confirm/", "offer/", "cancel/", "return/", "change/", "calendar.ics", "answers/"]
)
@pytest.mark.parametrize("state", ["held", "waiting", "offered", "registered", "cancelled"])
def test_looking_at_a_personal_link_without_its_body_does_nothing(client, page, state):
    facts = {"place_number": None} if state in ("waiting", "cancelled") else {}
    facts |= {"confirmed_at": None, "confirm_by": in_days(1)} if state == "held" else {}
    person = RegistrationFactory(state=state, queued_at=timezone.now(), offered_until=in_days(1), **facts)
    address = f"{person.get_absolute_url()}{page}"
    head, got = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers.get("Content-Type") == got.headers.get("Content-Type")
    assert Registration.objects.get().state == state
    assert not Message.objects.exists()


def test_a_full_meeting_says_so_before_and_the_position_after(client, place):
    meeting = place.meeting
    Meeting.objects.filter(pk=meeting.pk).update(capacity=1, full=True)
    RegistrationFactory(meeting=meeting, place_number=1)
    assert "Every place is taken" in client.get("/meetings/autumn/register/").content.decode()
    client.post("/meetings/autumn/register/", ANSWERS | {"place": place.place_id})
    confirm = link_in(Message.objects.get())
    assert "number 1 on the waiting list" in client.get(confirm).content.decode()
    assert "number 1 on the waiting list" in client.post(confirm, follow=True).content.decode()


def test_what_cannot_be_seen_in_an_answer_is_left_out(client, place):
    client.post("/meetings/autumn/register/", ANSWERS | {"place": place.place_id, "name": "Ann\x00\u200b\r\nHill"})
    assert Registration.objects.get().name == "Ann Hill"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter your full name"),
        ({"name": "A" * 201}, "at most 200 characters"),
        ({"email": "ann.example.org"}, "Enter an email address in the right form"),
        ({"email": ""}, "Enter your email address"),
        ({"place": ""}, "Select your place"),
        ({"place": "999999"}, "your place from the list"),
        ({"name": "Ann \u0378 Hill"}, "The character after “Ann ” cannot be shown"),
        ({"access": ["wings"]}, "from the list"),
        ({"access": ["interpreter"]}, "Enter the language you need an interpreter for"),
        ({"access": ["other"]}, "Enter what else you need"),
        ({"expenses": ["yacht"]}, "from the list"),
    ],
)
def test_a_wrong_answer_is_named_kept_and_saves_nothing(client, place, wrong, said):
    posted = ANSWERS | {"place": place.place_id, "role": "Keeper of the bees"} | wrong
    page = client.post("/meetings/autumn/register/", posted).content.decode()
    assert said in page
    assert "There is a problem" in page
    assert "Keeper of the bees" in page
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_answers_to_questions_that_do_not_apply_are_dropped(client, place):
    extra = {"language": "x" * 200, "access_other": "A lamp", "dietary": "vegan", "access": ["captions"]}
    answer = client.post("/meetings/autumn/register/", ANSWERS | {"place": "none"} | extra)
    assert answer.status_code == 302
    needs = Needs.objects.get()
    assert (needs.access, needs.language, needs.access_other, needs.dietary) == (["captions"], "", "", "")


def test_only_questions_that_apply_are_asked(client):
    online = client.get(f"/meetings/{MeetingFactory().slug}/register/").content.decode()
    room = client.get(f"/meetings/{MeetingFactory(format='in_person').slug}/register/").content.decode()
    hybrid = client.get(f"/meetings/{MeetingFactory(format='hybrid').slug}/register/").content.decode()
    asked = [("How will you take part" in page, "Dietary needs" in page) for page in (online, room, hybrid)]
    assert asked == [(False, False), (False, True), (True, True)]
    assert 'name="photo_consent" class="govuk-checkboxes__input"' in online.replace("  ", " ")
    assert "checked" not in online


def test_an_organisation_of_the_directory_is_recognised(client, place):
    partner = PartnerFactory(name="Halton Carers", kind="vcfse")
    client.post("/meetings/autumn/register/", ANSWERS | {"place": "none", "organisation": "halton carers"})
    person = Registration.objects.get()
    assert (person.partner, person.kind) == (partner, "vcfse")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"registration_opens_at": in_days(1)}, "Registration opens on"),
        ({"registration_closes_at": in_days(-1)}, "Registration closed on"),
        ({"state": "cancelled"}, "has been cancelled"),
        ({"starts_at": in_days(-2)}, "has taken place"),
    ],
)
def test_a_closed_registration_says_why_instead_of_a_form(client, facts, words):
    slug = MeetingFactory(**facts).slug
    for answer in (client.get(f"/meetings/{slug}/register/"), client.post(f"/meetings/{slug}/register/", ANSWERS)):
        assert words in answer.content.decode()
        assert "<form method" not in answer.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("facts", [{"state": "draft"}, {"by_invitation": True}])
def test_a_meeting_that_is_not_public_has_no_page_to_register_on(client, facts):
    slug = MeetingFactory(**facts).slug
    assert client.get(f"/meetings/{slug}/register/").status_code == 404
    assert client.post(f"/meetings/{slug}/register/", ANSWERS).status_code == 404
    assert client.get(f"/meetings/{slug}/register/check-your-email/").status_code == 404


def test_account_finds_the_form_filled_in_and_registers_at_once(client, place):
    membership = MembershipFactory(user__name="Ann Archer", partner__name="Halton Carers", role="Trustee")
    client.force_login(membership.user)
    page = client.get("/meetings/autumn/register/").content.decode()
    assert 'value="Halton Carers"' in page
    assert 'value="Ann Archer"' in page
    assert 'name="email"' not in page
    answer = client.post("/meetings/autumn/register/", ANSWERS | {"place": place.place_id}, follow=True)
    assert "You have a place" in answer.content.decode()
    person = Registration.objects.get()
    assert (person.email, person.user, person.source) == (membership.user.email, membership.user, "account")
    assert client.get("/meetings/autumn/register/").url == person.get_absolute_url()


def test_invitation_finds_the_form_filled_in_and_registers_at_once(client, place):
    invitation = InvitationFactory(meeting=place.meeting, name="Bea Bell", organisation="NHS", place=place.place)
    url = f"/i/{invitation.key}/register/"
    page = client.get(url).content.decode()
    assert 'value="Bea Bell"' in page
    assert f'value="{place.place_id}" selected' in page
    answer = client.post(url, {"name": "Bea Bell", "place": place.place_id, "email": "other@example.org"}, follow=True)
    assert "You have a place" in answer.content.decode()
    person = Registration.objects.get()
    assert (person.email, person.invitation, person.source) == (invitation.email, invitation, "invitation")
    assert client.get(url).url == person.get_absolute_url()
    again = client.post(url, {"name": "Bea Bell", "place": place.place_id})
    assert again.url == person.get_absolute_url()
    assert Registration.objects.count() == 1


def test_invitation_opens_its_meeting_and_a_wrong_key_does_not(client):
    meeting = MeetingFactory(by_invitation=True)
    invitation = InvitationFactory(meeting=meeting)
    unsent = InvitationFactory(meeting=meeting, sent_at=None)
    assert client.get(f"/i/{invitation.key}/register/").status_code == 200
    assert client.get(f"/i/{unsent.key}/register/").status_code == 404
    assert client.get("/i/nonsense/register/").status_code == 404


def test_a_wrong_link_says_how_to_get_a_new_one(client):
    answer = client.get("/r/nonsense/")
    assert answer.status_code == 404
    assert "This link does not work" in answer.content.decode()
    assert "Send me my links" in answer.content.decode()


def test_links_by_mail_answer_the_same_for_known_and_unknown(client):
    person = RegistrationFactory(meeting=MeetingFactory())
    known = client.post("/r/", {"email": person.email.upper()})
    unknown = client.post("/r/", {"email": "nobody@example.org"})
    assert known.url == unknown.url == "/r/sent/"
    assert [message.to_email for message in Message.objects.all()] == [person.email]
    assert "right form" in client.post("/r/", {"email": "x"}).content.decode()
    assert client.get("/r/sent/").status_code == 200


def test_cancelling_asks_first_and_needs_no_password(client, sign_up):
    person = sign_up(MeetingFactory(), "ann")
    url = f"{person.get_absolute_url()}cancel/"
    assert "Do you want to cancel your place?" in client.get(url).content.decode()
    assert Registration.objects.get().state == "registered"
    page = client.post(url, follow=True).content.decode()
    assert "You have cancelled" in page
    assert client.get(url).url == person.get_absolute_url()
    page = client.post(f"{person.get_absolute_url()}return/", follow=True).content.decode()
    assert "You have a place" in page


def test_changing_starts_with_the_answers_given(client, sign_up, place):
    person = sign_up(place.meeting, "ann", place=place.place, access=("interpreter",), language="Urdu")
    url = f"{person.get_absolute_url()}change/"
    page = client.get(url).content.decode()
    assert 'value="Urdu"' in page
    assert f'value="{place.place_id}" selected' in page
    answer = client.post(url, {"name": "Ann B", "place": "none", "access": ["captions"]}, follow=True)
    assert "Your answers are saved" in answer.content.decode()
    assert "You keep your place." in answer.content.decode()
    assert "We have emailed" not in answer.content.decode()
    person = Registration.objects.get()
    assert (person.name, person.place, person.needs.access) == ("Ann B", None, ["captions"])
    assert "Enter your full name" in client.post(url, {"place": "none"}).content.decode()


def test_an_offer_is_taken_from_its_link_and_refused_once_it_ended(client, sign_up):
    meeting = MeetingFactory(capacity=1)
    ann, bob, cat = (sign_up(meeting, who) for who in ("ann", "bob", "cat"))
    cancellation.cancel(registration=ann)
    assert "A place is free for you" in client.get(f"{bob.get_absolute_url()}offer/").content.decode()
    Registration.objects.filter(pk=bob.pk).update(offered_until=timezone.now() - timedelta(minutes=1))
    late = client.post(f"{bob.get_absolute_url()}offer/")
    assert late.status_code == 409
    assert "The offer ended on" in late.content.decode()
    assert "You did not take the place in time" in late.content.decode()
    assert "Register again" in client.get(bob.get_absolute_url()).content.decode()
    taken = client.post(f"{cat.get_absolute_url()}offer/", follow=True)
    assert "You have a place" in taken.content.decode()


def test_a_hold_that_ended_shows_as_ended_before_the_clock_says_so(client, sign_up):
    now = timezone.now()
    meeting = MeetingFactory(capacity=1)
    ann = sign_up(meeting, "ann", source="public", now=now - timedelta(minutes=61))
    bob = sign_up(meeting, "bob", now=now)
    page = client.get(f"{ann.get_absolute_url()}confirm/").content.decode()
    assert "You did not confirm in time" in page
    assert "A place is free for you" in client.get(bob.get_absolute_url()).content.decode()
    back = client.post(f"{ann.get_absolute_url()}return/", follow=True).content.decode()
    assert "You are number 1 on the waiting list" in back


def test_the_joining_link_shows_only_while_a_place_is_held(client, sign_up):
    meeting = MeetingFactory(capacity=1, joining_link="https://meet.example.org/secret")
    ann, bob = sign_up(meeting, "ann"), sign_up(meeting, "bob")
    for person, shown in ((ann, True), (bob, False)):
        page = client.get(person.get_absolute_url()).content.decode()
        file = client.get(f"{person.get_absolute_url()}calendar.ics").content.decode().replace("\r\n ", "")
        assert ("meet.example.org/secret" in page, "meet.example.org/secret" in file) == (shown, shown)
    cancellation.cancel(registration=ann)
    assert "meet.example.org/secret" not in client.get(ann.get_absolute_url()).content.decode()


@pytest.mark.parametrize("step", ["confirm", "offer", "return", "change", "cancel"])
def test_nothing_is_changed_once_the_meeting_began_or_is_off(client, sign_up, step):
    person = sign_up(MeetingFactory(), "ann")
    url = f"{person.get_absolute_url()}{step}/"
    Meeting.objects.update(state="cancelled")
    assert client.get(url).status_code == 200
    client.post(url, {"name": "New"})
    assert (Registration.objects.get().state, Registration.objects.get().name) == ("registered", "Ann")


def test_a_link_of_a_draft_meeting_is_not_known(client):
    person = RegistrationFactory(meeting=MeetingFactory(state="draft"))
    assert client.get(person.get_absolute_url()).status_code == 404


def test_personal_pages_are_kept_by_nobody(client, sign_up):
    person = sign_up(MeetingFactory(), "ann")
    answer = client.get(person.get_absolute_url())
    assert "no-store" in answer["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()


def test_too_many_posts_are_slowed_and_keep_the_answers(client, place, settings):
    settings.PUBLIC_FORM_RATE = "2/m"
    answers = ANSWERS | {"place": "none", "email": "often@example.org"}
    codes = [client.post("/meetings/autumn/register/", answers).status_code for _ in range(3)]
    assert codes == [302, 302, 429]
    late = client.post("/meetings/autumn/register/", answers)
    assert "Wait 10 minutes" in late.content.decode()
    assert "Ann Archer" in late.content.decode()
    others = client.post("/meetings/autumn/register/", answers | {"email": "else@example.org"})
    assert others.status_code == 302


def test_staff_cannot_register_on_a_draft(client):
    sign_in(client, StaffFactory())
    slug = MeetingFactory(state="draft").slug
    assert "not published" in client.get(f"/meetings/{slug}/register/").content.decode()


def test_signed_in_stranger_cannot_see_who_is_registered(client, sign_up):
    person = sign_up(MeetingFactory(), "ann")
    client.force_login(UserFactory())
    assert client.get(f"/meetings/{person.meeting.slug}/register/").status_code == 200


def test_the_pages_ask_the_database_little(client, sign_up, django_assert_max_num_queries, place):
    client.get("/meetings/autumn/register/")
    with django_assert_max_num_queries(15):  # one of them counts the post
        client.post("/meetings/autumn/register/", ANSWERS | {"place": "none"})
    person = Registration.objects.get()
    with django_assert_max_num_queries(2):
        client.get(f"{person.get_absolute_url()}confirm/")
    with django_assert_max_num_queries(10):
        client.post(f"{person.get_absolute_url()}confirm/")
    with django_assert_max_num_queries(2):
        client.get(person.get_absolute_url())


@pytest.mark.parametrize(("how", "asked"), [("online", False), ("hybrid", True), ("in_person", True)])
def test_what_only_a_room_has_is_not_asked_online(client, how, asked):
    MeetingFactory(slug="autumn", format=how)
    page = client.get("/meetings/autumn/register/").content.decode()
    for words in ("Step-free access", "Hearing loop", "A quiet space"):
        assert (words in page) is asked
    assert ('value="travel"' in page) is asked
    assert "Live captions" in page
    assert 'value="childcare"' in page


def test_room_needs_given_before_stay_when_a_meeting_goes_online():
    form = RegistrationForm(meeting=MeetingFactory(format="online"), initial={"access": ["step_free"]})
    offered = [value for value, _ in form.fields["access"].choices]
    assert "step_free" in offered
    assert "loop" not in offered

"""Signing in and up: a code by email first, a second factor for staff and chairs, and nobody is told who has an
account."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from partnership.accounts.models import User
from partnership.outbox.models import Message
from tests import factories as make
from tests.authenticator import code_in_the_app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def code_sent_to(address: str) -> str:
    text = Message.objects.filter(to_email=address).latest("pk").text
    return re.search(r"^([A-Z0-9-]{6,})$", text, re.MULTILINE)[1]


def test_person_signs_in_with_a_code_from_their_inbox(client):
    user = make.UserFactory(email="ada@example.org", second_factor=False)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    response = client.post("/account/login/code/", {"email": "Ada@Example.org"}, follow=True)
    assert "Enter the code we sent you" in response.text
    response = client.post("/account/login/code/confirm/", {"code": code_sent_to("ada@example.org")}, follow=True)
    assert response.redirect_chain[-1][0] == "/home/"
    assert "What needs you now" in response.text


def test_wrong_code_is_refused_and_says_so(client):
    make.UserFactory(email="ada@example.org", second_factor=False)
    client.post("/account/login/code/", {"email": "ada@example.org"})
    response = client.post("/account/login/code/confirm/", {"code": "WRONG1"})
    assert "There is a problem" in response.text
    assert "_auth_user_id" not in client.session


def test_nobody_learns_from_sign_in_whether_an_address_has_an_account(client):
    make.UserFactory(email="known@example.org")
    pages = []
    for address in ("known@example.org", "nobody@example.org"):
        response = client.post("/account/login/code/", {"email": address}, follow=True)
        pages.append(re.sub(r"csrfmiddlewaretoken.*?>", "", response.text.replace(address, "")))
        client.cookies.clear()
    assert pages[0] == pages[1]
    assert "no account" in Message.objects.get(to_email="nobody@example.org").text


def test_signing_up_does_not_reveal_who_has_an_account(client):
    make.UserFactory(email="known@example.org").emailaddress_set.create(
        email="known@example.org", verified=True, primary=True
    )
    for address in ("known@example.org", "new@example.org"):
        response = client.post("/account/signup/", {"name": "Ada", "email": address}, follow=True)
        assert "Confirm your email address" in response.text
        client.cookies.clear()
    assert "already" in Message.objects.get(to_email="known@example.org").subject


@pytest.mark.parametrize(
    ("path", "email"), [("/account/signup/", "ann@example.org"), ("/account/login/code/", "new@example.org")]
)
def test_links_to_a_stranger_are_at_the_portal_whatever_host_asked(client, settings, path, email):
    settings.PORTAL_URL = "https://portal.example.org"
    make.UserFactory(email="ann@example.org")
    assert client.post(path, {"name": "Mallory", "email": email}, headers={"host": "localhost:6666"}).status_code == 302
    [mail] = Message.objects.filter(to_email=email)
    assert "https://portal.example.org/account/" in mail.text
    assert "6666" not in f"{mail.subject} {mail.text} {mail.html}"


def test_person_signs_up_with_name_and_address_and_confirms_by_code(client):
    client.post("/account/signup/", {"name": "  Ada   Lovelace ", "email": "ada@example.org"})
    response = client.post("/account/confirm-email/", {"code": code_sent_to("ada@example.org")}, follow=True)
    assert response.redirect_chain[-1][0] == "/account/organisation/"
    user = User.objects.get(email="ada@example.org")
    assert user.name == "Ada Lovelace"
    assert user.emailaddress_set.get().verified


def test_signing_up_with_nothing_says_what_to_enter(client):
    response = client.post("/account/signup/", {"name": "", "email": "nobody"})
    assert "Enter your name" in response.text
    assert "like name@example.org" in response.text
    assert "nobody" in response.text
    assert not User.objects.exists()


def test_codes_cannot_be_asked_for_without_end(client):
    make.UserFactory(email="ada@example.org", second_factor=False)
    for _ in range(3):
        client.post("/account/login/code/", {"email": "ada@example.org"})
        client.cookies.clear()
    response = client.post("/account/login/code/", {"email": "ada@example.org"})
    assert "Too many" in response.text
    assert Message.objects.filter(to_email="ada@example.org").count() == 3


@pytest.mark.parametrize("role", ["staff", "chair"])
def test_staff_and_chairs_set_up_a_second_factor_first(client, role):
    user = (
        make.StaffFactory(second_factor=False)
        if role == "staff"
        else make.ChairFactory(holder__second_factor=False).holder
    )
    client.force_login(user)
    for address in ("/home/", "/meetings/", "/account/"):
        assert client.get(address)["Location"] == "/account/2fa/"
    assert "Set one up to continue" in client.get("/account/2fa/").text
    page = client.post("/account/logout/", follow=True)
    assert page.redirect_chain == [("/account/login/", 302)]
    assert "You have signed out" in page.content.decode()


def test_place_lead_and_member_need_no_second_factor(client):
    client.force_login(make.PlaceLeadFactory(user__second_factor=False).user)
    assert client.get("/home/").status_code == 200


def test_former_chair_needs_no_second_factor(client):
    past = make.ChairFactory(ends_on="2020-12-31", holder__second_factor=False)
    client.force_login(past.holder)
    assert client.get("/home/").status_code == 200


def test_staff_with_an_app_are_asked_for_its_code_when_they_sign_in(client):
    staff = make.StaffFactory(email="staff@example.org", second_factor=False)
    staff.emailaddress_set.create(email=staff.email, verified=True, primary=True)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(staff, secret)
    client.post("/account/login/code/", {"email": "staff@example.org"})
    response = client.post("/account/login/code/confirm/", {"code": code_sent_to("staff@example.org")}, follow=True)
    assert response.redirect_chain[-1][0] == "/account/2fa/authenticate/"
    assert client.get("/home/")["Location"].startswith("/account/login/")
    code = code_in_the_app(secret)
    response = client.post("/account/2fa/authenticate/", {"code": code}, follow=True)
    assert response.redirect_chain[-1][0] == "/home/"


@pytest.mark.parametrize(("steps_ago", "goes_on"), [(0, True), (1, True), (3, False)])
def test_last_code_but_one_still_works_and_older_ones_do_not(client, settings, steps_ago, goes_on):
    settings.MFA_TOTP_PERIOD = 24 * 60 * 60  # no step ends while this runs, but at midnight
    staff = make.StaffFactory(email="staff@example.org", second_factor=False)
    staff.emailaddress_set.create(email=staff.email, verified=True, primary=True)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(staff, secret)
    client.post("/account/login/code/", {"email": "staff@example.org"})
    client.post("/account/login/code/confirm/", {"code": code_sent_to("staff@example.org")})
    client.post("/account/2fa/authenticate/", {"code": code_in_the_app(secret, steps_ago=steps_ago)})
    assert (client.get("/home/").status_code == 200) is goes_on


def test_demonstration_sign_in_counts_only_in_a_demonstration(client, settings):
    client.force_login(make.StaffFactory(second_factor=False))
    session = client.session
    session["demonstration_sign_in"] = True
    session.save()
    assert client.get("/home/").status_code == 200
    settings.DEMONSTRATION = False
    assert client.get("/home/")["Location"] == "/account/2fa/"


def test_person_changes_their_name(client):
    user = make.UserFactory(name="Ada")
    client.force_login(user)
    assert "Enter your name" in client.post("/account/", {"name": " "}).text
    client.post("/account/", {"name": "Ada  King"})
    user.refresh_from_db()
    assert user.name == "Ada King"


def test_staff_set_up_an_app_and_then_go_on(client):
    staff = make.StaffFactory(email="staff@example.org", second_factor=False)
    staff.emailaddress_set.create(email=staff.email, verified=True, primary=True)
    staff.set_unusable_password()  # they sign in with a code
    staff.save()
    client.force_login(staff)
    shown = client.get("/account/2fa/totp/activate/").text
    secret = re.search(r'portal-copyable">([A-Z2-7]+)<', shown)[1]
    assert "There is a problem" in client.post("/account/2fa/totp/activate/", {"code": ""}).text
    code = code_in_the_app(secret)
    client.post("/account/2fa/totp/activate/", {"code": code})
    assert client.get("/home/").status_code == 200

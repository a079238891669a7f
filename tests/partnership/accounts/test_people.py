"""Staff help somebody who has lost the app or passkey they sign in with."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.accounts.actions import second_step
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import ChairFactory, StaffFactory, UserFactory
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = StaffFactory(name="Priya Staff", email="priya@example.org")
    sign_in(client, person)
    return person


@pytest.fixture
def chair():
    person = ChairFactory(holder__name="Ada Chair", holder__email="ada@example.org").holder
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    RecoveryCodes.activate(person)
    return person


def app_of(person) -> Authenticator:
    return Authenticator.objects.get(user=person, type="totp")


def removal(person, **more) -> dict:
    return {"lost": [app_of(person).pk], "reason": "Her phone fell into the Mersey; I called her."} | more


def test_nobody_is_listed_before_staff_search(client, staff, chair):
    page = client.get("/people/").text
    assert "ada@example.org" not in page
    assert "Search to find an account" in page
    for words in ("chair", "ADA@EXAMPLE", "ada chair"):
        page = client.get("/people/", {"words": words}).text
        assert "ada@example.org" in page
        assert "priya@example.org" not in page
    assert "No accounts match your search" in client.get("/people/", {"words": "nobody"}).text


def test_list_takes_as_many_queries_for_50_as_for_1(client, staff, django_assert_num_queries):
    UserFactory(name="Jo One")
    with CaptureQueriesContext(connection) as asked:
        client.get("/people/?words=Jo")
    for number in range(49):
        UserFactory(name=f"Jo {number}", second_factor=bool(number % 2))
    with django_assert_num_queries(len(asked)):
        page = client.get("/people/?words=Jo").text
    assert page.count("portal-rows__title") == 50
    assert len(asked) <= 8


def test_staff_remove_a_lost_app_and_the_person_sets_up_a_new_one(client, staff, chair):
    cache.clear()
    theirs = Client()
    theirs.force_login(chair)
    assert theirs.get("/home/").status_code == 200
    page = client.get(f"/people/{chair.pk}/").text
    assert "Authenticator app, set up on" in page
    page = client.get(f"/people/{chair.pk}/second-step/").text
    assert "so do all their recovery codes" in page
    assert "they must set up a new app or passkey when they next sign in" in page
    page = client.post(f"/people/{chair.pk}/second-step/", removal(chair), follow=True).text
    assert "The second step of Ada Chair is removed. We tell them by email." in page
    assert not Authenticator.objects.filter(user=chair).exists()
    mail = Message.objects.get(to_email="ada@example.org")
    assert "Authenticator app" in mail.text
    assert "Their reason: Her phone fell into the Mersey; I called her." in mail.text
    assert "You will need to set up a new app or passkey" in mail.text
    assert "If you did not ask for this" in mail.html
    assert "/account/login/" in theirs.get("/home/")["Location"]
    theirs.post("/account/login/code/", {"email": "ada@example.org"})
    text = Message.objects.filter(to_email="ada@example.org").latest("pk").text
    code = re.search(r"^([A-Z0-9-]{6,})$", text, re.MULTILINE)[1]
    response = theirs.post("/account/login/code/confirm/", {"code": code}, follow=True)
    assert response.redirect_chain[-1][0] == "/account/2fa/"
    assert "Set one up to continue" in response.text


def test_removal_is_recorded_with_its_reason_and_no_private_name(staff, chair):
    second_step.remove(person=chair, by=staff, **removal(chair))
    entry = Entry.objects.get(verb="person.second_step_removed")
    assert (entry.actor, entry.subject_label) == (staff, f"Person {chair.pk}")
    assert entry.details == {"removed": ["totp"], "reason": "Her phone fell into the Mersey; I called her."}


def test_removal_submitted_twice_removes_and_tells_once(staff, chair):
    asked = removal(chair)
    assert [second_step.remove(person=chair, by=staff, **asked) for _ in range(2)] == [1, 0]
    assert Message.objects.count() == 1
    assert Entry.objects.filter(verb="person.second_step_removed").count() == 1


def test_passkey_that_is_not_lost_stays_and_still_counts(client, staff, chair):
    passkey = Authenticator.objects.create(user=chair, type="webauthn", data={"name": "Laptop"})
    page = client.get(f"/people/{chair.pk}/second-step/").text
    assert "Passkey “Laptop”" in page
    second_step.remove(person=chair, by=staff, **removal(chair))
    assert list(Authenticator.objects.filter(user=chair)) == [passkey]
    assert "Your other second steps still work." in Message.objects.get().text


@pytest.mark.parametrize(
    ("answers", "said"), [({"reason": " "}, "Say why, and how you know"), ({"lost": []}, "Choose what they have lost")]
)
def test_removal_without_a_reason_or_a_choice_is_refused(client, staff, chair, answers, said):
    page = client.post(f"/people/{chair.pk}/second-step/", removal(chair, **answers)).text
    assert said in page
    assert "Error: " in page
    assert Authenticator.objects.filter(user=chair).count() == 2
    assert not Message.objects.exists()
    with pytest.raises(Refusal, match=said):
        second_step.remove(person=chair, by=staff, **removal(chair, **answers))


def test_staff_cannot_remove_their_own(client, staff):
    assert "This is you" in client.get(f"/people/{staff.pk}/").text
    assert client.post(f"/people/{staff.pk}/second-step/", removal(staff)).status_code == 403
    with pytest.raises(Refusal, match="your own"):
        second_step.remove(person=staff, by=staff, **removal(staff))
    assert app_of(staff)


def test_authenticator_of_someone_else_is_not_removed_with_it(staff, chair):
    other = UserFactory()
    assert second_step.remove(person=chair, by=staff, lost=[app_of(other).pk], reason="Lost") == 0
    assert app_of(other)
    assert app_of(chair)

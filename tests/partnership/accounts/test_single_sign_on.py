"""Signing in with an NHS or council account, against a real provider on this machine."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount import providers
from django.core.cache import cache
from django.db import connection

from partnership.accounts import single_sign_on
from partnership.accounts.models import User
from partnership.local.services.places import BASE_DIR
from tests.factories import StaffFactory, UserFactory
from tests.partnership.accounts import oidc_provider

ADA = {"sub": "17", "email": "Ada@Trust.example.org", "email_verified": True, "name": "Ada  Nurse"}


@pytest.fixture
def provider(settings, db):
    """A provider the portal knows as "nhs", with the tables and addresses its app brings."""
    cache.clear()
    provider, server = oidc_provider.serve()
    provider.person = dict(ADA)
    known = {
        "id": "nhs",
        "name": "NHS",
        "server_url": provider.url,
        "client_id": provider.client_id,
        "secret": provider.secret,
    }
    settings.INSTALLED_APPS = [
        *settings.INSTALLED_APPS,
        "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
    ]
    settings.OIDC_PROVIDERS = single_sign_on.read(json.dumps([known]))
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.settings_for(settings.OIDC_PROVIDERS)
    settings.ROOT_URLCONF = "tests.partnership.accounts.oidc_urls"
    providers.registry.loaded = False
    providers.registry.load()
    from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken  # there only while it is installed

    with connection.schema_editor() as editor:
        for model in (SocialApp, SocialAccount, SocialToken):
            editor.create_model(model)
    yield provider
    server.shutdown()
    server.server_close()
    providers.registry.provider_map.pop("openid_connect", None)


def sign_in_with_it(client):
    """Follows the browser's way: to the provider, and back."""
    leads_to = client.get("/account/oidc/nhs/login/")["Location"]
    back = requests.get(leads_to, allow_redirects=False, timeout=5).headers["Location"]
    address = urlsplit(back)
    assert address.path == "/account/oidc/nhs/login/callback/"
    return client.get(f"{address.path}?{address.query}", follow=True)


def signed_in(client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id", 0)).first()


def known(person=None, **fields) -> User:
    person = person or UserFactory(email="ada@trust.example.org", second_factor=False, **fields)
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    return person


def test_button_is_there_only_where_it_is_configured(client, provider, settings):
    page = client.get("/account/login/?next=/meetings/").text
    assert 'href="/account/oidc/nhs/login/?next=%2Fmeetings%2F"' in page
    assert "Sign in with NHS" in page
    settings.OIDC_PROVIDERS = []
    assert "Sign in with your organisation" not in client.get("/account/login/").text


def test_person_known_by_a_verified_address_is_signed_in(client, provider):
    person = known()
    sign_in_with_it(client)
    assert signed_in(client) == person
    assert User.objects.count() == 1
    account = person.socialaccount_set.get()
    assert (account.provider, account.uid, account.extra_data) == ("nhs", "17", {})


@pytest.mark.parametrize("claim", [False, "false", None])
def test_address_the_provider_does_not_verify_signs_nobody_in(client, provider, claim):
    known()
    provider.person["email_verified"] = claim
    page = sign_in_with_it(client)
    assert "did not confirm your email address" in page.text
    assert signed_in(client) is None
    assert User.objects.count() == 1


def test_newcomer_gets_an_account_with_their_name(client, provider):
    sign_in_with_it(client)
    person = signed_in(client)
    assert (person.email, person.name, person.is_staff) == ("ada@trust.example.org", "Ada Nurse", False)
    assert not person.has_usable_password()


def test_known_person_keeps_their_account_when_their_address_changes(client, provider):
    person = known()
    sign_in_with_it(client)
    client.logout()
    provider.person |= {"email": "ada.new@trust.example.org", "email_verified": False}
    sign_in_with_it(client)
    assert signed_in(client) == person


def test_staff_need_their_own_second_step_unless_the_provider_asks(client, provider, settings):
    known(StaffFactory(email="ada@trust.example.org"))
    assert sign_in_with_it(client).redirect_chain[-1][0] == "/account/2fa/authenticate/"
    assert signed_in(client) is None
    settings.OIDC_PROVIDERS[0]["second_factor"] = True
    assert sign_in_with_it(client).redirect_chain[-1][0] == "/home/"


def test_staff_set_up_a_second_step_unless_the_provider_asks_for_one(client, provider, settings):
    known(StaffFactory(email="ada@trust.example.org", second_factor=False))
    assert sign_in_with_it(client).redirect_chain[-1][0] == "/account/2fa/"
    settings.OIDC_PROVIDERS[0]["second_factor"] = True
    assert client.get("/home/").status_code == 200


def test_provider_vouches_only_for_the_account_that_came_by_it(client, provider, settings):
    settings.OIDC_PROVIDERS[0]["second_factor"] = True
    known()
    sign_in_with_it(client)
    ways = client.session["account_authentication_methods"]
    client.force_login(StaffFactory(second_factor=False))
    session = client.session
    session["account_authentication_methods"] = ways
    session.save()
    assert client.get("/home/")["Location"] == "/account/2fa/"


@pytest.mark.parametrize("wrong", ["issuer", "secret", "state"])
def test_answer_that_is_not_the_providers_signs_nobody_in(client, provider, wrong):
    known()
    if wrong == "issuer":
        provider.says_it_is = "https://somebody.example.org"
    elif wrong == "secret":
        provider.secret = "changed"
    forged = "/account/oidc/nhs/login/callback/?code=a&state=made-up"
    page = client.get(forged) if wrong == "state" else sign_in_with_it(client)
    assert "We could not sign you in" in page.text
    assert signed_in(client) is None


def test_person_who_gives_up_at_the_provider_is_told_what_to_do(client, provider):
    state = client.get("/account/oidc/nhs/login/")["Location"].split("state=")[1].split("&")[0]
    page = client.get(f"/account/oidc/nhs/login/callback/?error=access_denied&state={state}", follow=True)
    assert "You are not signed in" in page.text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nhs", "not JSON"),
        ("{}", "must be a list"),
        ('[{"id":"nhs","name":"NHS"}]', "lacks server_url, client_id, secret"),
        ('[{"id":"a","name":"A","server_url":"http://a.example.org","client_id":"b","secret":"c"}]', "https://"),
        (
            '[{"id":"a","name":"A","server_url":"https://a.example.org","client_id":"b","secret":"c","second_factor":1}]',
            "true or false",
        ),
    ],
)
def test_wrong_configuration_says_what_to_put_right(text, why):
    with pytest.raises(ValueError, match=why):
        single_sign_on.read(text)


@pytest.mark.parametrize("configured", [True, False])
def test_single_sign_on_is_loaded_only_where_it_is_configured(configured):
    one = {"id": "a", "name": "A", "server_url": "https://a.example.org", "client_id": "b", "secret": "c"}
    given = {
        "OIDC_PROVIDERS": json.dumps([one]) if configured else "",
        "DJANGO_SETTINGS_MODULE": "partnership.settings",
    }
    code = (
        "import django, sys; django.setup(); import partnership.urls\n"
        "from django.conf import settings\n"
        "print('allauth.socialaccount' in settings.INSTALLED_APPS, 'requests' in sys.modules)\n"
        "print(*[line for line in sys.modules if 'single_sign_on' in line])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | given, cwd=BASE_DIR, capture_output=True, text=True, check=True
    ).stdout.split()
    assert said[0] == str(configured)
    assert said[1] == str(configured)
    assert bool(said[2:]) is configured

"""What browsers keep: nothing personal, and what somebody typed in a public or a long form. Addresses: `test_urls_by_role.py`."""

import pytest
from django.urls import get_resolver, reverse

from partnership.cache_control import KEYS
from partnership.keys import KeyConverter
from tests import factories as make
from tests.signed_in import sign_in
from tests.world import _walk as walk

pytestmark = pytest.mark.django_db


def said(answer) -> str:
    return answer.headers["Cache-Control"]


def test_every_word_of_an_address_that_is_a_key_is_known():
    def words(patterns):
        for pattern in patterns:
            for word, converter in getattr(pattern.pattern, "converters", {}).items():
                if isinstance(converter, KeyConverter) or word == "key":
                    yield word
            yield from words(getattr(pattern, "url_patterns", []))

    found = set(words(get_resolver().url_patterns))
    assert {"key", "secret"} <= found <= KEYS
    assert any("uidb36" in names for _, _, names in walk(get_resolver().url_patterns, "", frozenset()))


def test_public_form_is_kept_for_back_and_asked_for_again(client):
    meeting = make.MeetingFactory()
    address = reverse("register", args=[meeting.slug])
    assert said(client.get(address)) == "private, no-cache"
    assert said(client.post(address, {"name": ""})) == "private, no-cache"
    client.get(reverse("invitation", args=[make.InvitationFactory(meeting=meeting).key]))  # remembered in the session
    assert said(client.get(address)) == "private, no-cache"
    sign_in(client, make.UserFactory())
    assert said(client.get(address)) == "private, no-cache"  # it keeps a draft
    assert said(client.get(reverse("follow", args=[meeting.slug]))) == "private, no-store"


def test_cached_page_is_for_everybody_until_somebody_signs_in(client, transactional_db):
    make.PlaceFactory(name="Halton")
    address = reverse("representation")
    first, second = client.get(address), client.get(address)
    assert said(first) == said(second)
    assert "no-store" not in said(first)
    sign_in(client, make.UserFactory())
    assert said(client.get(address)) == "private, no-store"


def test_wrong_and_right_keys_are_never_kept(client):
    person = make.RegistrationFactory()
    for key, status in ((person.key, 200), ("wrong", 404)):
        answer = client.get(reverse("registration", args=[key]))
        assert (answer.status_code, said(answer)) == (status, "private, no-store")


def test_page_that_is_not_there_and_sign_in_say_what_may_be_kept(client):
    assert said(client.get("/no-such-page/")) == "private, no-cache"
    assert said(client.get(reverse("my_home"))) == "private, no-cache"


@pytest.mark.slow
def test_back_shows_what_was_typed_in_a_public_form(page):
    meeting = make.MeetingFactory()
    page.goto(reverse("register", args=[meeting.slug]))
    page.get_by_label("Full name").fill("Grace Okafor")
    page.goto(reverse("boards"))
    page.go_back()
    assert page.get_by_label("Full name").input_value() == "Grace Okafor"

import pytest
from allauth.account.adapter import get_adapter
from django.test import Client, RequestFactory

from partnership.accounts.models import User
from partnership.outbox.actions import deliver
from partnership.outbox.models import Message
from tests.partnership.outbox.conftest import smtp  # noqa: F401 - the mail server, as a fixture

pytestmark = pytest.mark.django_db


def test_sign_in_code_leaves_through_the_outbox_and_is_forgotten(smtp):  # noqa: F811 - pytest's way to ask
    User.objects.create_user("ada@example.org", name="Ada")
    Client().post("/account/login/code/", {"email": "ada@example.org"})

    message = Message.objects.get()
    assert (message.to_email, message.sensitive) == ("ada@example.org", True)
    assert message.not_after

    deliver.deliver()
    assert smtp.recipients == ["ada@example.org"]
    message.refresh_from_db()
    assert message.text == ""
    assert smtp.received[0].get_body(("plain",)).get_content().strip()


def test_guesses_at_an_account_are_counted_whatever_host_is_named():
    """allauth counts a name and a host: each port that a Host header names would be another account."""
    requests = [RequestFactory().get("/", SERVER_NAME="localhost", SERVER_PORT=port) for port in ("8001", "8002")]
    keys = {
        get_adapter(request)._get_login_attempts_cache_key(request, email=email)
        for request in requests
        for email in ("ada@example.org", "ADA@Example.org")
    }
    assert keys == {"ada@example.org"}

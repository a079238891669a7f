import pytest
from django.test import Client

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

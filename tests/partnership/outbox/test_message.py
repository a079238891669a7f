"""What the database itself holds true of an email."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import outbox
from partnership.accounts.models import User
from partnership.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def message():
    return outbox.enqueue(key="a:1", to="ada@example.org", subject="Hello", text="Hello", about="a:1")


BROKEN = {
    "state": {"state": "lost"},
    "a key of two words": {"key": "a b"},
    "an empty key": {"key": ""},
    "two addresses": {"to_email": "a@example.org,b@example.org"},
    "an address with a second line": {"to_email": "a@example.org\nBcc: b@example.org"},
    "no address": {"to_email": "ada"},
    "two addresses to reply to": {"reply_to": "a@example.org, b@example.org"},
    "a subject with a second line": {"subject": "Hello\r\nBcc: b@example.org"},
    "a name with a second line": {"to_name": "Ada\nBcc: b@example.org"},
    "a Message-ID without brackets": {"message_id": "a@example.org"},
    "an unknown calendar method": {"calendar_method": "COUNTER"},
    "sent, and no time": {"state": "sent"},
    "a time sent, and not sent": {"sent_at": timezone.now()},
    "failed, and no time": {"state": "failed", "last_error": "No such user"},
    "failed, and no words": {"state": "failed", "failed_at": timezone.now()},
    "waiting, and nothing to say": {"text": ""},
    "sensitive, sent and still readable": {"sensitive": True, "state": "sent", "sent_at": timezone.now()},
    "sensitive, withdrawn and still readable": {"sensitive": True, "state": "withdrawn"},
}


@pytest.mark.parametrize("fields", BROKEN.values(), ids=BROKEN)
def test_message_refuses(message, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**fields)


@pytest.mark.parametrize("field", ["key", "message_id"])
def test_message_is_the_only_one_with_its(message, field):
    other = outbox.enqueue(key="a:2", to="ada@example.org", subject="Hello", text="Hello")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=other.pk).update(**{field: getattr(message, field)})


def test_messages_are_seen_by_staff_only(message):
    staff = User.objects.create_user("staff@example.org", is_staff=True)
    left = User.objects.create_user("left@example.org", is_staff=True, is_active=False)
    member = User.objects.create_user("member@example.org")

    assert list(Message.objects.visible_to(staff)) == [message]
    for user in (left, member, AnonymousUser()):
        assert not Message.objects.visible_to(user).exists()

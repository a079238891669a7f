"""Keys of emails read as they were written, here and in the database."""

import re

import pytest
from django.db.models import F

from partnership import outbox
from partnership.outbox import message_keys
from partnership.outbox.models import Message


def test_key_names_the_thing_its_number_and_what_the_mail_says():
    key = message_keys.message_key("registration", 41, "confirmed", 0)
    assert key == "registration:41:confirmed:0"
    assert key.startswith(message_keys.about("registration", 41))
    assert message_keys.words_of(key) == ["registration", "41", "confirmed", "0"]


def test_beginning_of_one_number_is_not_that_of_another():
    assert message_keys.beginning("reminder", 4) == "reminder:4:"
    assert not message_keys.message_key("reminder", 41, "x").startswith(message_keys.beginning("reminder", 4))


@pytest.mark.parametrize(
    ("key", "holds"),
    [
        ("invitation:5:chase:7:0", True),
        ("invitation:5:chase:7", True),
        ("invitation:5:chase:70:0", False),
        ("invitation:5:again:7", False),
    ],
)
def test_words_are_found_whole_within_a_key(key, holds):
    assert bool(re.search(message_keys.holding("chase", 7), key)) is holds


@pytest.mark.django_db
def test_database_makes_the_same_key():
    message = outbox.enqueue(key="a:1", to="a@example.org", subject="Hello", text="Hello")
    made = message_keys.in_the_database("message", F("pk"), "sent", 3)
    found = Message.objects.annotate(made=made).values_list("made", flat=True).get()
    assert found == message_keys.message_key("message", message.pk, "sent", 3)

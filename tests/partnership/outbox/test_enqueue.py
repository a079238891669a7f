import time

import pytest
import redis
from django.db import transaction

from partnership import outbox
from partnership.celery import app
from partnership.outbox import Draft, nudge
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.faults.harness import valkey


def draft(number=1, **fields) -> Draft:
    return Draft(**{"key": f"n:{number}", "to": f"p{number}@example.org", "subject": "Hello", "text": "Hello"} | fields)


@pytest.mark.django_db
def test_enqueue_writes_the_row_once_for_each_key():
    first = outbox.enqueue(key="n:1", to=" ada@example.org ", subject="First", text="Hello", about="meeting:1")
    again = outbox.enqueue(key="n:1", to="eve@example.org", subject="Second", text="Other")

    assert again == first
    assert (again.to_email, again.subject, again.state) == ("ada@example.org", "First", Message.State.QUEUED)
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_enqueue_many_returns_only_new_ids_in_few_statements(django_assert_num_queries):
    outbox.enqueue(key="n:3", to="p3@example.org", subject="Hello", text="Hello")
    with django_assert_num_queries(3):  # 1,200 rows at 500 to a statement
        added = outbox.enqueue_many(draft(number) for number in range(1200))

    assert len(added) == 1199
    assert set(added) == set(Message.objects.exclude(key="n:3").values_list("pk", flat=True))


@pytest.mark.django_db
def test_enqueue_many_with_nothing_to_send_does_nothing(django_assert_num_queries):
    assert outbox.enqueue_many([]) == []


@pytest.mark.django_db
def test_enqueue_keeps_a_header_to_one_line():
    message = outbox.enqueue(
        key="n:1",
        to="ada@example.org",
        to_name="Ada\r\nBcc: all@example.org",
        subject="Hello\r\n\r\nAn\x00other\x85body\u2028here",
        text="Hello",
    )
    assert message.to_name == "Ada Bcc: all@example.org"
    assert message.subject == "Hello An other body here"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["ada", "", "a@example.org, b@example.org", "Ada <ada@example.org>", "a@b@c"])
def test_enqueue_refuses_a_wrong_address_and_saves_nothing(address):
    with pytest.raises(Refusal, match="is not an email address") as refusal:
        outbox.enqueue_many([draft(1), draft(2, to=address)])
    assert refusal.value.field == "email"
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_enqueue_owes_nothing_when_the_transaction_fails():
    def fails_after_queueing():
        outbox.enqueue_many([draft(1)])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fails_after_queueing()
    assert not Message.objects.exists()


@pytest.fixture
def broker(settings):
    """The real broker, its queue empty and no earlier failure remembered."""
    nudge._quiet_until = nudge._pause_ends = 0.0
    nudge._thread.broker = None
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.delete("portal")
        yield client


@pytest.mark.django_db(transaction=True)
def test_enqueue_nudges_once_on_commit(broker):
    with transaction.atomic():
        outbox.enqueue_many([draft(1), draft(2)])
        outbox.enqueue_many([draft(3)])
        assert broker.llen("portal") == 0
    assert broker.llen("portal") == 1


@pytest.mark.django_db(transaction=True)
def test_enqueue_does_not_nudge_for_what_is_queued_already(broker):
    outbox.enqueue_many([draft(1)])
    outbox.enqueue_many([draft(1)])
    assert broker.llen("portal") == 1


@pytest.mark.django_db(transaction=True)
def test_enqueue_nudges_first_and_last_when_many_commit_in_a_row(broker):
    nudge.nudge_soon()  # the first use in a process loads Celery
    broker.delete("portal")
    nudge._pause_ends = 0.0
    for number in range(10):
        outbox.enqueue_many([draft(number)])
    first, last = reversed(broker.lrange("portal", 0, -1))
    assert (b'"eta": null' in first, b'"eta": null' in last) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_enqueue_does_not_wait_for_a_broker_that_is_frozen(broker):
    nudge.nudge()  # the first use in a process loads Celery
    with valkey() as frozen:
        frozen.freeze()
        nudge._pause_ends = 0.0
        nudge._thread.broker = app.connection_for_write(frozen.url, transport_options=nudge.IMPATIENT)
        took = []
        for number in range(3):
            started = time.monotonic()
            with transaction.atomic():
                outbox.enqueue_many([draft(number)])
            took.append(time.monotonic() - started)

    nudge._quiet_until = 0.0
    assert max(took) < 1
    assert min(took[1:]) < 0.05, "after a failure nobody waits for the broker for some seconds"
    assert Message.objects.count() == 3

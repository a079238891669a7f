"""Real conversations with a real mail server, one outcome after another."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from partnership import outbox
from partnership.outbox.actions import deliver
from partnership.outbox.models import Message
from partnership.outbox.smtp import mail_server, rest_after

pytestmark = pytest.mark.django_db
MINUTE = timezone.timedelta(minutes=1)


def queue(number: int = 1, **fields) -> Message:
    known = {"key": f"n:{number}", "to": f"p{number}@example.org", "subject": f"Hello {number}", "text": "Good morning"}
    return outbox.enqueue(**known | fields)


def now(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_deliver_sends_what_is_due_over_one_connection(smtp):
    messages = [queue(number) for number in range(1, 6)]

    assert deliver.deliver() == 5
    assert smtp.connections == 1
    assert [mail["message-id"] for mail in smtp.received] == [message.message_id for message in messages]
    for message in messages:
        assert (now(message).state, message.smtp_code, message.attempts) == (Message.State.SENT, 250, 1)
        assert message.sent_at
        assert message.text == "Good morning"


def test_deliver_keeps_the_connection_between_batches(smtp, settings):
    settings.OUTBOX_BATCH = 2
    for number in range(5):
        queue(number)
    assert deliver.deliver() == 5
    queue(9)
    assert deliver.deliver() == 1
    assert smtp.connections == 1


def test_deliver_sends_nothing_twice(smtp):
    queue()
    assert [deliver.deliver(), deliver.deliver()] == [1, 0]
    assert len(smtp.received) == 1


def test_deliver_leaves_what_is_not_due_yet(smtp):
    message = queue(not_before=timezone.now() + MINUTE)
    assert deliver.deliver() == 0
    assert now(message).state == Message.State.QUEUED


def test_deliver_withdraws_what_is_too_late(smtp):
    message = queue(not_after=timezone.now() - MINUTE)
    assert deliver.deliver() == 0
    assert now(message).state == Message.State.WITHDRAWN
    assert "too late" in message.last_error
    assert not smtp.received


def test_deliver_sends_sensitive_mail_first_and_blanks_it(smtp):
    queue(1)
    code = queue(2, html="<p>1234</p>", sensitive=True)
    deliver.deliver()
    assert smtp.recipients == ["p2@example.org", "p1@example.org"]
    assert now(code).state == Message.State.SENT
    assert (code.text, code.html, code.attachments) == ("", "", [])


def test_deliver_shows_the_reason_of_a_refusal_and_continues(smtp):
    smtp.answers["p1@example.org"] = "550 5.1.1 No mailbox of that name"
    refused, fine = queue(1), queue(2)

    assert deliver.deliver() == 1
    assert now(refused).state == Message.State.FAILED
    assert (refused.smtp_code, refused.last_error) == (550, "5.1.1 No mailbox of that name")
    assert refused.failed_at
    assert now(fine).state == Message.State.SENT
    assert smtp.connections == 1


def test_deliver_shows_the_words_of_a_server_that_refuses_the_content(smtp):
    smtp.answers["DATA"] = "554 5.7.1 Looks like spam"
    message = queue()
    deliver.deliver()
    assert (now(message).state, message.last_error) == (Message.State.FAILED, "5.7.1 Looks like spam")


@pytest.mark.parametrize("words", ["552 5.2.2 The mailbox is full", "550 5.2.2 Over quota", "452 4.2.2 Full"])
def test_deliver_tries_a_full_mailbox_later(smtp, words):
    smtp.answers["p1@example.org"] = words
    message = queue()
    deliver.deliver()
    assert (now(message).state, message.failure) == (Message.State.QUEUED, "")
    Message.objects.update(attempts=deliver.MOST_ATTEMPTS - 1, due_at=timezone.now())
    deliver.deliver()
    assert (now(message).state, message.failure) == (Message.State.FAILED, "later")
    assert not Message.objects.to_unusable_addresses().exists()


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        ("550 5.1.1 Nobody", "address"),
        ("550 No such user", "address"),
        ("550 5.7.1 Policy", "policy"),
        ("554 5.6.1 Content", "other"),
    ],
)
def test_deliver_says_what_a_refusal_means_for_the_address(smtp, words, failure):
    smtp.answers["p1@example.org"] = words
    message = queue()
    deliver.deliver()
    assert (now(message).state, message.failure) == (Message.State.FAILED, failure)
    assert Message.objects.to_unusable_addresses().exists() is (failure == "address")


@pytest.mark.parametrize("where", ["p1@example.org", "DATA"])
def test_deliver_tries_later_what_the_server_does_not_want_now(smtp, where):
    smtp.answers[where] = "451 4.7.1 Come back later"
    message = queue(1)
    deliver.deliver()
    assert (now(message).state, message.smtp_code, message.attempts) == (Message.State.QUEUED, 451, 1)
    assert message.last_error == "4.7.1 Come back later"
    assert 20 < (message.due_at - timezone.now()).total_seconds() < 40
    assert deliver.deliver() == 0, "not before its time"

    smtp.answers.clear()
    Message.objects.update(due_at=timezone.now() - MINUTE)
    assert deliver.deliver() == 1
    assert now(message).state == Message.State.SENT
    assert (message.attempts, message.last_error) == (2, "")
    assert smtp.received[0]["message-id"] == message.message_id


def test_deliver_gives_up_after_the_last_attempt(smtp):
    smtp.answers["p1@example.org"] = "450 4.2.2 Mailbox full"
    message = queue(1)
    Message.objects.update(attempts=deliver.MOST_ATTEMPTS - 1)
    deliver.deliver()
    assert (now(message).state, message.last_error) == (Message.State.FAILED, "4.2.2 Mailbox full")


def test_delays_grow_to_a_limit():
    assert 24 <= deliver.retry_delay(1) <= 36
    assert 48 <= deliver.retry_delay(2) <= 72
    assert deliver.retry_delay(13) <= deliver.LONGEST_RETRY * 1.2
    assert 4 <= rest_after(0) <= 6
    assert 24 <= rest_after(60) <= 36
    assert rest_after(100_000) <= 72


def test_deliver_does_not_blame_the_messages_when_the_server_is_down(smtp, settings):
    mail_server().close()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    messages = [queue(number) for number in range(3)]

    assert deliver.deliver() == 0
    for message in messages:
        assert (now(message).state, message.attempts) == (Message.State.QUEUED, 0)
        assert "could not be reached" in message.last_error
        assert 3 < (message.due_at - timezone.now()).total_seconds() < 7

    settings.EMAIL_PORT = port
    Message.objects.update(due_at=timezone.now() - MINUTE)
    assert deliver.deliver() == 0, "a server that is down is not asked again at once"
    mail_server()._rests_until = 0.0
    assert deliver.deliver() == 3


@pytest.mark.parametrize("answer", ["530 5.7.0 Authentication required", "452 4.3.1 Disk full", "421 Closing"])
def test_deliver_does_not_blame_messages_for_a_refused_sender(smtp, answer):
    smtp.answers["MAIL"] = answer
    messages = [queue(number) for number in range(3)]
    assert deliver.deliver() == 0
    code, _, words = answer.partition(" ")
    for message in messages:
        assert (now(message).state, message.attempts) == (Message.State.QUEUED, 0)
        assert (message.smtp_code, message.last_error) == (int(code), words)


def test_deliver_repeats_a_lost_message_with_the_same_id(smtp):
    smtp.hang_up_after_data = 1
    message = queue()
    assert deliver.deliver() == 0, "the server took it, and we were not told"
    assert (now(message).state, message.attempts) == (Message.State.QUEUED, 1)
    assert "connection was lost" in message.last_error

    Message.objects.update(due_at=timezone.now() - MINUTE)
    assert deliver.deliver() == 1
    assert [mail["message-id"] for mail in smtp.received] == [message.message_id] * 2


def test_deliver_leaves_a_line_that_always_breaks_to_a_person(smtp):
    smtp.hang_up_after_data = 1
    message = queue()
    Message.objects.update(attempts=deliver.MOST_UNKNOWN - 1)
    deliver.deliver()
    assert now(message).state == Message.State.FAILED
    assert "connection was lost" in message.last_error


def test_deliver_reconnects_when_the_server_has_hung_up(smtp):
    queue(1)
    deliver.deliver()
    mail_server()._backend.connection.sock.shutdown(2)
    queue(2)
    assert deliver.deliver() == 1
    assert smtp.connections == 2


def test_deliver_fails_an_address_no_server_can_carry_in_our_words(smtp):
    message, fine = queue(1, to="zoë@example.org"), queue(2)
    assert deliver.deliver() == 1
    assert (now(message).state, message.smtp_code) == (Message.State.FAILED, None)
    assert "cannot carry" in message.last_error
    assert now(fine).state == Message.State.SENT


def test_deliver_does_not_send_what_is_withdrawn_in_its_batch(smtp):
    queue(1, about="meeting:1")
    second = queue(2, about="meeting:1", sensitive=False)
    smtp.before_data = None
    batch = deliver.claim(10)
    assert outbox.withdraw(about="meeting:1", because="The meeting was cancelled.") == 2
    assert deliver.send(batch) == (0, None)
    assert now(second).state == Message.State.WITHDRAWN
    assert second.last_error == "The meeting was cancelled."
    assert not smtp.received


def test_claim_takes_over_when_a_lease_ran_out(smtp):
    message = queue()
    lost = deliver.claim(10)
    assert now(message).state == Message.State.SENDING
    assert deliver.claim(10) == []

    Message.objects.update(due_at=timezone.now() - MINUTE)
    assert deliver.deliver() == 1
    assert deliver.send(lost) == (0, None), "the slow worker finds that it is no longer its turn"
    assert len(smtp.received) == 1


def test_send_gives_back_what_there_is_no_time_for(smtp, settings):
    queue(1)
    settings.OUTBOX_LEASE_SECONDS = -1
    assert deliver.send(deliver.claim(10)) == (0, None)
    assert Message.objects.get().state == Message.State.QUEUED


def test_withdraw_finds_by_key_and_by_the_start_of_its_subject():
    queue(1, about="meeting:1:reminder:2")
    queue(2, about="meeting:1:reminder:3", sensitive=True)
    queue(3, about="meeting:11")
    queue(4)
    assert outbox.withdraw(about_prefix="meeting:1:", keys=["n:4"], because="Moved.") == 3
    assert outbox.withdraw(about_prefix="meeting:1:", keys=["n:4"], because="Moved.") == 0
    assert Message.objects.get(key="n:3").state == Message.State.QUEUED
    assert Message.objects.get(key="n:2").text == ""
    assert Message.objects.get(key="n:1").text == "Good morning"


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_send_each_message_once(smtp, settings):
    settings.OUTBOX_BATCH = 7
    outbox.enqueue_many(
        outbox.Draft(key=f"n:{number}", to=f"p{number}@example.org", subject="Hello", text="Hello")
        for number in range(200)
    )
    together = threading.Barrier(4)

    def work(_):
        close_old_connections()
        together.wait()
        try:
            return deliver.deliver()
        finally:
            mail_server().close()
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(4)))

    assert sum(done) == 200
    assert len(smtp.recipients) == len(set(smtp.recipients)) == 200
    assert sum(1 for count in done if count) > 1, "more than one of them worked"

"""Mail that was sent and comes back: read from a real mailbox on a real IMAP server."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as chance
from hypothesis import strategies as st

from partnership import inbound, outbox
from partnership.audit.models import Entry
from partnership.outbox import reports
from partnership.outbox.actions import come_back, deliver, retry
from partnership.outbox.imap import Mailbox, opened
from partnership.outbox.models import MailboxLook, Message
from tests.factories import StaffFactory
from tests.mailbox import letter, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(smtp):
    """`sent("ann@example.org")` is a message that the mail server has taken."""

    def make(to: str = "ann@example.org", **fields) -> Message:
        message = outbox.enqueue(
            **{"key": f"to:{to}", "to": to, "subject": "You are invited", "text": "Dear Ann", "about": "invitation:41"}
            | fields
        )
        deliver.deliver()
        return now(message)

    return make


def now(message: Message) -> Message:
    message.refresh_from_db()
    return message


def test_mail_that_comes_back_has_failed_in_the_words_of_the_server(returns, sent):
    message, fine = sent(), sent("bob@example.org")
    returns.put(report(message.message_id, "ann@example.org"))

    assert come_back.look() == 1

    assert now(message).state == Message.State.FAILED
    assert message.failed_at >= message.sent_at
    assert (message.smtp_code, message.last_error) == (550, "5.1.1 <…> No such user here")
    assert now(fine).state == Message.State.SENT
    assert returns.subjects() == ["Undelivered Mail Returned to Sender"]
    assert returns.subjects("UNSEEN") == []
    entry = Entry.objects.get(verb="message.came_back")
    assert entry.actor is None
    assert "ann@example.org" not in str(entry.details)


def test_a_report_counts_once(returns, sent):
    message = sent()
    returns.put(*[report(message.message_id, "ann@example.org")] * 2)
    assert come_back.look() == 1
    first = now(message).failed_at
    MailboxLook.objects.update(last_number=0)  # as after a crash before it was written down
    returns.put(report(message.message_id, "ann@example.org", reason="smtp; 554 Something else"))
    assert come_back.look() == 0
    assert now(message).failed_at == first
    assert message.smtp_code == 550
    assert returns.subjects("UNSEEN") == []
    assert Entry.objects.filter(verb="message.came_back").count() == 1


FULL = {"status": "5.2.2", "reason": "smtp; 552 5.2.2 The mailbox is full"}


def test_mail_a_full_mailbox_sent_back_goes_again_some_times(returns, sent, smtp):
    message = sent()
    for number in range(come_back.MOST_RETURNS):
        returns.put(report(message.message_id, "ann@example.org", **FULL))
        assert come_back.look() == 1
        assert (now(message).state, message.came_back, message.sent_at) == (Message.State.QUEUED, number + 1, None)
        assert message.due_at - timezone.now() > timedelta(hours=4 * 2**number - 1)
        Message.objects.update(due_at=timezone.now())
        deliver.deliver()
        assert now(message).state == Message.State.SENT
    returns.put(report(message.message_id, "ann@example.org", **FULL))
    come_back.look()
    assert (now(message).state, message.failure) == (Message.State.FAILED, "later")


def test_secret_mail_a_full_mailbox_sent_back_cannot_go_again(returns, sent):
    message = sent(sensitive=True)
    returns.put(report(message.message_id, "ann@example.org", **FULL))
    assert come_back.look() == 1
    assert (now(message).state, message.failure) == (Message.State.FAILED, "later")


@pytest.mark.parametrize(("status", "failure"), [("5.1.1", "address"), ("5.7.1", "policy"), ("4.4.7", "queued again")])
def test_report_that_mail_failed_says_whether_the_address_works(returns, sent, status, failure):
    message = sent()
    returns.put(report(message.message_id, "ann@example.org", status=status, reason="smtp; 554 Sorry"))
    assert come_back.look() == 1
    assert (now(message).failure or "queued again") == failure
    assert Message.objects.to_unusable_addresses().exists() is (failure == "address")


def test_letters_stay_unread_and_where_they_are(returns, sent):
    message = sent()
    returns.put(
        letter("Re: You are invited", In_Reply_To=message.message_id),
        letter("Out of office", Auto_Submitted="auto-replied", References=message.message_id),
        report(message.message_id, "ann@example.org", action="delayed", status="4.4.1"),
        report(message.message_id, "ann@example.org", action="relayed", status="2.0.0"),
        b"no headers at all",
    )
    assert come_back.look() == 0
    assert now(message).state == Message.State.SENT
    assert len(returns.subjects("UNSEEN")) == len(returns.subjects()) == 5


def test_forged_reports_change_nothing(returns, sent):
    message, other = sent(), sent("bob@example.org")
    returns.put(
        report(message.message_id, "bob@example.org"),  # an email he had, about somebody else's address
        report("<made-up@example.org>", "ann@example.org"),
        report(f"<x{message.message_id[1:]}", "ann@example.org"),
        report(message.message_id.upper(), "ann@example.org"),
        report(message.message_id, "ann@example.org.example.net"),
    )
    assert come_back.look() == 0
    assert {now(message).state, now(other).state} == {Message.State.SENT}
    assert len(returns.subjects("UNSEEN")) == 5


def test_report_about_mail_not_sent_changes_nothing(returns, smtp):
    waiting = outbox.enqueue(key="w", to="ann@example.org", subject="Hello", text="Hello")
    withdrawn = outbox.enqueue(key="x", to="ann@example.org", subject="Hello", text="Hello")
    outbox.withdraw(keys=["x"], because="They cancelled.")
    returns.put(*(report(each.message_id, "ann@example.org") for each in (waiting, withdrawn)))
    assert come_back.look() == 0
    assert now(waiting).state == Message.State.QUEUED
    assert now(withdrawn).state == Message.State.WITHDRAWN


def test_addresses_match_in_any_case_and_in_ascii(returns, sent):
    upper, foreign, moved = sent("Ann@Example.org"), sent("bö@example.org", key="f"), sent("c@münchen.example")
    assert now(foreign).state == Message.State.FAILED  # could not be written at all
    returns.put(
        report(upper.message_id, "aNN@example.ORG"),
        report(moved.message_id, "c@xn--mnchen-3ya.example"),
    )
    assert come_back.look() == 2
    assert now(moved).state == Message.State.FAILED


def test_forwarded_mail_is_known_by_the_first_address(returns, sent):
    message = sent()
    returns.put(report(message.message_id, "ann@new.example.net", original="rfc822;ann@example.org"))
    assert come_back.look() == 1


def test_long_report_is_read_in_part(returns, sent):
    message = sent()
    returns.put(report(message.message_id, "ann@example.org", body="long line\n" * 100_000))
    assert come_back.look() == 1


def test_mail_is_looked_at_once(returns, sent):
    returns.put(letter(), report("<other@example.org>", "x@example.org"), letter())
    come_back.look()
    got_to = MailboxLook.objects.get().last_number
    with opened(Mailbox.at(returns.url)) as conversation:
        assert len(conversation.unread(0)) == 3
        assert conversation.unread(got_to) == []


def test_many_are_read_over_several_turns(returns, sent):
    messages = [sent(f"p{number}@example.org") for number in range(5)]
    returns.put(*(report(each.message_id, each.to_email) for each in messages))
    assert [come_back.look(most=3), come_back.look(most=3), come_back.look(most=3)] == [3, 2, 0]


def test_a_turn_ends_in_time_and_the_next_goes_on(returns, sent):
    message = sent()
    returns.put(report(message.message_id, "ann@example.org"))
    assert come_back.look(seconds=-1) == 0
    assert come_back.look() == 1


def test_numbers_that_start_again_are_read_from_the_beginning(returns, sent):
    message = sent()
    come_back.look()
    MailboxLook.objects.update(validity=1, last_number=10_000)  # as it was before the mailbox was restored
    returns.put(report(message.message_id, "ann@example.org"))
    assert come_back.look() == 1


def test_mail_the_parser_stumbles_over_does_not_keep_us_from_the_next(returns, sent):
    message = sent()
    broken = report(
        message.message_id, "ann@example.org", returned='text/rfc822-headers; charset="a\N{NULL}b"', body="Añn"
    )
    with pytest.raises(ValueError, match="null character"):
        reports._read(broken)
    returns.put(broken, report(message.message_id, "ann@example.org"))
    assert come_back.look() == 1
    assert len(returns.subjects("UNSEEN")) == 1


@pytest.fixture
def stumbles(monkeypatch):
    """An app that fails on every email with the word "awkward" in it; in the list it holds, those it was given."""
    given = []

    def take(content: bytes):
        given.append(content)
        if b"awkward" in content:
            Message.objects.update(subject="half done")
            raise ValueError("awkward")

    monkeypatch.setattr(inbound, "TAKERS", [take, *inbound.TAKERS])
    return given


def test_email_one_app_fails_on_is_still_taken_by_another(returns, sent, stumbles, caplog):
    message = sent()
    returns.put(report(message.message_id, "ann@example.org", reason="smtp; 550 awkward"))
    assert come_back.look() == 1
    assert now(message).subject == "You are invited"
    assert "could not take an email" in caplog.text
    assert MailboxLook.objects.get().again == {}


def test_email_that_fails_does_not_block_the_mailbox(returns, sent, stumbles, monkeypatch):
    message = sent()
    returns.put(report("<x@example.org>", "x@example.org", reason="smtp; 550 awkward"))
    returns.put(report(message.message_id, "ann@example.org"))
    assert come_back.look() == 1
    look = MailboxLook.objects.get()
    assert (look.trouble, list(look.again.values())) == ("", [1])
    for _ in range(come_back.MOST_TRIES + 3):
        come_back.look()
    assert sum(b"awkward" in content for content in stumbles) == come_back.MOST_TRIES
    assert MailboxLook.objects.get().again == {}
    assert len(returns.subjects("UNSEEN")) == 1


def test_email_that_failed_is_taken_at_a_later_look(returns, sent, monkeypatch):
    message = sent()
    working = list(inbound.TAKERS)

    def broken(content: bytes):
        raise KeyError(content[:1])

    monkeypatch.setattr(inbound, "TAKERS", [broken])
    returns.put(report(message.message_id, "ann@example.org"))
    assert come_back.look() == 0
    monkeypatch.setattr(inbound, "TAKERS", working)
    assert come_back.look() == 1
    assert now(message).state == Message.State.FAILED


def test_without_a_mailbox_nothing_is_read(settings, sent):
    settings.MAILBOX_URL = ""
    assert come_back.look() == 0
    assert not MailboxLook.objects.exists()


@pytest.mark.parametrize(
    "wrong", [("Returns", "Nowhere"), ("pa%20ss", "wrong"), (r":\d+/", ":9/"), ("^imap:", "imaps:")], ids=str
)
def test_mailbox_that_cannot_be_read_is_told_without_its_password(returns, sent, settings, caplog, wrong):
    message = sent()
    returns.put(report(message.message_id, "ann@example.org"))
    settings.MAILBOX_URL = re.sub(*wrong, returns.url)
    with caplog.at_level(logging.WARNING):
        assert come_back.look() == 0
    look = MailboxLook.objects.get()
    assert look.trouble
    assert look.looked_at is None
    assert "could not be read" in caplog.text
    assert "pa ss" not in caplog.text + look.trouble + look.name

    settings.MAILBOX_URL = returns.url
    assert come_back.look() == 1
    assert MailboxLook.objects.get(name=str(Mailbox.at(returns.url))).trouble == ""


def test_mail_that_came_back_can_be_tried_again_and_come_back_again(returns, sent):
    message = sent()
    returns.put(report(message.message_id, "ann@example.org"))
    come_back.look()
    retry.retry(message=now(message), by=StaffFactory())
    assert (now(message).state, message.sent_at, message.failed_at) == (Message.State.QUEUED, None, None)
    deliver.deliver()
    assert now(message).state == Message.State.SENT
    returns.put(report(message.message_id, "ann@example.org"))
    assert come_back.look() == 1


def test_code_that_comes_back_stays_blank(returns, sent):
    message = sent(sensitive=True)
    returns.put(report(message.message_id, "ann@example.org"))
    assert come_back.look() == 1
    assert now(message).text == ""


def test_reports_go_to_the_address_for_them(sent, smtp, settings):
    settings.BOUNCE_EMAIL = "returns@example.org"
    sent()
    assert smtp.senders[-1] == "returns@example.org"
    assert "portal@example.org" in smtp.received[-1]["From"]
    settings.BOUNCE_EMAIL = ""
    sent("bob@example.org")
    assert smtp.senders[-1] == "portal@example.org"


IDS, ADDRESSES = ["<0@example.org>", "<1@example.org>", "<2@example.org>"], ["p0@e.org", "p1@e.org", "p2@e.org"]
PIECES = [b"", b"\r\n\r\n", b"--b1\r\n", b"\x00", b";", b"Action: failed\r\n", b"<>", *map(str.encode, ADDRESSES)]
CUTS = st.tuples(st.integers(0, 1300), st.integers(0, 200), st.sampled_from(PIECES))


@chance(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([(0, 1), (1, 0), (2, 2)]), st.lists(CUTS, max_size=5))
def test_by_chance_only_the_named_mail_fails(db, named, damage):
    """Reports about an email, damaged: only that email can fail, and only where its own address is named too."""
    content = report(IDS[named[0]], ADDRESSES[named[1]])
    for at, cut, piece in damage:
        content = content[:at] + piece + content[at + cut :]
    with transaction.atomic():
        for number, to in enumerate(ADDRESSES):
            facts = {"key": to, "to_email": to, "message_id": IDS[number], "subject": "Hello", "text": "Hello"}
            Message.objects.create(**facts, state="sent", sent_at="2026-01-01T00:00Z")
        found = reports.read(content)
        settled, new = come_back.settle(found) if found else (False, False)
        failed = list(Message.objects.filter(state="failed").values_list("message_id", "to_email"))
        transaction.set_rollback(True)
    assert failed == ([(IDS[named[0]], ADDRESSES[named[0]])] if new else [])
    assert settled == new
    assert not new or ADDRESSES[named[0]].encode() in content
    assert damage or new == (named == (2, 2))

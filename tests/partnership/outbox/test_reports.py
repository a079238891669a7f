"""What is read in a delivery report, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.outbox import reports
from tests.mailbox import letter, report

OURS = "<0123456789abcdef@example.org>"


def failures(content: bytes) -> list[reports.Failure]:
    found = reports.read(content)
    return list(found.failures) if found else []


@pytest.mark.parametrize(
    "returned", ["message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"]
)
def test_report_names_the_mail_the_person_and_the_reason(returned):
    found = reports.read(report(OURS, "Ann@Example.org", returned=returned))
    assert found.message_id == OURS
    [failure] = found.failures
    assert failure.addresses == {"ann@example.org"}
    assert (failure.code, failure.words) == (550, "5.1.1 <…> No such user here")


def test_report_in_the_newer_format_is_read():
    content = report(OURS, "ann@example.org").replace(b"message/delivery-status", b"message/global-delivery-status")
    assert [each.addresses for each in failures(content)] == [{"ann@example.org"}]


@pytest.mark.parametrize(
    ("reason", "code", "words"),
    [
        ("smtp; 550-5.1.1 The account does not exist", 550, "5.1.1 The account does not exist"),
        ("smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound", 550, "5.1.10 RESOLVER.ADR.RecipientNotFound"),
        (
            "smtp; 550 Requested action not taken:\n mailbox unavailable",
            550,
            "Requested action not taken: mailbox unavailable",
        ),
        ("x-unix; user unknown", None, "user unknown"),
        ("no such person", None, "no such person"),
        ("", None, "The mail server gave no reason, only the number 5.1.1."),
        ("smtp; 554", 554, "554"),
        ("smtp; 550 " + "x" * 3000, 550, "x" * 1000),
    ],
)
def test_reason_is_in_the_words_of_the_server(reason, code, words):
    [failure] = failures(report(OURS, "ann@example.org", reason=reason))
    assert (failure.code, failure.words) == (code, words)


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("delayed", "4.4.1"),
        ("relayed", "2.0.0"),
        ("delivered", "2.0.0"),
        ("expanded", "2.0.0"),
        ("delayed", "5.4.7"),
        ("failed", "2.0.0"),
        ("failed", "55.1.1"),
        ("failed", "5"),
        ("failed", ""),
        ("", "5.1.1"),
    ],
)
def test_report_of_anything_but_a_failure_names_nobody(action, status):
    assert failures(report(OURS, "ann@example.org", action=action, status=status)) == []


@pytest.mark.parametrize(
    ("status", "reason", "kind"),
    [
        ("5.1.1", "smtp; 550 5.1.1 No such user here", "address"),
        ("5.1.10", "smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound", "address"),
        ("5.0.0", "smtp; 550 5.1.1 No such user here", "address"),
        ("5.0.0", "smtp; 550 No such user here", "address"),
        ("5.4.4", "smtp; Host or domain name not found", "address"),
        ("5.2.2", "smtp; 552 5.2.2 The mailbox is full", "later"),
        ("5.0.0", "smtp; 552-5.2.2 The mailbox is over quota", "later"),
        ("4.4.7", "smtp; 450 4.2.1 Try again", "later"),
        ("4.0.0", "smtp; we tried for five days", "later"),
        ("5.7.1", "smtp; 554 5.7.1 Rejected by policy", "policy"),
        ("5.7.26", "smtp; 550 5.7.26 This mail has been blocked", "policy"),
        ("5.0.0", "smtp; 550 5.7.1 Blocked", "policy"),
        ("5.6.0", "smtp; 554 5.6.0 Bad content", "other"),
        ("5.0.0", "smtp; 554 Transaction failed", "other"),
    ],
)
def test_report_says_what_it_means_for_the_address(status, reason, kind):
    [failure] = failures(report(OURS, "ann@example.org", status=status, reason=reason))
    assert failure.kind == kind


@pytest.mark.parametrize("status", ["5.1.1 (bad mailbox)", " 5.7.1", "5.10.123"])
def test_status_may_carry_a_comment(status):
    assert len(failures(report(OURS, "ann@example.org", action="FAILED (really)", status=status))) == 1


def test_address_before_a_mail_was_passed_on_counts_too():
    [failure] = failures(report(OURS, "ann@new.example.net", original="rfc822; ann@example.org"))
    assert failure.addresses == {"ann@example.org", "ann@new.example.net"}


def test_report_that_is_cut_short_within_the_returned_mail_is_read():
    content = report(OURS, "ann@example.org", body="x" * 9000)
    assert len(failures(content[:4000])) == 1


def test_letters_and_answers_of_programs_are_no_reports():
    read_receipt = report(OURS, "ann@example.org").replace(b"delivery-status", b"disposition-notification")
    forwarded = b"From: a@example.org\r\nContent-Type: message/rfc822\r\n\r\n" + report(OURS, "ann@example.org")
    plain = report(OURS, "ann@example.org").replace(b"multipart/report", b"multipart/mixed")
    for content in (
        letter(),
        letter("Out of office", Auto_Submitted="auto-replied"),
        read_receipt,
        forwarded,
        plain,
        b"",
    ):
        assert reports.read(content) is None


def test_report_that_returns_no_mail_is_not_read():
    assert reports.read(report("", "ann@example.org")) is None
    assert reports.read(report("not-a-message-id", "ann@example.org")) is None


ANYTHING = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b"\r\n", b"\r\n\r\n", b"--b1", b"--b1--", b"=?utf-8?q?=ff?=", b"\x00", b"\xff", b": ", b";", b'boundary=""']
    ),
)


@given(st.lists(st.tuples(st.integers(0, 1400), st.integers(0, 300), ANYTHING), max_size=8))
def test_damaged_reports_never_raise_and_never_name_another(damage):
    """Pieces cut out and others put in, anywhere: what is still understood holds nothing a database could not keep."""
    content = report(OURS, "ann@example.org")
    for at, cut, piece in damage:
        content = content[:at] + piece + content[at + cut :]
    for each in failures(content):
        assert each.words
        assert "\x00" not in each.words + "".join(each.addresses)
        assert len(each.words) <= 1000
        each.words.encode()
        assert each.code is None or 500 <= each.code <= 599


@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "base64", "\udcff"]))
def test_arbitrary_parts_never_raise(inside, encoding):
    head = b"Content-Type: multipart/report; boundary=b1\r\n\r\n--b1\r\nContent-Type: message/delivery-status\r\n"
    head += b"Content-Transfer-Encoding: " + encoding.encode("utf-8", "surrogateescape") + b"\r\n\r\n"
    middle = b"\r\n--b1\r\nContent-Type: text/rfc822-headers; charset=x\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    found = reports.read(head + inside + middle + inside + b"\r\n--b1--\r\n")
    assert found is None or found.message_id.startswith("<")

"""What is put on the wire, read back by the standard library's own parser."""

import datetime as dt
import email
import email.policy
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnership.outbox import mime
from partnership.outbox.actions.enqueue import one_line
from partnership.outbox.models import Message

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Café\r\nEND:VCALENDAR\r\n"


def a_message(**fields) -> Message:
    return Message(
        **{
            "message_id": "<1@example.org>",
            "to_email": "ada@example.org",
            "subject": "Hello",
            "text": "Good morning\n",
        }
        | fields
    )


def read(message: Message) -> email.message.EmailMessage:
    wire = mime.write(message)
    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) < 998
    assert b"\n" not in wire.replace(b"\r\n", b"")
    return email.message_from_bytes(wire, policy=email.policy.default)


def test_mail_carries_its_headers(settings):
    settings.DEFAULT_FROM_EMAIL = "Leeds portal <portal@example.org>"
    mail = read(a_message(to_name="Ada Lovelace", reply_to="team@example.org"))

    assert mail["message-id"] == "<1@example.org>"
    assert mail["from"] == "Leeds portal <portal@example.org>"
    assert mail["to"] == "Ada Lovelace <ada@example.org>"
    assert mail["reply-to"] == "team@example.org"
    assert mail["subject"] == "Hello"
    assert mail["auto-submitted"] == "auto-generated"
    assert abs(mail["date"].datetime - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content() == "Good morning\r\n"


def test_mail_is_from_the_portal_where_the_setting_names_nobody(settings):
    settings.DEFAULT_FROM_EMAIL, settings.PORTAL_NAME = "portal@example.org", "Leeds portal"
    assert read(a_message())["from"] == "Leeds portal <portal@example.org>"


def test_mail_with_a_calendar_shows_as_an_invitation():
    mail = read(a_message(html="<p>Good morning</p>", calendar=CALENDAR, calendar_method="CANCEL"))

    alternative, file = mail.iter_parts()
    text, html, calendar = alternative.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    assert [text.get_content_type(), html.get_content_type()] == ["text/plain", "text/html"]
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "CANCEL"
    assert calendar.get_content_charset() == "utf-8"
    assert calendar.get_payload(decode=True).decode() == CALENDAR
    assert file.get_filename() == "invite.ics"
    assert file.get_content_disposition() == "attachment"
    assert file.get_payload(decode=True).decode() == CALENDAR


def test_mail_carries_files():
    files = [
        {"name": "agenda.pdf", "type": "application/pdf", "data": "JVBERg=="},
        {"name": "Ordre du jour – été.pdf", "type": "application/pdf", "data": "JVBERg=="},
    ]
    first, second = read(a_message(attachments=files)).iter_attachments()
    assert (first.get_filename(), first.get_content()) == ("agenda.pdf", b"%PDF")
    assert second.get_filename() == "Ordre du jour – été.pdf"


@pytest.mark.parametrize(
    ("field", "header", "value"),
    [
        ("to_name", "to", "Zoë Müller-Lüdenscheidt"),
        ("to_name", "to", 'Robert "Bob" O\'Neill, MBE; CC: \\ all'),
        ("subject", "subject", "Moved: the assembly – now 9.30am, £0 to come"),
        ("subject", "subject", "One very long subject in plain letters " * 5),
        ("subject", "subject", "日本語の件名" * 15),
        ("subject", "subject", "=?utf-8?q?not=20encoded?="),
    ],
)
def test_mail_keeps_names_and_subjects_as_they_are(field, header, value):
    value = value.strip()
    mail = read(a_message(**{field: value}))
    found = mail["to"].addresses[0].display_name if header == "to" else mail["subject"]
    assert found == value
    assert mail.get_content() == "Good morning\r\n"


@pytest.mark.parametrize("name", ["A" * 120, ("Ünïcödé " * 20).strip()])
def test_mail_folds_a_long_name_without_losing_any_of_it(name):
    raw = email.message_from_bytes(mime.write(a_message(to_name=name)))["to"]
    assert max(map(len, raw.splitlines())) <= 78
    assert str(make_header(decode_header(raw))) == f"{name} <ada@example.org>"


@given(st.text(max_size=120), st.text(max_size=300), st.text(min_size=1))
def test_mail_cannot_be_given_a_header_from_outside(name, subject, text):
    mail = read(a_message(to_name=one_line(name), subject=one_line(subject), text=text, html=text))
    expected = "Message-ID Date From To Subject MIME-Version Auto-Submitted X-Auto-Response-Suppress Content-Type"
    assert sorted(mail.keys()) == sorted(expected.split())
    assert [address.addr_spec for address in mail["to"].addresses] == ["ada@example.org"]


NAMES = st.one_of(
    st.text(max_size=120),
    st.from_regex(r"[A-Za-z ,;:<>@\"\\().\[\]=?_-]{55,70}", fullmatch=True),
)
ADDRESSES = st.from_regex(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,30}@[a-z0-9-]{1,20}\.example", fullmatch=True)


@given(NAMES, ADDRESSES, st.sampled_from(["", "team@example.org"]))
@example("Ann of the very long name, mallory@evil.example, and so on1", "ada@example.org", "")
@example('Ann "the\\" name of sixty letters, <mallory@evil.example> and m', "ada@example.org", "")
def test_mail_header_holds_one_address_whatever_the_name(name, address, reply_to):
    mail = email.message_from_bytes(mime.write(a_message(to_name=one_line(name), to_email=address, reply_to=reply_to)))
    assert [found for _, found in getaddresses([mail["to"]])] == [address]
    assert [found for _, found in getaddresses(mail.get_all("reply-to", []))] == ([reply_to] if reply_to else [])
    assert len(mail.get_all("to")) == len(mail.get_all("from")) == 1


@given(NAMES)
@example("Portal, mallory@evil.example and everybody who works in it 12")
def test_mail_is_from_one_address_whatever_the_portal_is_called(name):
    mail = email.message_from_string(f"From: {mime.mailbox(one_line(name), 'portal@example.org')}\n\n")
    assert [found for _, found in getaddresses([mail["from"]])] == ["portal@example.org"]


def test_mail_that_may_be_stopped_says_how_in_one_request():
    link = f"https://portal.example.org/unsubscribe/{'k' * 43}/"
    mail = read(a_message(unsubscribe=link))
    assert mail["list-unsubscribe"] == f"<{link}>"
    assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert read(a_message())["list-unsubscribe"] is None


@pytest.mark.parametrize("text", ["x" * 5000, "Café £5\n" * 50, ".\n..\nFrom here\n", "trailing \t\n", "=20 = sign\n"])
def test_mail_keeps_the_words_as_they_are(text):
    mail = read(a_message(text=text))
    assert mail.get_payload(decode=True).decode().splitlines() == text.splitlines()


def test_envelope_writes_an_international_domain_in_ascii():
    assert mime.envelope("ada@bücher.example") == "ada@xn--bcher-kva.example"


def test_envelope_refuses_letters_no_server_can_carry():
    with pytest.raises(mime.Unwritable, match="cannot carry"):
        mime.envelope("zoë@example.org")

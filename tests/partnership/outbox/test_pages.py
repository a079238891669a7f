"""What staff see of the email, and what nobody sees."""

import pytest
from django.test import Client
from django.utils import timezone

from partnership import outbox
from partnership.outbox.models import Message
from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


def queue(number: int = 1, **fields) -> Message:
    known = {"key": f"n:{number}", "to": f"p{number}@example.org", "subject": f"Hello {number}", "text": "Good morning"}
    return outbox.enqueue(**known | fields)


def fail(message: Message, words: str = "5.1.1 No mailbox of that name") -> None:
    Message.objects.filter(pk=message.pk).update(
        state="failed", failed_at=timezone.now(), smtp_code=550, last_error=words, attempts=1
    )


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(StaffFactory())
    return client


def test_outbox_shows_what_failed_with_the_words_of_the_server(staff):
    fail(queue(1, to_name="Ada"))
    queue(2)
    page = staff.get("/outbox/").content.decode()
    assert "Ada, p1@example.org" in page
    assert "550 5.1.1 No mailbox of that name" in page
    assert "p2@example.org" not in page
    assert "Good morning" not in page


def test_outbox_shows_each_state_and_how_many_are_in_it(staff):
    fail(queue(1))
    queue(2)
    queue(3)
    page = staff.get("/outbox/?state=queued").content.decode()
    assert "p2@example.org" in page
    assert "Waiting to be sent (2)" in page
    assert "Could not be delivered (1)" in page


def test_outbox_finds_by_address_and_subject(staff):
    queue(1)
    queue(2)
    page = staff.get("/outbox/?state=queued&words=P1@").content.decode()
    assert "p1@example.org" in page
    assert "p2@example.org" not in page
    assert "No emails match your search." in staff.get("/outbox/?state=queued&words=nobody").content.decode()


def test_outbox_says_what_to_do_when_nothing_failed(staff):
    assert "No emails have failed." in staff.get("/outbox/").content.decode()


def test_outbox_knows_no_other_state(staff):
    assert staff.get("/outbox/?state=lost").status_code == 404


@pytest.mark.parametrize("rows", [1, 50])
def test_outbox_makes_as_many_queries_for_one_row_as_for_fifty(staff, django_assert_num_queries, rows):
    for number in range(rows):
        fail(queue(number))
    with django_assert_num_queries(6):  # session, person, second factor, states, how many, rows
        assert staff.get("/outbox/").content.decode().count("Try again") == rows


def test_try_again_queues_the_mail_once(staff):
    message = queue()
    fail(message)
    for _ in range(2):
        page = staff.post(f"/outbox/{message.pk}/retry/", follow=True).content.decode()
        assert "is on its way again" in page
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Message.State.QUEUED, 0)
    assert Message.objects.count() == 1


def test_try_again_says_why_not(staff):
    message = queue(not_after=timezone.now() - timezone.timedelta(hours=1))
    fail(message)
    assert (
        "It is too late to send this email" in staff.post(f"/outbox/{message.pk}/retry/", follow=True).content.decode()
    )


def test_mail_shows_its_words(staff):
    assert "Good morning" in staff.get(f"/outbox/{queue().pk}/").content.decode()


def test_mail_hides_the_words_of_a_secret(staff):
    message = queue(text="Your code is 123456", html="<p>123456</p>", sensitive=True)
    for address in (f"/outbox/{message.pk}/", "/outbox/?state=queued"):
        page = staff.get(address)
        assert page.status_code == 200
        assert "123456" not in page.content.decode()


def test_outbox_is_for_staff(client):
    message = queue()
    fail(message)
    posts = [f"/outbox/{message.pk}/retry/"]
    gets = ["/outbox/", f"/outbox/{message.pk}/"]
    assert [client.get(address).status_code for address in gets] == [302, 302]
    assert [client.post(address).status_code for address in posts] == [302]
    client.force_login(UserFactory())
    assert [client.get(address).status_code for address in gets] == [403, 403]
    assert [client.post(address).status_code for address in posts] == [403]
    message.refresh_from_db()
    assert message.state == Message.State.FAILED


def test_link_that_answers_for_a_person_is_cut_short(staff):
    key = "a-B_9" * 8 + "xyz"
    message = queue(text=f"Answer here: https://portal.example.org/i/{key}/decline/ or read /meetings/september/")
    page = staff.get(f"/outbox/{message.pk}/").content.decode()
    assert key not in page
    assert "https://portal.example.org/i/…/decline/" in page
    assert "/meetings/september/" in page

"""Emails that may be stopped: by one POST of a mail program, or by a person on the page behind the link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnership import outbox
from partnership.audit.models import Entry
from partnership.outbox.actions import subscription
from partnership.outbox.models import Message, Subscription
from tests.pages import words

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def links(*emails: str, **more) -> dict[str, str]:
    return outbox.unsubscribe_links(
        topic="meeting:41:reminders", name="reminders about the assembly", emails=emails, **more
    )


def path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_link_is_the_same_in_each_email_for_a_person_and_topic():
    first = links("ann@example.org", "Bob@example.org")
    assert first == links("ann@example.org", "Bob@example.org")
    other = outbox.unsubscribe_links(topic="calls", name="calls", emails=["ann@example.org"])
    assert len({*first.values(), *other.values()}) == 3


def test_opening_the_link_stops_nothing():
    link = links("ann@example.org")["ann@example.org"]
    page = words(Client().get(path(link)))
    assert "We will no longer send you reminders about the assembly" in page
    Client().head(path(link))
    assert links("ann@example.org") == {"ann@example.org": link}


def test_mail_program_stops_emails_by_one_post_without_a_page_before():
    link = links("ann@example.org", "bob@example.org")["ann@example.org"]
    for _ in range(2):
        answer = Client(enforce_csrf_checks=True).post(path(link), ONE_CLICK)
        assert answer.status_code == 302
    assert list(links("ann@example.org", "bob@example.org")) == ["bob@example.org"]
    assert list(links("ANN@example.org")) == []
    assert list(links("ann@example.org", even_if_stopped=True)) == ["ann@example.org"]
    assert Entry.objects.filter(verb="subscription.stopped").count() == 1


def test_what_has_not_left_is_withdrawn():
    link = links("ann@example.org")["ann@example.org"]
    mine = outbox.enqueue(key="a", to="ann@example.org", subject="Soon", text="Soon", unsubscribe=link)
    other = outbox.enqueue(key="b", to="ann@example.org", subject="Your place", text="Your place")
    Client().post(path(link), ONE_CLICK)
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {mine.pk: "withdrawn", other.pk: "queued"}


def test_who_stopped_them_can_have_them_again():
    link = links("ann@example.org")["ann@example.org"]
    Client().post(path(link))
    assert "You get no more of these emails" in words(Client().get(path(link)))
    Client().post(path(link), {"again": "yes"})
    assert links("ann@example.org") == {"ann@example.org": link}


@pytest.mark.parametrize("key", ["wrong", "x" * 43])
def test_wrong_link_says_so(key):
    assert Client().get(f"/unsubscribe/{key}/").status_code == 404
    assert Client().post(f"/unsubscribe/{key}/", ONE_CLICK).status_code == 404


def test_rows_go_a_year_after_the_last_email_but_for_who_stopped():
    link = links("ann@example.org", "bob@example.org")["ann@example.org"]
    Client().post(path(link), ONE_CLICK)
    assert subscription.forget(timezone.now() + timedelta(days=300)) == 0
    assert subscription.forget(timezone.now() + timedelta(days=400)) == 1
    assert Subscription.objects.get().email == "ann@example.org"

"""The staff's pages of mail and of the record, as a browser shows them."""

import pytest
from django.conf import settings
from django.test import Client

from partnership import audit, outbox
from partnership.outbox.models import Message
from tests.factories import StaffFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_mail_and_record_pass_axe(open_browser, portal, axe, width):
    staff = StaffFactory()
    message = outbox.enqueue(
        key="n:1", to=f"{'a' * 50}@{'long' * 10}.example.org", subject="Hello", text="https://example.org/" + "x" * 90
    )
    Message.objects.update(state="failed", failed_at=message.created_at, smtp_code=550, last_error="5.1.1 " + "No" * 60)
    audit.record(by=staff, verb="message.retried", subject=message, about="meeting:1")
    client = Client()
    client.force_login(staff)
    page = open_browser(width=width)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])

    for address in ("/outbox/", f"/outbox/{message.pk}/", "/outbox/?state=queued", "/audit/"):
        assert page.goto(address).status == 200
        axe(page)

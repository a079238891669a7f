"""What tests of papers share: who can open one, and what staff and the chair do with it."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.pages import words
from tests.signed_in import sign_in

TABLE = b"Item,Cost\nBuses,4\n"  # a file of a kind that needs no check


def public(client, document):
    client.logout()
    return client.get(f"/meetings/{document.meeting.slug}/documents/{document.pk}/").status_code


def replace(client, paper, content=TABLE + b"2"):
    address = f"/meetings/{paper.meeting.slug}/manage/documents/{paper.pk}/replace/"
    return client.post(address, {"file": SimpleUploadedFile("b.csv", content)}, follow=True)


def withdraw(client, paper, because="It names a patient."):
    address = f"/meetings/{paper.meeting.slug}/manage/documents/{paper.pk}/withdraw/"
    return client.post(address, {"because": because}, follow=True)


def papers_shown(client, meeting, number) -> list[str]:
    page = words(client.get(f"/meetings/{meeting.slug}/agenda/{number}/"))
    return re.findall(rf'href="/meetings/{meeting.slug}/documents/(\d+)/"', page)


def publish_as(client, chair, meeting, **answers):
    """What the chair does: opens the page the email leads to, reads it, and publishes."""
    sign_in(client, chair)
    address = f"/meetings/{meeting.slug}/manage/agenda/publish/"
    page = client.get(address)
    form = page.context["form"]
    return page, client.post(address, {"seen": form.initial["seen"]} | answers, follow=True)

"""What people need to take part: staff who do not organise the meeting look for it at every address of the portal."""

import io
import zipfile

import pytest

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Registration
from partnership.outbox.models import Message
from tests import factories as make
from tests.pdfs import text_of
from tests.signed_in import sign_in
from tests.world import build, every_address

pytestmark = pytest.mark.django_db
NEEDS = {"dietary": "Zebrafree", "access": ["interpreter", "other"], "language": "Quechua", "access_other": "Okapilift"}
SECRETS = ("Zebrafree", "Quechua", "Okapilift")
WHO = {"name": "Ann Hill", "email": "ann.hill@example.org", "organisation": "", "role": "", "kind": "other", "place": "none",
       "attendance": "in_person"}  # fmt: skip


@pytest.fixture
def world():
    world = build()
    Meeting.objects.filter(slug="published").update(format=Meeting.Format.IN_PERSON)
    browser = world.client("anonymous")
    assert browser.post("/meetings/published/register/", WHO | NEEDS).status_code == 302
    key = Registration.objects.get(email=WHO["email"]).key
    browser.post(f"/r/{key}/confirm/")
    browser.post("/r/", {"email": WHO["email"]})
    return world


def said(answer) -> str:
    data = b"".join(answer) if answer.streaming else answer.content
    if data.startswith(b"%PDF-1.7\n") and len(data) > 100:
        return text_of(data)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
    return data.decode(errors="replace") + str(answer.headers)


def test_organiser_reads_what_people_need(world):
    page = said(world.client("staff").post("/meetings/published/manage/needs/names/"))
    assert [secret for secret in SECRETS if secret not in page] == []


def test_other_staff_find_it_at_no_address_and_no_link_to_it(world, client):
    sign_in(client, make.StaffFactory())
    key = str(Registration.objects.get(email=WHO["email"]).key)
    person, found, asked = Registration.objects.get(email=WHO["email"]), [], 0
    for name, route, named in every_address():
        if not name or "key" in named or name.startswith(("account", "mfa", "inbox", "sign_in_as")):
            continue
        for instead in ({}, {"pk": person.pk}) if "pk" in named else ({},):
            address = world.address(name, route, named, **instead)
            for method in ("get", "post"):
                if method == "post" and name != "manage_needs_by_name":
                    continue
                answer = getattr(client, method)(address)
                asked += 1
                page = said(answer)
                found += [(address, secret) for secret in (*SECRETS, key) if secret in page]
    for message in Message.objects.all():
        page = said(client.get(f"/outbox/{message.pk}/"))
        found += [(message.subject, secret) for secret in (*SECRETS, key) if secret in page]
    for more in ("/audit/?words=Zebrafree", "/search/?q=Zebrafree", "/outbox/?state=sent", "/outbox/?state=queued",
                 "/meetings/published/manage/registrations/?words=Quechua"):  # fmt: skip
        page = said(client.get(more))
        found += [
            (more, secret) for secret in (*SECRETS, key) if page.count(secret) > page.count(f'value="{secret}"') + 3
        ]
    assert asked > 150
    assert found == []


def test_staff_name_neither_themselves_nor_nobody_an_organiser(world, client):
    other, organiser = make.StaffFactory(), world.people["staff"]
    sign_in(client, other)
    address = "/meetings/published/manage/organisers/"
    for people in ([], [other.pk], [organiser.pk, other.pk], ["999999"], [world.people["member"].pk], ["x"]):
        client.post(address, {"people": people, "organisers": people})
        client.post("/meetings/published/manage/edit/", {"people": people, "organisers": people})
        assert client.get("/meetings/published/manage/needs/").status_code == 403, people
    assert list(Meeting.objects.get(slug="published").organisers.all()) == [organiser]

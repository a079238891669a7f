"""Documents of a meeting: known by their content, stored under names of our own, never overwritten."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assemblies.papers.actions import agenda
from assemblies.papers.actions import document as document_actions
from assemblies.papers.models import Document
from partnership.refusals import Refusal
from tests.assemblies.papers.published_papers import TABLE, public
from tests.factories import DocumentFactory, StaffFactory
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def upload(client, meeting, content=TABLE, name="slides.csv", **changes):
    file = SimpleUploadedFile(name, content, content_type="application/octet-stream")
    form = {"title": "The chair’s slides", "kind": "slides", "file": file}
    return client.post(f"/meetings/{meeting.slug}/manage/documents/add/", form | changes, follow=True)


def test_upload_is_kept_under_a_name_of_our_own_and_not_released(client, staff, meeting):
    page = words(upload(client, meeting, name="../../../etc/passwd.csv"))
    assert "“The chair’s slides” is uploaded. Release it when people should see it." in page
    document = Document.objects.get()
    assert re.fullmatch(r"documents/[0-9a-f]{32}\.csv", document.file.name)
    assert (document.content_type, document.size, document.uploaded_by) == ("text/csv", len(TABLE), staff)
    assert public(client, document) == 404


def test_upload_twice_is_one_document(client, staff, meeting):
    upload(client, meeting)
    upload(client, meeting)
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"content": b"MZ\x90\x00\x03\x00\x00\x00"}, "We cannot tell what kind of file this is"),
        ({"content": b"<html><script>alert(1)</script></html>"}, "This is a web page file: choose PDF"),
        ({"content": b""}, "The file is empty"),
        ({"content": b"PK\x03\x04broken"}, "The file is damaged"),
        ({"title": ""}, "Enter the title"),
        ({"kind": ""}, "Choose the kind of document"),
        ({"file": ""}, "Choose a file"),
    ],
)
def test_upload_refuses_in_words_and_keeps_the_answers(client, staff, meeting, changes, message):
    page = words(upload(client, meeting, **changes))
    assert message in page
    if "title" not in changes:
        assert "The chair’s slides" in page
    assert not Document.objects.exists()


def test_upload_above_the_limit_is_refused_with_both_sizes(client, staff, meeting):
    page = words(upload(client, meeting, content=TABLE + b"0" * (21 * 1024 * 1024)))
    assert "The file is 21 MB: choose one of at most 20 MB" in page


def test_name_that_lies_about_its_kind_is_stored_as_what_it_is(client, staff, meeting):
    upload(client, meeting, name="slides.docx")
    assert Document.objects.get().extension == "csv"


def test_release_and_withdraw_show_it_and_take_it_away(client, staff, meeting):
    upload(client, meeting)
    document = Document.objects.get()
    start = f"/meetings/{meeting.slug}/manage/documents/{document.pk}/"
    for _ in range(2):
        client.post(f"{start}release/")
    assert public(client, document) == 200
    sign_in(client, staff)
    assert "Withdraw “The chair’s slides”?" in words(client.get(f"{start}withdraw/"))
    for _ in range(2):
        client.post(f"{start}withdraw/", {"because": "It names a patient."})
    assert public(client, document) == 410
    page = words(client.get(f"/meetings/{meeting.slug}/"))
    assert "The chair’s slides <span" in page
    assert "It names a patient." in page
    assert f"/documents/{document.pk}/" not in page


def test_document_nobody_could_see_is_withdrawn_without_a_reason(client, staff, meeting):
    document = DocumentFactory(meeting=meeting, released_at=None)
    start = f"/meetings/{meeting.slug}/manage/documents/{document.pk}/"
    assert "Only the people who prepare the meeting have seen it." in words(client.get(f"{start}withdraw/"))
    client.post(f"{start}withdraw/")
    document.refresh_from_db()
    assert (document.withdrawn_at is not None, document.withdrawn_because) == (True, "")
    assert public(client, document) == 404


@pytest.mark.parametrize("because", ["", "   ", "x" * 501])
def test_withdrawal_without_a_short_reason_is_refused(client, staff, meeting, because):
    document = DocumentFactory(meeting=meeting, file=SimpleUploadedFile("a.csv", TABLE))
    address = f"/meetings/{meeting.slug}/manage/documents/{document.pk}/withdraw/"
    page = words(client.post(address, {"because": because}))
    assert ("Say why it is withdrawn" if not because.strip() else "at most 500 characters") in page
    assert because.strip() in page
    assert public(client, document) == 200


def test_file_in_view_is_not_taken_away_by_one_of_the_staff(staff, meeting):
    with pytest.raises(Refusal, match="Withdraw it as a published paper"):
        document_actions.withdraw(document=DocumentFactory(meeting=meeting), by=staff)


def test_document_of_a_draft_meeting_does_not_leave_the_portal(client):
    document = DocumentFactory(meeting__state="draft", file=SimpleUploadedFile("a.csv", TABLE))
    assert public(client, document) == 404


def test_replacement_takes_its_place_at_once_and_the_old_file_is_kept(client, staff, meeting):
    upload(client, meeting)
    old = Document.objects.get()
    address = f"/meetings/{meeting.slug}/manage/documents/{old.pk}/"
    client.post(f"{address}release/")
    item = agenda.write_item(meeting=meeting, by=staff, item=None, title="A", purpose="decision", documents=[old])
    same = client.post(f"{address}replace/", {"file": SimpleUploadedFile("a.csv", TABLE)})
    assert "This is the same file" in words(same)
    for _ in range(2):
        client.post(f"{address}replace/", {"file": BytesIO(TABLE + b"2")})
    new = Document.objects.exclude(pk=old.pk).get()
    old.refresh_from_db()
    assert (new.replaces, new.title, new.released_at is not None) == (old, old.title, True)
    assert old.withdrawn_at is not None
    assert old.file.storage.exists(old.file.name)
    assert list(item.documents.all()) == [new]
    assert (public(client, old), public(client, new)) == (404, 200)


def test_order_changes_within_a_kind(client, staff, meeting):
    first, second = DocumentFactory(meeting=meeting, title="One"), DocumentFactory(meeting=meeting, title="Two")
    DocumentFactory(meeting=meeting, kind="background", title="Other")
    client.post(f"/meetings/{meeting.slug}/manage/documents/{second.pk}/shift/", {"direction": "up"})
    client.post(f"/meetings/{meeting.slug}/manage/documents/{second.pk}/shift/", {"direction": "up"})
    assert list(meeting.documents.filter(kind="slides")) == [second, first]


def test_document_of_another_meeting_is_out_of_reach(client, staff, meeting):
    other = DocumentFactory()
    for page in ("", "replace/", "withdraw/"):
        assert client.get(f"/meetings/{meeting.slug}/manage/documents/{other.pk}/{page}").status_code == 404


def test_documents_page_makes_the_same_queries_for_one_and_for_fifty(client, staff, meeting):
    counts = []
    for number in (1, 49):
        for _ in range(number):
            DocumentFactory(meeting=meeting, uploaded_by=StaffFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/meetings/{meeting.slug}/manage/documents/")
        counts.append(len(queries))
    assert counts[0] == counts[1]

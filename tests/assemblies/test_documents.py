"""Documents of a meeting: known by their content, stored under names of our own, never overwritten."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies import changes
from assemblies.actions import agenda
from assemblies.forms.agenda import AgendaItemForm
from assemblies.models import Document, Follower, Meeting
from partnership.outbox.models import Message
from tests.factories import ChairFactory, DocumentFactory, MeetingFactory, StaffFactory, in_days
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def staff(client):
    person = StaffFactory()
    sign_in(client, person)
    return person


@pytest.fixture
def meeting():
    return MeetingFactory()


def said(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def upload(client, meeting, content=PDF, name="slides.pdf", **changes):
    file = SimpleUploadedFile(name, content, content_type="application/octet-stream")
    form = {"title": "The chair’s slides", "kind": "slides", "file": file}
    return client.post(f"/meetings/{meeting.slug}/manage/documents/add/", form | changes, follow=True)


def public(client, document):
    client.logout()
    return client.get(f"/meetings/{document.meeting.slug}/documents/{document.pk}/").status_code


def test_upload_is_kept_under_a_name_of_our_own_and_not_released(client, staff, meeting):
    page = said(upload(client, meeting, name="../../../etc/passwd.pdf"))
    assert "“The chair’s slides” is uploaded. Release it when people should see it." in page
    document = Document.objects.get()
    assert re.fullmatch(r"documents/[0-9a-f]{32}\.pdf", document.file.name)
    assert (document.content_type, document.size, document.uploaded_by) == ("application/pdf", len(PDF), staff)
    assert public(client, document) == 404


def test_upload_twice_is_one_document(client, staff, meeting):
    upload(client, meeting)
    upload(client, meeting)
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"content": b"MZ\x90\x00\x03\x00\x00\x00"}, "We cannot tell what kind of file this is"),
        ({"content": b"<html><script>alert(1)</script></html>"}, "We cannot tell what kind of file this is"),
        ({"content": b""}, "The file is empty"),
        ({"content": b"PK\x03\x04broken"}, "The file is damaged"),
        ({"title": ""}, "Enter title"),
        ({"kind": ""}, "Choose the kind of document"),
        ({"file": ""}, "Choose a file"),
    ],
)
def test_upload_refuses_in_words_and_keeps_the_answers(client, staff, meeting, changes, message):
    page = said(upload(client, meeting, **changes))
    assert message in page
    if "title" not in changes:
        assert "The chair’s slides" in page
    assert not Document.objects.exists()


def test_upload_above_the_limit_is_refused_with_both_sizes(client, staff, meeting):
    page = said(upload(client, meeting, content=PDF + b"0" * (21 * 1024 * 1024)))
    assert "The file is 21 MB: choose one of at most 20 MB" in page


def test_name_that_lies_about_its_kind_is_stored_as_what_it_is(client, staff, meeting):
    upload(client, meeting, name="slides.docx")
    assert Document.objects.get().extension == "pdf"


def test_release_and_withdraw_show_it_and_take_it_away(client, staff, meeting):
    upload(client, meeting)
    document = Document.objects.get()
    start = f"/meetings/{meeting.slug}/manage/documents/{document.pk}/"
    for _ in range(2):
        client.post(f"{start}release/")
    assert public(client, document) == 200
    sign_in(client, staff)
    assert "Withdraw “The chair’s slides”?" in said(client.get(f"{start}withdraw/"))
    client.post(f"{start}withdraw/")
    assert public(client, document) == 404


def test_document_of_a_draft_meeting_does_not_leave_the_portal(client):
    document = DocumentFactory(meeting__state="draft", file=SimpleUploadedFile("a.pdf", PDF))
    assert public(client, document) == 404


def test_replacement_takes_its_place_at_once_and_the_old_file_is_kept(client, staff, meeting):
    upload(client, meeting)
    old = Document.objects.get()
    address = f"/meetings/{meeting.slug}/manage/documents/{old.pk}/"
    client.post(f"{address}release/")
    item = agenda.write_item(meeting=meeting, by=staff, item=None, title="A", purpose="decision", documents=[old])
    same = client.post(f"{address}replace/", {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert "This is the file that is there already" in said(same)
    for _ in range(2):
        client.post(f"{address}replace/", {"file": BytesIO(PDF + b"2")})
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


@pytest.fixture
def chair(meeting):
    return ChairFactory(seat__board=meeting.board).holder


@pytest.fixture
def paper(meeting, chair):
    """A paper of item 2 of the published agenda, as it went out."""
    paper = DocumentFactory(
        meeting=meeting, kind="paper", title="Topics parked", file=SimpleUploadedFile("a.pdf", PDF), released_at=None
    )
    agenda.write_item(meeting=meeting, by=None, item=None, title="Welcome", purpose="information", documents=[])
    agenda.write_item(meeting=meeting, by=None, item=None, title="Topics", purpose="discussion", documents=[paper])
    agenda.publish(meeting=meeting, by=chair, seen=agenda.fingerprint(agenda.draft_of(meeting)))
    paper.refresh_from_db()
    return paper


def replace(client, paper, content=PDF + b"2"):
    address = f"/meetings/{paper.meeting.slug}/manage/documents/{paper.pk}/replace/"
    return client.post(address, {"file": SimpleUploadedFile("b.pdf", content)}, follow=True)


def papers_shown(client, meeting, number) -> list[str]:
    page = said(client.get(f"/meetings/{meeting.slug}/agenda/{number}/"))
    return re.findall(rf'href="/meetings/{meeting.slug}/documents/(\d+)/"', page)


def test_paper_of_a_published_agenda_is_replaced_by_a_version_of_its_own(client, staff, meeting, paper):
    first = agenda.published_of(meeting)
    ahead = said(client.get(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/replace/"))
    assert "The new file makes version 2 of the agenda at once" in ahead
    page = said(replace(client, paper))
    assert "“Topics parked” is replaced: version 2 of the agenda is published with it" in page
    new, second = Document.objects.get(replaces=paper), agenda.published_of(meeting)
    assert (second.number, second.change_note) == (2, "Paper replaced: “Topics parked” (item 2).")
    assert second.published_at > first.published_at
    assert second.published_by == staff
    assert [item.title for item in second.items.all()] == ["Welcome", "Topics"]
    client.logout()
    assert papers_shown(client, meeting, 1) == [str(paper.pk)]
    assert papers_shown(client, meeting, 2) == [str(new.pk)]
    read = {each: b"".join(client.get(f"/meetings/{meeting.slug}/documents/{each.pk}/")) for each in (paper, new)}
    assert (read[paper], read[new]) == (PDF, PDF + b"2")
    home = said(client.get(f"/meetings/{meeting.slug}/"))
    assert "Paper replaced: “Topics parked” (item 2)." in home
    assert f"/documents/{paper.pk}/" not in home


def test_followers_are_told_once_of_a_replaced_paper(client, staff, meeting, paper):
    Follower.objects.create(meeting=meeting, email="sam@example.org", key="k", confirmed_at=timezone.now())
    for _ in range(2):
        replace(client, paper)
    mail = Message.objects.get(to_email="sam@example.org")
    assert "Paper replaced: “Topics parked” (item 2)." in mail.text
    assert agenda.published_of(meeting).number == 2


def test_draft_that_was_begun_follows_the_version_of_the_replaced_paper(client, staff, meeting, chair, paper):
    draft = agenda.revise(meeting=meeting, by=staff)
    topics = draft.items.get(title="Topics")
    agenda.write_item(meeting=meeting, by=staff, item=topics, title="Topics now", purpose="decision", documents=[paper])
    replace(client, paper)
    draft.refresh_from_db()
    new = Document.objects.get(replaces=paper)
    assert (draft.number, list(topics.documents.all())) == (3, [new])
    third = agenda.publish(
        meeting=meeting, by=chair, seen=agenda.fingerprint(draft), change_note="\n".join(changes.of_agenda(draft))
    )
    assert third.number == 3
    assert third.change_note == "Renamed: “Topics” is now “Topics now”.\nRewritten: “Topics now”."


def test_replaced_paper_of_an_older_agenda_can_still_be_withdrawn(client, staff, meeting, paper):
    replace(client, paper)
    page = said(client.get(f"/meetings/{meeting.slug}/manage/documents/"))
    assert "Older versions of the agenda still show these." in page
    assert page.count("Topics parked</a>") == 2
    client.post(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/withdraw/")
    client.logout()
    assert papers_shown(client, meeting, 1) == []
    assert public(client, paper) == 404


def test_replaced_paper_is_not_offered_moved_or_replaced_again(client, staff, meeting, paper):
    replace(client, paper)
    new = Document.objects.get(replaces=paper)
    form = AgendaItemForm(meeting=meeting, item=None)
    assert list(form.fields["documents"].queryset) == [new]
    assert "This document was withdrawn or replaced meanwhile." in said(replace(client, paper, PDF + b"3"))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"starts_at": in_days(-1), "ends_at": in_days(1)}, "The meeting has begun, so the papers"),
        ({"state": "cancelled"}, "The meeting is cancelled, so the papers"),
    ],
)
def test_paper_of_an_agenda_that_was_met_with_stays(client, staff, paper, facts, why):
    Meeting.objects.filter(pk=paper.meeting_id).update(**facts)
    assert why in said(replace(client, paper))
    assert not Document.objects.filter(replaces=paper).exists()
    assert agenda.published_of(paper.meeting).number == 1

"""Documents of a meeting: known by their content, stored under names of our own, never overwritten."""

import hashlib
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.meetings.models import Follower, Meeting
from assemblies.papers import changes
from assemblies.papers.actions import agenda, agenda_publication
from assemblies.papers.actions import document as document_actions
from assemblies.papers.forms.agenda import AgendaItemForm
from assemblies.papers.models import Document
from partnership import dates
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    AgendaItemFactory,
    AgendaVersionFactory,
    ChairFactory,
    DocumentFactory,
    MeetingFactory,
    StaffFactory,
    in_days,
)
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
        ({"content": b"<html><script>alert(1)</script></html>"}, "This is a web page file: choose PDF"),
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
    for _ in range(2):
        client.post(f"{start}withdraw/", {"because": "It names a patient."})
    assert public(client, document) == 410
    page = said(client.get(f"/meetings/{meeting.slug}/"))
    assert "The chair’s slides <span" in page
    assert "It names a patient." in page
    assert f"/documents/{document.pk}/" not in page


def test_document_nobody_could_see_is_withdrawn_without_a_reason(client, staff, meeting):
    document = DocumentFactory(meeting=meeting, released_at=None)
    start = f"/meetings/{meeting.slug}/manage/documents/{document.pk}/"
    assert "Only the people who prepare the meeting have seen it." in said(client.get(f"{start}withdraw/"))
    client.post(f"{start}withdraw/")
    document.refresh_from_db()
    assert (document.withdrawn_at is not None, document.withdrawn_because) == (True, "")
    assert public(client, document) == 404


@pytest.mark.parametrize("because", ["", "   ", "x" * 501])
def test_withdrawal_without_a_short_reason_is_refused(client, staff, meeting, because):
    document = DocumentFactory(meeting=meeting, file=SimpleUploadedFile("a.pdf", PDF))
    address = f"/meetings/{meeting.slug}/manage/documents/{document.pk}/withdraw/"
    page = said(client.post(address, {"because": because}))
    assert ("Say why it is withdrawn" if not because.strip() else "at most 500 characters") in page
    assert because.strip() in page
    assert public(client, document) == 200


def test_action_refuses_to_withdraw_from_view_without_a_reason(staff, meeting):
    with pytest.raises(Refusal, match="Say why it is withdrawn"):
        document_actions.withdraw(document=DocumentFactory(meeting=meeting), by=staff)


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
    assert "This is the same file" in said(same)
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
    agenda_publication.publish(meeting=meeting, by=chair, seen=agenda_publication.fingerprint(agenda.draft_of(meeting)))
    paper.refresh_from_db()
    return paper


def replace(client, paper, content=PDF + b"2"):
    address = f"/meetings/{paper.meeting.slug}/manage/documents/{paper.pk}/replace/"
    return client.post(address, {"file": SimpleUploadedFile("b.pdf", content)}, follow=True)


def papers_shown(client, meeting, number) -> list[str]:
    page = said(client.get(f"/meetings/{meeting.slug}/agenda/{number}/"))
    return re.findall(rf'href="/meetings/{meeting.slug}/documents/(\d+)/"', page)


def withdraw(client, paper, because="It names a patient."):
    address = f"/meetings/{paper.meeting.slug}/manage/documents/{paper.pk}/withdraw/"
    return client.post(address, {"because": because}, follow=True)


def publish_as(client, chair, meeting, **answers):
    """What the chair does: opens the page the email leads to, reads it, and publishes."""
    sign_in(client, chair)
    address = f"/meetings/{meeting.slug}/manage/agenda/publish/"
    page = client.get(address)
    form = page.context["form"]
    return page, client.post(address, {"seen": form.initial["seen"]} | answers, follow=True)


def test_newer_file_of_a_published_paper_waits_for_the_chair(client, staff, meeting, paper, chair):
    ahead = said(client.get(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/replace/"))
    assert f"so the new file waits for the chair. We email {chair}, who publishes it" in ahead
    page = said(replace(client, paper))
    assert "“Topics parked” is waiting for the chair to publish version 2 of the agenda." in page
    assert "Waiting for the chair" in page
    assert "Release<span" not in page
    new = Document.objects.get(replaces=paper)
    assert (new.released_at, agenda.published_of(meeting).number) == (None, 1)
    client.logout()
    assert papers_shown(client, meeting, 1) == [str(paper.pk)]
    assert (public(client, paper), public(client, new)) == (200, 404)
    home = said(client.get(f"/meetings/{meeting.slug}/"))
    assert home.count(f"/documents/{paper.pk}/") == 2
    assert f"/documents/{new.pk}/" not in home


def test_chair_publishes_the_newer_file_with_the_note_in_one_click(client, staff, meeting, paper, chair):
    Follower.objects.create(meeting=meeting, email="sam@example.org", key="k", confirmed_at=timezone.now())
    first = agenda.published_of(meeting)
    replace(client, paper)
    assert not Message.objects.filter(to_email="sam@example.org").exists()
    new = Document.objects.get(replaces=paper)
    page, done = publish_as(client, chair, meeting)
    assert f'<a class="govuk-link" href="/meetings/{meeting.slug}/documents/{new.pk}/">Topics parked</a>' in said(page)
    assert client.get(f"/meetings/{meeting.slug}/documents/{new.pk}/").status_code == 200
    assert "Version 2 of the agenda is published." in said(done)
    second = agenda.published_of(meeting)
    assert (second.number, second.change_note) == (2, "Paper replaced: “Topics parked” (item 2).")
    assert second.published_by == chair
    assert second.published_at > first.published_at
    assert [item.title for item in second.items.all()] == ["Welcome", "Topics"]
    client.logout()
    assert papers_shown(client, meeting, 1) == [str(paper.pk)]
    assert papers_shown(client, meeting, 2) == [str(new.pk)]
    read = {each: b"".join(client.get(f"/meetings/{meeting.slug}/documents/{each.pk}/")) for each in (paper, new)}
    assert (read[paper], read[new]) == (PDF, PDF + b"2")
    home = said(client.get(f"/meetings/{meeting.slug}/"))
    assert "Paper replaced: “Topics parked” (item 2)." in home
    assert f"/documents/{paper.pk}/" not in home
    mail = Message.objects.get(to_email="sam@example.org")
    assert "Paper replaced: “Topics parked” (item 2)." in mail.text


def test_staff_do_not_get_round_the_chair(client, staff, meeting, paper):
    replace(client, paper)
    new = Document.objects.get(replaces=paper)
    page = client.post(f"/meetings/{meeting.slug}/manage/documents/{new.pk}/release/", follow=True)
    assert "so only the chair can publish it" in said(page)
    assert client.get(f"/meetings/{meeting.slug}/manage/agenda/publish/").status_code == 403
    new.refresh_from_db()
    assert new.released_at is None


def test_chair_is_told_once_of_a_newer_file_by_mail_and_at_home(client, staff, meeting, paper, chair):
    for _ in range(2):
        replace(client, paper)
    mail = Message.objects.get(to_email=chair.email)
    assert (
        mail.subject
        == f"Please publish a newer file of “Topics parked”: {meeting.title}, {dates.day(meeting.starts_at)}"
    )
    for words in (mail.text, mail.html):
        assert "a paper for item 2 of the agenda" in words
        assert "People can read the earlier file until you publish the new one." in words
        assert f"/meetings/{meeting.slug}/manage/agenda/publish/" in words
    sign_in(client, chair)
    home = said(client.get("/home/"))
    assert f"Publish the changed agenda for {meeting}" in home
    assert "The changed paper “Topics parked” waits. People see version 1 until you publish it." in home


def test_unsent_mail_does_not_ask_for_what_the_chair_published(client, staff, meeting, paper, chair):
    replace(client, paper)
    publish_as(client, chair, meeting)
    assert not Message.objects.open().filter(to_email=chair.email).exists()


def test_nobody_is_told_while_the_chair_is_vacant_and_staff_read_that(client, staff, meeting, paper, chair):
    chair.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "has no chair today, so nobody can be told" in said(replace(client, paper))
    assert not Message.objects.exists()


def test_late_newer_file_needs_the_chairs_reason(client, staff, meeting, paper, chair):
    Meeting.objects.update(starts_at=in_days(1), ends_at=in_days(1, 12, 0))
    replace(client, paper)
    mail = Message.objects.get(to_email=chair.email)
    for words in (mail.text, mail.html):
        assert "The time to publish it has passed, so we ask you why it cannot wait." in words
    _, done = publish_as(client, chair, meeting)
    assert "Say why this is urgent and cannot wait" in said(done)
    assert agenda.published_of(meeting).number == 1
    _, done = publish_as(client, chair, meeting, urgent_reason="The costs were wrong by a million.")
    assert "Version 2 of the agenda is published." in said(done)
    client.logout()
    assert "The costs were wrong by a million." in said(client.get(f"/meetings/{meeting.slug}/"))


def test_started_draft_takes_the_newer_file_with_its_other_changes(client, staff, meeting, chair, paper):
    draft = agenda.revise(meeting=meeting, by=staff)
    topics = draft.items.get(title="Topics")
    agenda.write_item(meeting=meeting, by=staff, item=topics, title="Topics now", purpose="decision", documents=[paper])
    replace(client, paper)
    draft.refresh_from_db()
    new = Document.objects.get(replaces=paper)
    assert (draft.number, list(topics.documents.all())) == (2, [new])
    assert changes.of_agenda(draft) == [
        "Renamed: “Topics” is now “Topics now”.",
        "Rewritten: “Topics now”.",
        "Paper replaced: “Topics parked” (item 2).",
    ]


def test_chair_reads_again_when_a_newer_file_came_in_between(client, staff, meeting, paper, chair):
    replace(client, paper)
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    replace(client, Document.objects.get(replaces=paper), PDF + b"3")
    with pytest.raises(Refusal, match="Someone changed the draft"):
        agenda_publication.publish(meeting=meeting, by=chair, seen=seen)


def test_newer_file_replaces_a_waiting_one_for_the_chair(client, staff, meeting, paper, chair):
    replace(client, paper)
    first = Document.objects.get(replaces=paper)
    for _ in range(2):
        replace(client, first, PDF + b"3")
    second = Document.objects.exclude(pk=first.pk).get(replaces=paper)
    first.refresh_from_db()
    assert first.withdrawn_at
    assert list(agenda.draft_of(meeting).items.get(title="Topics").documents.all()) == [second]
    assert Message.objects.open().get(to_email=chair.email).key == f"document:{second.pk}:paper_waits"
    assert "This is the same file" in said(replace(client, second, PDF + b"3"))
    publish_as(client, chair, meeting)
    client.logout()
    assert papers_shown(client, meeting, 2) == [str(second.pk)]
    assert f"/documents/{paper.pk}/" not in said(client.get(f"/meetings/{meeting.slug}/"))


def test_newer_file_taken_back_leaves_the_file_before_on_the_draft(client, staff, meeting, paper, chair):
    replace(client, paper)
    new = Document.objects.get(replaces=paper)
    assert "People can still open the old file" in said(
        client.get(f"/meetings/{meeting.slug}/manage/documents/{new.pk}/withdraw/")
    )
    withdraw(client, new)
    assert list(agenda.draft_of(meeting).items.get(title="Topics").documents.all()) == [paper]
    assert changes.of_agenda(agenda.draft_of(meeting)) == []
    assert not Message.objects.open().exists()
    assert list(Document.objects.current()) == [paper]
    assert "is waiting for the chair" in said(replace(client, paper, PDF + b"3"))


def test_draft_deleted_takes_its_newer_files_with_it(client, staff, meeting, paper, chair):
    replace(client, paper)
    address = f"/meetings/{meeting.slug}/manage/agenda/discard/"
    assert "The changed paper “Topics parked” goes with it" in said(client.get(address))
    client.post(address)
    assert list(Document.objects.current()) == [paper]
    assert not Message.objects.open().exists()
    assert "is waiting for the chair" in said(replace(client, paper, PDF + b"3"))


def test_item_that_is_off_the_draft_takes_no_newer_file(client, staff, meeting, paper):
    draft = agenda.revise(meeting=meeting, by=staff)
    agenda.remove_item(item=draft.items.get(title="Topics"), by=staff)
    assert "no longer has the item this paper belongs to" in said(replace(client, paper))
    assert not Document.objects.filter(replaces=paper).exists()


def test_withdrawn_paper_disappears_at_once_and_shows_the_reason(client, staff, meeting, paper, chair):
    ahead = said(client.get(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/withdraw/"))
    assert "Nobody can see it from now on" in ahead
    assert "We email the chair." in ahead
    page = said(withdraw(client, paper))
    assert "People see this reason instead: It names a patient." in page
    assert client.get(f"/meetings/{meeting.slug}/documents/{paper.pk}/").status_code == 200
    mail = Message.objects.get(to_email=chair.email)
    assert "has withdrawn “Topics parked”" in mail.text
    assert "It names a patient." in mail.text
    for person in (None, chair):
        client.logout()
        if person:
            sign_in(client, person)
        for address in (f"/meetings/{meeting.slug}/", f"/meetings/{meeting.slug}/agenda/1/"):
            page = said(client.get(address))
            assert "It names a patient." in page
            assert f"/documents/{paper.pk}/" not in page
        gone = client.get(f"/meetings/{meeting.slug}/documents/{paper.pk}/")
        assert gone.status_code == 410
        assert "This file was withdrawn" in said(gone)
        assert "It names a patient." in said(gone)
        assert PDF not in gone.content


def test_draft_says_by_name_which_paper_was_withdrawn(client, staff, meeting, paper):
    withdraw(client, paper)
    draft = agenda.revise(meeting=meeting, by=staff)
    assert changes.of_agenda(draft) == ["Paper withdrawn: “Topics parked” (item 2)."]


def test_corrected_file_of_a_withdrawn_paper_waits_for_the_chair(client, staff, meeting, paper, chair):
    page = said(withdraw(client, paper))
    assert f'href="/meetings/{meeting.slug}/manage/documents/{paper.pk}/replace/">Upload a corrected file' in page
    ahead = said(client.get(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/replace/"))
    assert "Until then, people see why the old file was withdrawn." in ahead
    page = said(replace(client, paper))
    assert "Until the chair publishes version 2 of the agenda, people see why the old file was withdrawn." in page
    assert "Upload a corrected file" not in page
    new = Document.objects.get(replaces=paper)
    client.logout()
    assert "It names a patient." in said(client.get(f"/meetings/{meeting.slug}/"))
    publish_as(client, chair, meeting)
    assert agenda.published_of(meeting).change_note == "Paper replaced: “Topics parked” (item 2)."
    client.logout()
    home = said(client.get(f"/meetings/{meeting.slug}/"))
    assert "It names a patient." not in home
    assert f"/documents/{new.pk}/" in home
    assert "It names a patient." in said(client.get(f"/meetings/{meeting.slug}/agenda/1/"))


@pytest.mark.parametrize("state", ["held", "closed", "cancelled"])
def test_paper_of_a_meeting_that_is_over_is_still_withdrawn_from_view(client, staff, paper, state):
    Meeting.objects.update(state=state, starts_at=in_days(-9), ends_at=in_days(-8))
    withdraw(client, paper)
    assert public(client, paper) == 410


def test_replaced_paper_of_an_older_agenda_can_still_be_withdrawn(client, staff, meeting, paper, chair):
    replace(client, paper)
    publish_as(client, chair, meeting)
    sign_in(client, staff)
    page = said(client.get(f"/meetings/{meeting.slug}/manage/documents/"))
    assert "People can still open these from older versions of the agenda." in page
    assert page.count("Topics parked</a>") == 2
    withdraw(client, paper)
    client.logout()
    assert papers_shown(client, meeting, 1) == []
    assert public(client, paper) == 410


def test_page_shows_a_paper_that_was_put_on_the_draft_before_release(client, staff, meeting):
    paper = DocumentFactory(meeting=meeting, title="Topics parked", released_at=None)
    draft = AgendaVersionFactory(meeting=meeting, number=1, state="draft", published_at=None, published_by=None)
    AgendaItemFactory(version=draft).documents.add(paper)
    page = client.get(f"/meetings/{meeting.slug}/manage/documents/")
    assert page.status_code == 200
    assert "People see it once the chair publishes version 1 of the agenda." in said(page)
    assert "Waiting for the chair" in said(page)
    assert "the old file" not in said(page)
    assert f"/documents/{paper.pk}/withdraw/" in said(page)


def test_replaced_or_waiting_paper_is_not_offered_again(client, staff, meeting, paper, chair):
    replace(client, paper)
    new = Document.objects.get(replaces=paper)
    for stands in ("waits", "is out"):
        form = AgendaItemForm(meeting=meeting, item=None)
        assert list(form.fields["documents"].queryset) == [new], stands
        assert "This document has just been withdrawn or replaced." in said(replace(client, paper, PDF + b"3"))
        if stands == "waits":
            publish_as(client, chair, meeting)
            sign_in(client, staff)


def test_paper_in_view_cannot_be_stored_with_a_reason_for_its_absence(paper):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(withdrawn_because="Why")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"starts_at": in_days(-1), "ends_at": in_days(1)}, "The meeting has started, so the papers"),
        ({"state": "cancelled"}, "The meeting is cancelled, so the papers"),
    ],
)
def test_paper_of_an_agenda_that_was_met_with_stays(client, staff, paper, facts, why):
    Meeting.objects.filter(pk=paper.meeting_id).update(**facts)
    assert why in said(replace(client, paper))
    assert not Document.objects.filter(replaces=paper).exists()
    assert agenda.published_of(paper.meeting).number == 1


def rename(client, paper, title="Topics put off", kind="paper"):
    address = f"/meetings/{paper.meeting.slug}/manage/documents/{paper.pk}/"
    return client.post(address, {"title": title, "kind": kind}, follow=True)


def test_new_title_of_a_published_paper_waits_for_the_chair(client, staff, meeting, paper, chair):
    ahead = said(client.get(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/"))
    assert f"so a new one waits for the chair. We email {chair}, who publishes it" in ahead
    for _ in range(2):  # submitted twice, it is one
        page = said(rename(client, paper))
        assert "The new title “Topics put off” is waiting for the chair to publish version 2 of the agenda." in page
    assert "people see the old title, “Topics parked”" in page
    new = Document.objects.get(replaces=paper)
    paper.refresh_from_db()
    assert (paper.title, new.title, new.sha256 == paper.sha256) == ("Topics parked", "Topics put off", True)
    mail = Message.objects.get(to_email=chair.email)
    assert mail.subject.startswith("Please publish a new title for “Topics parked”: ")
    for words in (mail.text, mail.html):
        assert "“Topics put off”" in words
        assert "the file is the same" in words
        assert "People see the earlier title until you publish the new one." in words
    client.logout()
    home = said(client.get(f"/meetings/{meeting.slug}/"))
    assert "Topics parked" in home
    assert "Topics put off" not in home


def test_chair_publishes_a_new_title_with_the_list_of_changes(client, staff, meeting, paper, chair):
    rename(client, paper)
    page, done = publish_as(client, chair, meeting)
    assert "Topics put off</a>, until now “Topics parked”" in said(page)
    assert "Version 2 of the agenda is published." in said(done)
    second = agenda.published_of(meeting)
    assert second.change_note == "Paper renamed: “Topics parked” is now “Topics put off” (item 2)."
    client.logout()
    new = Document.objects.get(replaces=paper)
    read = [b"".join(client.get(f"/meetings/{meeting.slug}/documents/{each.pk}/")) for each in (paper, new)]
    assert read == [PDF, PDF]
    assert "Topics parked" in said(client.get(f"/meetings/{meeting.slug}/agenda/1/"))
    assert "Topics put off" in said(client.get(f"/meetings/{meeting.slug}/"))


def test_late_new_title_needs_the_chairs_reason(client, staff, meeting, paper, chair):
    Meeting.objects.update(starts_at=in_days(1), ends_at=in_days(1, 12, 0))
    rename(client, paper)
    _, done = publish_as(client, chair, meeting)
    assert "Say why this is urgent and cannot wait" in said(done)
    assert agenda.published_of(meeting).number == 1


def test_chair_reads_again_when_a_waiting_title_changed(client, staff, meeting, paper, chair):
    rename(client, paper)
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    rename(client, Document.objects.get(replaces=paper), "Topics that nobody read")
    with pytest.raises(Refusal, match="Someone changed the draft after you opened this page"):
        agenda_publication.publish(meeting=meeting, by=chair, seen=seen)


def test_old_title_again_leaves_nothing_that_waits(client, staff, meeting, paper):
    rename(client, paper)
    rename(client, Document.objects.get(replaces=paper), "Topics parked")
    draft = agenda.draft_of(meeting)
    assert [list(item.documents.all()) for item in draft.items.all()] == [[], [paper]]
    assert not agenda.waiting_on(draft)


def test_file_uploaded_again_once_withdrawn_waits_under_any_title(client, staff, meeting, paper):
    Document.objects.update(sha256=hashlib.sha256(PDF).hexdigest())
    withdraw(client, paper)
    replace(client, paper, PDF)
    again = Document.objects.get(replaces=paper)
    for title in ("Topics put off", "Topics parked"):
        page = said(rename(client, again, title))
        assert "people see why the old file was withdrawn" in page
        assert list(agenda.waiting_on(agenda.draft_of(meeting))) == [again]


def test_newer_file_and_new_title_are_one_change(client, staff, meeting, paper, chair):
    rename(client, paper)
    replace(client, Document.objects.get(replaces=paper))
    publish_as(client, chair, meeting)
    note = agenda.published_of(meeting).change_note
    assert note == "Paper replaced: “Topics parked” is now “Topics put off” (item 2)."


def test_title_waits_on_the_newer_file_that_waits_already(client, staff, meeting, paper):
    replace(client, paper)
    assert "is waiting for the chair: change that one" in said(rename(client, paper))
    paper.refresh_from_db()
    assert paper.title == "Topics parked"


def test_kind_of_a_published_paper_changes_at_once(client, staff, meeting, paper):
    assert "Saved." in said(rename(client, paper, "Topics parked", "background"))
    paper.refresh_from_db()
    assert paper.kind == "background"
    assert agenda.draft_of(meeting) is None


@pytest.mark.parametrize("published", [False, True])
def test_file_withdrawn_goes_under_its_other_title_too(client, staff, paper, chair, published):
    rename(client, paper)
    new = Document.objects.get(replaces=paper)
    if published:
        publish_as(client, chair, paper.meeting)
        sign_in(client, staff)
    first = new if published else paper
    ahead = said(client.get(f"/meetings/{paper.meeting.slug}/manage/documents/{first.pk}/withdraw/"))
    assert "The same file under another title goes with it." in ahead
    withdraw(client, first)
    assert not Document.objects.filter(withdrawn_at=None).exists()
    client.logout()
    assert public(client, paper) == 410


def test_new_title_withdrawn_leaves_the_old_one(client, staff, meeting, paper):
    rename(client, paper)
    new = Document.objects.get(replaces=paper)
    ahead = said(client.get(f"/meetings/{meeting.slug}/manage/documents/{new.pk}/withdraw/"))
    assert "People keep reading the old one, “Topics parked”." in ahead
    withdraw(client, new)
    client.logout()
    assert public(client, paper) == 200
    assert [list(item.documents.all()) for item in agenda.draft_of(meeting).items.all()] == [[], [paper]]


def test_title_in_an_earlier_agenda_stays_as_published(client, staff, meeting, paper, chair):
    agenda.revise(meeting=meeting, by=None)
    agenda.draft_of(meeting).items.last().documents.clear()
    publish_as(client, chair, meeting)
    sign_in(client, staff)
    assert "stays as it was published" in said(rename(client, paper))
    paper.refresh_from_db()
    assert paper.title == "Topics parked"


def test_title_of_an_agenda_that_was_met_with_stays(client, staff, paper):
    Meeting.objects.filter(pk=paper.meeting_id).update(starts_at=in_days(-1), ends_at=in_days(1))
    page = said(rename(client, paper))
    assert "The meeting has started, so the papers of its agenda can no longer be changed." in page
    assert "Upload the new file" not in page
    assert not Document.objects.filter(replaces=paper).exists()

"""A new title of a published paper waits for the chair, like a newer file."""

import hashlib

import pytest

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import agenda, agenda_publication
from assemblies.papers.models import Document
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.assemblies.papers.published_papers import TABLE, public, publish_as, replace, withdraw
from tests.factories import in_days
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def rename(client, paper, title="Topics put off", kind="paper"):
    address = f"/meetings/{paper.meeting.slug}/manage/documents/{paper.pk}/"
    return client.post(address, {"title": title, "kind": kind}, follow=True)


def test_new_title_of_a_published_paper_waits_for_the_chair(client, staff, meeting, paper, chair):
    ahead = words(client.get(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/"))
    assert f"so a new one waits for the chair. We email {chair}, who publishes it" in ahead
    for _ in range(2):  # submitted twice, it is one
        page = words(rename(client, paper))
        assert "The new title “Topics put off” is waiting for the chair to publish version 2 of the agenda." in page
    assert "people see the old title, “Topics parked”" in page
    new = Document.objects.get(replaces=paper)
    paper.refresh_from_db()
    assert (paper.title, new.title, new.sha256 == paper.sha256) == ("Topics parked", "Topics put off", True)
    mail = Message.objects.get(to_email=chair.email)
    assert mail.subject.startswith("Please publish a new title for “Topics parked”: ")
    for text in (mail.text, mail.html):
        assert "“Topics put off”" in text
        assert "the file is the same" in text
        assert "People see the earlier title until you publish the new one." in text
    client.logout()
    home = words(client.get(f"/meetings/{meeting.slug}/"))
    assert "Topics parked" in home
    assert "Topics put off" not in home


def test_chair_publishes_a_new_title_with_the_list_of_changes(client, staff, meeting, paper, chair):
    rename(client, paper)
    page, done = publish_as(client, chair, meeting)
    assert "Topics put off</a>, until now “Topics parked”" in words(page)
    assert "Version 2 of the agenda is published." in words(done)
    second = agenda.published_of(meeting)
    assert second.change_note == "Paper renamed: “Topics parked” is now “Topics put off” (item 2)."
    client.logout()
    new = Document.objects.get(replaces=paper)
    read = [b"".join(client.get(f"/meetings/{meeting.slug}/documents/{each.pk}/")) for each in (paper, new)]
    assert read == [TABLE, TABLE]
    assert "Topics parked" in words(client.get(f"/meetings/{meeting.slug}/agenda/1/"))
    assert "Topics put off" in words(client.get(f"/meetings/{meeting.slug}/"))


def test_late_new_title_needs_the_chairs_reason(client, staff, meeting, paper, chair):
    Meeting.objects.update(starts_at=in_days(1), ends_at=in_days(1, 12, 0))
    rename(client, paper)
    _, done = publish_as(client, chair, meeting)
    assert "Say why this is urgent and cannot wait" in words(done)
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
    Document.objects.update(sha256=hashlib.sha256(TABLE).hexdigest())
    withdraw(client, paper)
    replace(client, paper, TABLE)
    again = Document.objects.get(replaces=paper)
    for title in ("Topics put off", "Topics parked"):
        page = words(rename(client, again, title))
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
    assert "is waiting for the chair: change that one" in words(rename(client, paper))
    paper.refresh_from_db()
    assert paper.title == "Topics parked"


def test_kind_of_a_published_paper_changes_at_once(client, staff, meeting, paper):
    assert "Saved." in words(rename(client, paper, "Topics parked", "background"))
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
    ahead = words(client.get(f"/meetings/{paper.meeting.slug}/manage/documents/{first.pk}/withdraw/"))
    assert "The same file under another title goes with it." in ahead
    withdraw(client, first)
    assert not Document.objects.filter(withdrawn_at=None).exists()
    client.logout()
    assert public(client, paper) == 410


def test_new_title_withdrawn_leaves_the_old_one(client, staff, meeting, paper):
    rename(client, paper)
    new = Document.objects.get(replaces=paper)
    ahead = words(client.get(f"/meetings/{meeting.slug}/manage/documents/{new.pk}/withdraw/"))
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
    assert "stays as it was published" in words(rename(client, paper))
    paper.refresh_from_db()
    assert paper.title == "Topics parked"


def test_title_of_an_agenda_that_was_met_with_stays(client, staff, paper):
    Meeting.objects.filter(pk=paper.meeting_id).update(starts_at=in_days(-1), ends_at=in_days(1))
    page = words(rename(client, paper))
    assert "The meeting has started, so the papers of its agenda can no longer be changed." in page
    assert "Upload the new file" not in page
    assert not Document.objects.filter(replaces=paper).exists()

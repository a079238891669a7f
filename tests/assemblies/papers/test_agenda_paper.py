"""Papers of a published agenda: a newer file waits for the chair, one that must not be read goes at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.meetings.models import Follower, Meeting
from assemblies.papers import changes
from assemblies.papers.actions import agenda, agenda_publication
from assemblies.papers.forms.agenda import AgendaItemForm
from assemblies.papers.models import Document
from partnership import dates
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.assemblies.papers.published_papers import TABLE, papers_shown, public, publish_as, replace, withdraw
from tests.factories import AgendaItemFactory, AgendaVersionFactory, AppointmentFactory, DocumentFactory, in_days
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def test_newer_file_of_a_published_paper_waits_for_the_chair(client, staff, meeting, paper, chair):
    ahead = words(client.get(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/replace/"))
    assert f"so the new file waits for the chair. We email {chair}, who publishes it" in ahead
    page = words(replace(client, paper))
    assert "“Topics parked” is waiting for the chair to publish version 2 of the agenda." in page
    assert "Waiting for the chair" in page
    assert "Release<span" not in page
    new = Document.objects.get(replaces=paper)
    assert (new.released_at, agenda.published_of(meeting).number) == (None, 1)
    client.logout()
    assert papers_shown(client, meeting, 1) == [str(paper.pk)]
    assert (public(client, paper), public(client, new)) == (200, 404)
    home = words(client.get(f"/meetings/{meeting.slug}/"))
    assert home.count(f"/documents/{paper.pk}/") == 2
    assert f"/documents/{new.pk}/" not in home


def test_chair_publishes_the_newer_file_with_the_note_in_one_click(client, staff, meeting, paper, chair):
    Follower.objects.create(meeting=meeting, email="sam@example.org", key="k", confirmed_at=timezone.now())
    first = agenda.published_of(meeting)
    replace(client, paper)
    assert not Message.objects.filter(to_email="sam@example.org").exists()
    new = Document.objects.get(replaces=paper)
    page, done = publish_as(client, chair, meeting)
    assert f'<a class="govuk-link" href="/meetings/{meeting.slug}/documents/{new.pk}/">Topics parked</a>' in words(page)
    assert client.get(f"/meetings/{meeting.slug}/documents/{new.pk}/").status_code == 200
    assert "Version 2 of the agenda is published." in words(done)
    second = agenda.published_of(meeting)
    assert (second.number, second.change_note) == (2, "Paper replaced: “Topics parked” (item 2).")
    assert second.published_by == chair
    assert second.published_at > first.published_at
    assert [item.title for item in second.items.all()] == ["Welcome", "Topics"]
    client.logout()
    assert papers_shown(client, meeting, 1) == [str(paper.pk)]
    assert papers_shown(client, meeting, 2) == [str(new.pk)]
    read = {each: b"".join(client.get(f"/meetings/{meeting.slug}/documents/{each.pk}/")) for each in (paper, new)}
    assert (read[paper], read[new]) == (TABLE, TABLE + b"2")
    home = words(client.get(f"/meetings/{meeting.slug}/"))
    assert "Paper replaced: “Topics parked” (item 2)." in home
    assert f"/documents/{paper.pk}/" not in home
    mail = Message.objects.get(to_email="sam@example.org")
    assert "Paper replaced: “Topics parked” (item 2)." in mail.text


def test_staff_do_not_get_round_the_chair(client, staff, meeting, paper):
    replace(client, paper)
    new = Document.objects.get(replaces=paper)
    page = client.post(f"/meetings/{meeting.slug}/manage/documents/{new.pk}/release/", follow=True)
    assert "so only the chair can publish it" in words(page)
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
    for text in (mail.text, mail.html):
        assert "a paper for item 2 of the agenda" in text
        assert "People can read the earlier file until you publish the new one." in text
        assert f"/meetings/{meeting.slug}/manage/agenda/publish/" in text
    sign_in(client, chair)
    home = words(client.get("/home/"))
    assert f"Publish the changed agenda for {meeting}" in home
    assert "The changed paper “Topics parked” waits. People see version 1 until you publish it." in home


def test_unsent_mail_does_not_ask_for_what_the_chair_published(client, staff, meeting, paper, chair):
    replace(client, paper)
    publish_as(client, chair, meeting)
    assert not Message.objects.open().filter(to_email=chair.email).exists()


def test_nobody_is_told_while_the_chair_is_vacant_and_staff_read_that(client, staff, meeting, paper, chair):
    chair.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "has no chair today, so nobody can be told" in words(replace(client, paper))
    assert not Message.objects.exists()


def test_late_newer_file_needs_the_chairs_reason(client, staff, meeting, paper, chair):
    Meeting.objects.update(starts_at=in_days(1), ends_at=in_days(1, 12, 0))
    replace(client, paper)
    mail = Message.objects.get(to_email=chair.email)
    for text in (mail.text, mail.html):
        assert "The time to publish it has passed, so we ask you why it cannot wait." in text
    _, done = publish_as(client, chair, meeting)
    assert "Say why this is urgent and cannot wait" in words(done)
    assert agenda.published_of(meeting).number == 1
    _, done = publish_as(client, chair, meeting, urgent_reason="The costs were wrong by a million.")
    assert "Version 2 of the agenda is published." in words(done)
    client.logout()
    assert "The costs were wrong by a million." in words(client.get(f"/meetings/{meeting.slug}/"))


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
    replace(client, Document.objects.get(replaces=paper), TABLE + b"3")
    with pytest.raises(Refusal, match="Someone changed the draft"):
        agenda_publication.publish(meeting=meeting, by=chair, seen=seen)


def test_newer_file_replaces_a_waiting_one_for_the_chair(client, staff, meeting, paper, chair):
    replace(client, paper)
    first = Document.objects.get(replaces=paper)
    for _ in range(2):
        replace(client, first, TABLE + b"3")
    second = Document.objects.exclude(pk=first.pk).get(replaces=paper)
    first.refresh_from_db()
    assert first.withdrawn_at
    assert list(agenda.draft_of(meeting).items.get(title="Topics").documents.all()) == [second]
    assert Message.objects.open().get(to_email=chair.email).key == f"document:{second.pk}:paper_waits"
    assert "This is the same file" in words(replace(client, second, TABLE + b"3"))
    publish_as(client, chair, meeting)
    client.logout()
    assert papers_shown(client, meeting, 2) == [str(second.pk)]
    assert f"/documents/{paper.pk}/" not in words(client.get(f"/meetings/{meeting.slug}/"))


def test_newer_file_taken_back_leaves_the_file_before_on_the_draft(client, staff, meeting, paper, chair):
    replace(client, paper)
    new = Document.objects.get(replaces=paper)
    assert "People can still open the old file" in words(
        client.get(f"/meetings/{meeting.slug}/manage/documents/{new.pk}/withdraw/")
    )
    withdraw(client, new)
    assert list(agenda.draft_of(meeting).items.get(title="Topics").documents.all()) == [paper]
    assert changes.of_agenda(agenda.draft_of(meeting)) == []
    assert not Message.objects.open().exists()
    assert list(Document.objects.current()) == [paper]
    assert "is waiting for the chair" in words(replace(client, paper, TABLE + b"3"))


def test_draft_deleted_takes_its_newer_files_with_it(client, staff, meeting, paper, chair):
    replace(client, paper)
    address = f"/meetings/{meeting.slug}/manage/agenda/discard/"
    assert "The changed paper “Topics parked” goes with it" in words(client.get(address))
    client.post(address)
    assert list(Document.objects.current()) == [paper]
    assert not Message.objects.open().exists()
    assert "is waiting for the chair" in words(replace(client, paper, TABLE + b"3"))


def test_item_that_is_off_the_draft_takes_no_newer_file(client, staff, meeting, paper):
    draft = agenda.revise(meeting=meeting, by=staff)
    agenda.remove_item(item=draft.items.get(title="Topics"), by=staff)
    assert "no longer has the item this paper belongs to" in words(replace(client, paper))
    assert not Document.objects.filter(replaces=paper).exists()


def test_withdrawn_paper_disappears_at_once_and_shows_the_reason(client, staff, meeting, paper, chair):
    ahead = words(client.get(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/withdraw/"))
    assert "Nobody can open it from now on" in ahead
    assert "We email the chair now." in ahead
    page = words(withdraw(client, paper))
    assert "Out of view, to be decided" in page
    assert "It names a patient." in page
    assert client.get(f"/meetings/{meeting.slug}/documents/{paper.pk}/").status_code == 200
    mail = Message.objects.get(to_email=chair.email)
    assert "has taken “Topics parked”" in mail.text
    assert "It names a patient." in mail.text
    for person in (None, AppointmentFactory(seat__board=meeting.board).holder):
        client.logout()
        if person:
            sign_in(client, person)
        for address in (f"/meetings/{meeting.slug}/", f"/meetings/{meeting.slug}/agenda/1/"):
            page = words(client.get(address))
            assert "It names a patient." in page
            assert f"/documents/{paper.pk}/" not in page
        gone = client.get(f"/meetings/{meeting.slug}/documents/{paper.pk}/")
        assert gone.status_code == 410
        assert "This paper is out of view" in words(gone)
        assert "It names a patient." in words(gone)
        assert TABLE not in gone.content


def test_draft_says_by_name_which_paper_was_withdrawn(client, staff, meeting, paper):
    withdraw(client, paper)
    draft = agenda.revise(meeting=meeting, by=staff)
    assert changes.of_agenda(draft) == ["Paper withdrawn: “Topics parked” (item 2)."]


def test_corrected_file_of_a_withdrawn_paper_waits_for_the_chair(client, staff, meeting, paper, chair):
    withdraw(client, paper)
    page = words(client.get(f"/meetings/{meeting.slug}/manage/documents/"))
    assert f'href="/meetings/{meeting.slug}/manage/documents/{paper.pk}/replace/">Upload a corrected file' in page
    ahead = words(client.get(f"/meetings/{meeting.slug}/manage/documents/{paper.pk}/replace/"))
    assert "Until then, people see why the old file was withdrawn." in ahead
    page = words(replace(client, paper))
    assert "Until the chair publishes version 2 of the agenda, people see why the old file was withdrawn." in page
    assert "Upload a corrected file" not in page
    new = Document.objects.get(replaces=paper)
    client.logout()
    assert "It names a patient." in words(client.get(f"/meetings/{meeting.slug}/"))
    publish_as(client, chair, meeting)
    assert agenda.published_of(meeting).change_note == "Paper replaced: “Topics parked” (item 2)."
    client.logout()
    home = words(client.get(f"/meetings/{meeting.slug}/"))
    assert "It names a patient." not in home
    assert f"/documents/{new.pk}/" in home
    assert "It names a patient." in words(client.get(f"/meetings/{meeting.slug}/agenda/1/"))


@pytest.mark.parametrize("state", ["held", "closed", "cancelled"])
def test_paper_of_a_meeting_that_is_over_is_still_withdrawn_from_view(client, staff, paper, state):
    Meeting.objects.update(state=state, starts_at=in_days(-9), ends_at=in_days(-8))
    withdraw(client, paper)
    assert public(client, paper) == 410


def test_replaced_paper_of_an_older_agenda_can_still_be_withdrawn(client, staff, meeting, paper, chair):
    replace(client, paper)
    publish_as(client, chair, meeting)
    sign_in(client, staff)
    page = words(client.get(f"/meetings/{meeting.slug}/manage/documents/"))
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
    assert "People see it once the chair publishes version 1 of the agenda." in words(page)
    assert "Waiting for the chair" in words(page)
    assert "the old file" not in words(page)
    assert f"/documents/{paper.pk}/withdraw/" in words(page)


def test_replaced_or_waiting_paper_is_not_offered_again(client, staff, meeting, paper, chair):
    replace(client, paper)
    new = Document.objects.get(replaces=paper)
    for stands in ("waits", "is out"):
        form = AgendaItemForm(meeting=meeting, item=None)
        assert list(form.fields["documents"].queryset) == [new], stands
        assert "This document has just been withdrawn or replaced." in words(replace(client, paper, TABLE + b"3"))
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
    assert why in words(replace(client, paper))
    assert not Document.objects.filter(replaces=paper).exists()
    assert agenda.published_of(paper.meeting).number == 1

"""An agenda published, or its draft started, by several at the same moment: it happens once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assemblies.meetings.models import Follower, Meeting
from assemblies.papers.actions import agenda, agenda_publication
from assemblies.papers.actions import document as documents
from assemblies.papers.models import AgendaItem, AgendaVersion
from partnership.files.kinds import CSV
from partnership.outbox.models import Message
from tests.at_once import at_once, holds_while_it_waits
from tests.factories import ChairFactory, DocumentFactory, MeetingFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_publish_at_once_publishes_one_version_and_tells_once():
    meeting = MeetingFactory()
    chair = ChairFactory(seat__board=meeting.board).holder
    Follower.objects.create(meeting=meeting, email="f@example.org", key="a", confirmed_at=timezone.now())
    agenda.write_item(meeting=meeting, by=None, item=None, title="A", purpose="decision", documents=[])
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    at_once(lambda: agenda_publication.publish(meeting=meeting, by=chair, seen=seen))
    assert AgendaVersion.objects.published().count() == 1
    assert Message.objects.count() == 1


def test_drafts_started_at_once_are_one_draft():
    meeting = MeetingFactory()
    at_once(lambda: agenda.revise(meeting=meeting, by=None))
    assert AgendaVersion.objects.count() == 1


def test_item_added_at_once_is_one_item():
    meeting = MeetingFactory()
    paper = DocumentFactory(meeting=meeting)
    facts = {"meeting": meeting, "by": None, "item": None, "title": "Topics", "purpose": "discussion"}
    at_once(lambda: agenda.write_item(**facts, documents=[paper]))
    agenda.write_item(**facts, documents=[paper])
    assert AgendaItem.objects.count() == 1
    agenda.write_item(**facts, documents=[])  # another, that only looks alike
    assert AgendaItem.objects.count() == 2


def test_documents_moved_at_once_wait_in_one_order():
    first = DocumentFactory(title="One")
    DocumentFactory(meeting=first.meeting, title="Two")
    is_held = holds_while_it_waits(
        lambda: documents.shift(document=first, by=None, up=False),
        first,
        lock=lambda: Meeting.objects.locked().get(pk=first.meeting_id),
    )
    assert not is_held
    assert [each.title for each in first.meeting.documents.current()] == ["Two", "One"]


def test_file_uploaded_at_once_is_one_document(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    meeting = MeetingFactory()

    def upload():
        file = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
        file.kind = CSV
        return documents.add(meeting=meeting, by=None, kind="slides", title="Figures", file=file)

    at_once(upload)
    assert meeting.documents.count() == 1

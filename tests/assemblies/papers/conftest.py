"""What the tests of papers share: staff who are signed in, and a meeting whose agenda is published with a paper."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assemblies.papers.actions import agenda, agenda_publication
from tests.assemblies.papers.published_papers import TABLE
from tests.factories import ChairFactory, DocumentFactory, MeetingFactory, StaffFactory
from tests.signed_in import sign_in


@pytest.fixture
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


@pytest.fixture
def chair(meeting):
    return ChairFactory(seat__board=meeting.board).holder


@pytest.fixture
def paper(meeting, chair):
    """A paper of item 2 of the published agenda, as it went out."""
    paper = DocumentFactory(
        meeting=meeting, kind="paper", title="Topics parked", file=SimpleUploadedFile("a.csv", TABLE), released_at=None
    )
    agenda.write_item(meeting=meeting, by=None, item=None, title="Welcome", purpose="information", documents=[])
    agenda.write_item(meeting=meeting, by=None, item=None, title="Topics", purpose="discussion", documents=[paper])
    agenda_publication.publish(meeting=meeting, by=chair, seen=agenda_publication.fingerprint(agenda.draft_of(meeting)))
    paper.refresh_from_db()
    return paper

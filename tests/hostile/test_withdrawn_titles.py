"""Titles of papers that wait, or that were withdrawn from view: what staff change of them without the chair, and who sees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assemblies.papers.actions import agenda, agenda_publication, withdrawal
from assemblies.papers.actions import document as actions
from assemblies.papers.models import Document
from partnership.files import kinds
from partnership.refusals import Refusal
from tests import factories as make
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF"
SLANDER = "Proof that Dr Smith stole"


@pytest.fixture
def meeting():
    return make.MeetingFactory(slug="september", title="September board")


@pytest.fixture
def chair(meeting):
    return make.ChairFactory(seat__board=meeting.board).holder


@pytest.fixture
def paper(meeting, chair):
    """A paper of the published agenda, as it went out."""
    paper = DocumentFactory(
        meeting=meeting, kind="paper", title="Topics parked", file=SimpleUploadedFile("a.pdf", PDF), released_at=None
    )
    agenda.write_item(meeting=meeting, by=None, item=None, title="Topics", purpose="discussion", documents=[paper])
    publish(meeting, chair)
    paper.refresh_from_db()
    return paper


def publish(meeting, chair, **more):
    return agenda_publication.publish(
        meeting=meeting, by=chair, seen=agenda_publication.fingerprint(agenda.draft_of(meeting)), **more
    )


def test_paper_withdrawn_from_view_keeps_the_title_people_read(client, meeting, paper):
    staff = make.StaffFactory()
    withdrawal.withdraw(paper=paper, by=staff, because="It names a patient.")
    with pytest.raises(Refusal, match="withdrawn"):
        actions.describe(document=paper, by=staff, kind="paper", title=SLANDER)
    for path in ("", "agenda/1/", f"documents/{paper.pk}/"):
        page = client.get(f"/meetings/{meeting.slug}/{path}").content.decode()
        assert SLANDER not in page, path


def test_title_that_waits_or_was_taken_back_is_nowhere_in_public(client, meeting, paper, chair):
    staff = make.StaffFactory()
    waits = actions.describe(document=paper, by=staff, kind="paper", title=SLANDER)
    for _ in range(2):  # while it waits, and once it is taken back
        for path in ("", "agenda/1/", f"documents/{paper.pk}/", f"documents/{waits.pk}/", "calendar.ics"):
            answer = client.get(f"/meetings/{meeting.slug}/{path}")
            said = b"".join(answer) if answer.streaming else answer.content
            assert b"smith" not in (said + str(answer.headers).encode()).lower(), path
        assert b"Proof that" not in client.get("/search/?q=Smith+stole").content
        actions.withdraw(document=Document.objects.get(pk=waits.pk), by=staff)


def test_older_paper_replaced_and_withdrawn_keeps_its_title(meeting, paper, chair):
    staff = make.StaffFactory()
    file = SimpleUploadedFile("b.csv", PDF + b"2")
    file.kind = kinds.CSV
    actions.replace(document=paper, by=staff, file=file)
    publish(meeting, chair)
    paper.refresh_from_db()
    withdrawal.withdraw(paper=paper, by=staff, because="Names.")
    with pytest.raises(Refusal, match="withdrawn"):
        actions.describe(document=paper, by=staff, kind="paper", title=SLANDER)

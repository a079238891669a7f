"""Imports and their readers by a post that no page offers."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.past_papers.actions import past_paper
from partnership.refusals import Refusal
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_import_is_not_confirmed_without_what_was_seen(client):
    batch = make.PaperImportFactory(read_at=timezone.now(), revision=3)
    make.ImportedFileFactory(batch=batch)
    address = reverse("paper_import_confirm", args=[batch.board.slug, batch.pk])
    browser = sign_in(client, make.StaffFactory())
    browser.post(address)
    batch.refresh_from_db()
    assert batch.state == "preview"
    browser.post(address, {"seen": "3"})
    batch.refresh_from_db()
    assert batch.state == "confirmed"


def test_past_paper_of_a_closed_meeting_is_not_opened_to_everybody():
    met = make.MeetingFactory(by_invitation=True, starts_at=make.in_days(-30))
    on = timezone.localdate(met.starts_at)
    paper = make.PastPaperFactory(meeting__board=met.board, meeting__held_on=on, members_only=True)
    with pytest.raises(Refusal, match="by invitation"):
        past_paper.describe(paper=paper, by=None, kind=paper.kind, title=paper.title, members_only=False)

"""What somebody might try with drafts: other people's, votes, too much, and forms sent from elsewhere."""

import time

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from partnership.boards.models import JargonTerm
from partnership.drafts.actions.draft import LONGEST, MOST
from partnership.drafts.models import Draft
from partnership.drafts.pages import Page
from partnership.ui.forms import LONG
from tests import factories as make
from tests.partnership.elections.election_world import election_of
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
KEEP = "/drafts/"


@pytest.fixture
def owner():
    return make.UserFactory()


def page_of(person, address="/partners/new/") -> Page:
    return Page(person.pk, address)


def test_draft_needs_a_mark_the_portal_signed(client, owner):
    signed_otherwise = signing.dumps([owner.pk, "/partners/new/"], salt="session")
    forged = page_of(owner).mark[:-3] + "abc"
    sign_in(client, owner)
    for mark in ("", "x", forged, signed_otherwise, "\x00", "é" * 2000):
        assert client.post(KEEP, {"draft": mark, "name": "x"}).status_code == 403
    assert not Draft.objects.exists()


def test_mark_is_good_for_a_week(client, owner, monkeypatch):
    mark, now = page_of(owner).mark, time.time()
    for days, status in ((6.9, 200), (7.1, 403)):
        monkeypatch.setattr(signing.time, "time", lambda days=days: now + days * 24 * 3600)
        assert client.post(KEEP, {"draft": mark, "name": "x"}).status_code == status


def test_nobody_reads_writes_or_discards_the_draft_of_another(client, owner):
    mark = page_of(owner).mark
    client.post(KEEP, {"draft": mark, "name": "Secret plans"})
    for other in (make.UserFactory(), make.UserFactory(is_staff=True)):
        sign_in(client, other)
        assert client.post(KEEP, {"draft": mark, "name": "Changed"}).status_code == 403
        assert client.post(f"{KEEP}discard/", {"draft": mark}).status_code == 403
        assert "Secret plans" not in client.get("/partners/new/?draft=yes").text
    assert "Secret" in Draft.objects.get().answers


def test_mark_opens_nothing_without_signing_in(client, owner):
    mark = page_of(owner).mark
    client.post(KEEP, {"draft": mark, "name": "Secret plans"})
    for answer in (client.get(f"{KEEP}?draft={mark}"), client.get(f"/partners/new/?draft={mark}")):
        assert answer.status_code in (302, 405)
        assert "Secret plans" not in answer.text
    assert client.post(f"{KEEP}discard/", {"draft": mark}).status_code == 302
    assert Draft.objects.count() == 1


def test_too_much_is_refused_and_the_oldest_go(client, owner):
    sign_in(client, owner)
    answer = client.post(KEEP, {"draft": page_of(owner).mark, "text": "x" * LONGEST})
    assert answer.status_code == 413
    assert client.post(KEEP, {"draft": page_of(owner).mark, **{f"n{i}": "" for i in range(1001)}}).status_code == 400
    for number in range(MOST + 5):
        client.post(KEEP, {"draft": page_of(owner, f"/partners/{number}/edit/").mark, "text": "x"})
    assert Draft.objects.filter(user=owner).count() == MOST
    assert not Draft.objects.filter(address="/partners/0/edit/").exists()


def test_account_that_is_closed_gets_no_draft(client, owner):
    mark = page_of(owner).mark
    owner.is_active = False
    owner.save()
    assert client.post(KEEP, {"draft": mark, "text": "x"}).status_code == 413


def test_form_sent_from_elsewhere_does_nothing_and_is_not_kept(owner):
    owner.is_staff = True
    owner.save()
    browser = sign_in(Client(enforce_csrf_checks=True), owner)
    typed = {"term": "Zzyzx", "meaning": "Meaning", "csrfmiddlewaretoken": "x" * 64}
    assert browser.post("/jargon/new/", typed).status_code == 403
    attacker = make.UserFactory()
    answer = browser.post("/jargon/new/", typed | {"draft": page_of(attacker).mark})
    assert answer.status_code == 403
    assert not JargonTerm.objects.filter(term="Zzyzx").exists()
    assert not Draft.objects.filter(user=owner).exists()


def test_draft_leads_to_no_other_site(client, owner):
    sign_in(client, owner)
    away = signing.dumps([owner.pk, "https://evil.example/"], salt="elsewhere")
    answer = client.post(f"{KEEP}discard/", {"draft": away})
    assert answer.status_code == 403


def test_ballot_paper_keeps_no_draft():
    """Long enough to keep one, were it not a vote: neither the paper, nor the vote to check, nor one with mistakes."""
    world = election_of(candidates=LONG, state="voting")
    voter = world.voters[0]
    address = reverse("election_vote_for", args=[world.election.slug, voter.partner.slug])
    browser = sign_in(Client(), voter.person)
    first = f"place_{world.candidates[0].number}"
    for answer in (browser.get(address), browser.post(address, {first: "1"}), browser.post(address, {first: "2"})):
        assert first in answer.text
        assert 'name="draft"' not in answer.text
        assert answer.headers["Cache-Control"] == "private, no-store"

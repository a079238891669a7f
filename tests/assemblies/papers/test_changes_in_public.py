"""The list of what changed in an agenda is a record; what has been closed since goes there by its safe title too."""

import pytest

from assemblies.closures.actions import closure as closures
from assemblies.papers.actions import agenda
from assemblies.papers.actions import document as documents
from assemblies.papers.models import Document
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.packed import a_document, add_item, publish
from tests.assemblies.papers.withdrawing import withdraw
from tests.pages import words
from tests.questions import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
SECRET = "Hill Ltd’s offer"


@pytest.fixture
def changed(meeting, chair):
    """An agenda whose second version brought an item and its paper; the first had nothing of them."""
    add_item(meeting, "Welcome")
    publish(meeting, chair)
    agenda.revise(meeting=meeting, by=chair)
    add_item(meeting, "Contract with Hill", a_document(meeting, SECRET))
    first = agenda.draft_of(meeting).items.get(title="Welcome")
    first.documents.add(a_document(meeting, "Bidders of the contract"))
    publish(meeting, chair)
    return meeting


def everywhere(client, meeting) -> str:
    """All pages that say what changed: of the meeting, of the version, and the start page."""
    return " ".join(
        words(client.get(path)) for path in (meeting.get_absolute_url(), f"/meetings/{meeting.slug}/agenda/2/", "/")
    )


def test_title_of_a_withdrawn_paper_stays(client, changed, chair):
    withdraw(changed.documents.get(title="Bidders of the contract"), chair)
    assert everywhere(client, changed).count("added: “Bidders of the contract”") >= 3


def test_file_that_was_closed_since_goes_by_its_safe_title(client, changed, chair):
    file = changed.documents.get(title="Bidders of the contract")
    assert "Bidders" in everywhere(client, changed)
    close(file, title="A paper on a contract")
    page = everywhere(client, changed)
    assert "Bidders" not in page
    assert "added: “A paper on a contract” (item 1)" in page


def test_withdrawn_file_that_was_closed_since_goes_by_its_safe_title(client, changed, chair):
    file = changed.documents.get(title="Bidders of the contract")
    withdraw(file, chair)
    close(Document.objects.get(pk=file.pk), title="A paper on a contract")
    assert "Bidders" not in everywhere(client, changed)


def test_item_closed_since_has_its_safe_title_and_its_file_none(client, changed):
    item = changed.agenda_versions.first().items.get(title="Contract with Hill")
    assert "Contract with Hill" in everywhere(client, changed)
    closure = close(item, title="A contract")
    page = everywhere(client, changed)
    assert "Hill" not in page
    assert "Added: “A contract”" in page
    closures.release(closure=closure, by=changed.board.chair_on(changed.starts_at.date()), note="It is signed.")
    assert "Added: “Contract with Hill”" in everywhere(client, changed)


def test_title_that_is_safe_stays(client, changed):
    close(changed.documents.get(title="Bidders of the contract"), title="")
    assert "added: “Bidders of the contract”" in everywhere(client, changed)


def test_page_asks_the_same_whatever_was_closed(client, changed):
    address = f"/meetings/{changed.slug}/agenda/2/"
    for title in ("Bidders of the contract", SECRET):
        close(changed.documents.get(title=title), title="A paper")
        asked = queries(client, address)
    assert asked == queries(client, address)


def test_earlier_title_and_address_of_a_file_closed_since_go_too(client, changed, chair):
    old = changed.documents.get(title="Bidders of the contract")
    documents.describe(document=old, by=chair, kind=old.kind, title="Bidders and prices")
    publish(changed, chair)
    assert client.get(f"/meetings/{changed.slug}/documents/{old.pk}/").status_code == 200
    close(changed.documents.get(title="Bidders and prices"), title="A paper on a contract")
    assert client.get(f"/meetings/{changed.slug}/documents/{old.pk}/").status_code == 404
    assert "Bidders" not in everywhere(client, changed)

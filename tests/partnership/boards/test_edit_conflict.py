"""Two people have a board or a seat open at once: the second is told and shown what differs."""

import re

import pytest

from partnership.audit.models import Entry
from partnership.boards.actions import board as boards
from partnership.boards.actions import seat as seats
from partnership.partners.models import PeopleGroup
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
BOARD = {
    "name": "The Forum", "kind": "forum", "regime": "own_terms", "clear_days": "5", "day_kind": "working",
    "publish_by": "5pm", "report_days": "5",
}  # fmt: skip


@pytest.fixture
def board():
    return make.BoardFactory(name="The Forum", slug="forum", kind="forum")


@pytest.fixture
def seat(board):
    return make.SeatFactory(board=board, title="Carers")


@pytest.fixture(autouse=True)
def _staff(client):
    sign_in(client, make.StaffFactory())


@pytest.fixture
def kofi():
    return make.StaffFactory(name="Kofi Mensah")


def said(response) -> str:
    return " ".join(response.text.split())


def revision_in(page: str) -> str:
    return re.search(r'name="revision" value="(\d*)"', page)[1]


def differs(theirs: str, yours: str) -> str:
    return f'<td class="govuk-table__cell">{theirs}</td> <td class="govuk-table__cell">{yours}</td>'


def test_later_editor_of_a_board_sees_the_difference_and_may_save(client, board, kofi):
    parent = make.BoardFactory(name="The Executive")
    mine = BOARD | {"clear_days": "3", "quorum_needs": ["nhs"]}
    mine["revision"] = revision_in(client.get("/boards/forum/edit/").text)
    boards.change(board=board, by=kofi, clear_days=10, reports_to=parent, quorum_needs=["council", "vcfse"])
    page = said(client.post("/boards/forum/edit/", mine))
    assert "Kofi Mensah changed this on" in page
    assert differs("10", "3") in page
    assert differs("The Executive", "none") in page
    assert differs("Councils, Voluntary, community, faith and social enterprise", "NHS") in page
    assert "Which days count</th>" not in page
    board.refresh_from_db()
    assert (board.clear_days, board.reports_to, board.revision) == (10, parent, 1)
    assert client.post("/boards/forum/edit/", mine | {"revision": revision_in(page)}).status_code == 302
    board.refresh_from_db()
    assert (board.clear_days, board.reports_to, board.quorum_needs, board.revision) == (3, None, ["nhs"], 2)


def test_board_saved_twice_counts_once(client, board):
    mine = BOARD | {"clear_days": "3", "revision": "0", "starts_on": "1 April 2013"}
    assert [client.post("/boards/forum/edit/", mine).status_code for _ in range(2)] == [302, 302]
    board.refresh_from_db()
    assert board.revision == 1
    assert Entry.objects.about(board).get().details["fields"] == ["clear_days"]


def test_later_editor_of_a_seat_sees_the_difference_and_may_save(client, seat, kofi):
    address = f"/boards/forum/seats/{seat.pk}/edit/"
    body, carers = make.PartnerFactory(name="Carers Link"), PeopleGroup.objects.get(slug="carers")
    mine = {"title": "Carers", "voting": "on", "nominating_partner": "Mind the Gap", "starts_on": "1 January 2026"}
    make.PartnerFactory(name="Mind the Gap")
    mine["revision"] = revision_in(client.get(address).text)
    seats.change(seat=seat, by=kofi, title="Unpaid carers", nominating_partner=body, groups=[carers], voting=False)
    page = said(client.post(address, mine))
    assert "Kofi Mensah changed this on" in page
    for theirs, yours in (
        ("Unpaid carers", "Carers"), ("Carers Link", "Mind the Gap"), ("Carers", "none"), ("no", "yes"),
        ("empty", "1 January 2026"),
    ):  # fmt: skip
        assert differs(theirs, yours) in page
    assert 'value="Mind the Gap"' in page
    seat.refresh_from_db()
    assert (seat.title, seat.groups.count(), seat.revision) == ("Unpaid carers", 1, 1)
    assert client.post(address, mine | {"revision": revision_in(page)}).status_code == 302
    seat.refresh_from_db()
    assert (seat.title, str(seat.nominating_partner), seat.groups.count(), seat.revision) == (
        "Carers", "Mind the Gap", 0, 2,
    )  # fmt: skip


def test_seat_saved_as_it_stands_is_not_on_record(client, seat):
    client.post(f"/boards/forum/seats/{seat.pk}/edit/", {"title": "Carers", "voting": "on", "revision": "0"})
    seat.refresh_from_db()
    assert seat.revision == 0
    assert not Entry.objects.about(seat).exists()


def test_new_board_and_new_seat_ask_for_no_revision(client, board):
    assert 'name="revision"' not in client.get("/boards/new/").text
    assert 'name="revision"' not in client.get("/boards/forum/seats/new/").text
    assert 'name="revision"' not in client.get("/partners/new/").text

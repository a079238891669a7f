import pytest

from partnership import audit
from partnership.audit.models import Entry
from tests.factories import PartnerFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory(name="Sam", email="sam@example.org"))
    return client


def record(number=1, verb="partner.listed", by=None, **details):
    audit.record(by=by, verb=verb, subject=PartnerFactory(name=f"Partner no {number}"), **details)
    return Entry.objects.latest("pk")


def test_log_shows_what_was_done_newest_first(staff):
    record(1, by=UserFactory(name="Ada", email="ada@example.org"), people=3, note="")
    record(2, verb="partner.closed")
    page = staff.get("/audit/").content.decode()
    assert page.index("Partner closed: Partner no 2") < page.index("Partner listed: Partner no 1")
    assert "Ada (ada@example.org)" in page
    assert "3 people." in page
    assert "Note" not in page
    assert "the portal itself, or somebody using a personal link" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("verb=partner.closed", {2}),
        ("subject=no+1", {1}),
        ("person=ADA", {1}),
        ("person=ada@", {1}),
        ("verb=partner.closed&person=ada", set()),
        ("verb=no.such", set()),
        ("", {1, 2}),
    ],
)
def test_log_is_narrowed_down(staff, asked, found):
    record(1, by=UserFactory(name="Ada", email="ada@example.org"))
    record(2, verb="partner.closed")
    page = staff.get(f"/audit/?{asked}").content.decode()
    assert {number for number in (1, 2) if f": Partner no {number}" in page} == found


def test_log_says_what_to_do_when_it_is_empty(staff):
    assert "Nothing is recorded yet." in staff.get("/audit/").content.decode()
    assert "Nothing in the audit log matches your search." in staff.get("/audit/?person=nobody").content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_log_makes_as_many_queries_for_one_row_as_for_fifty(staff, django_assert_num_queries, rows):
    for number in range(rows):
        record(number, by=UserFactory())
    with django_assert_num_queries(6):  # session, person, second factor, verbs, how many, rows
        assert staff.get("/audit/").content.decode().count("Partner listed:") == rows


def test_log_shows_fifty_on_a_page(staff):
    for number in range(51):
        record(number)
    assert staff.get("/audit/").content.decode().count("Partner listed:") == 50
    assert staff.get("/audit/?page=2").content.decode().count("Partner listed:") == 1


def test_log_is_for_staff(client):
    assert client.get("/audit/").status_code == 302
    client.force_login(UserFactory())
    assert client.get("/audit/").status_code == 403

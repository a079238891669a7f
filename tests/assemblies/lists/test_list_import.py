"""A file is previewed, fixed, and imported once."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from assemblies.lists.actions import list_import
from assemblies.lists.actions.list_entry import Person
from assemblies.lists.models import ImportFile, InvitationList, ListImport
from assemblies.organising.actions import personal_data
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from tests.factories import InvitationListFactory, ListEntryFactory, PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db
FILE = b"""Name;E-mail address;Organisation;Role
Ann Hill; ANN@x.org;Halton Council;
Bo Lee;bo@x.org;;Chair
Bo Lee;bo@x.org;Mind;
Cy Ng;cy.x.org;;
Di Oh;di@x.org;;Nurse
"""


@pytest.fixture
def listed():
    return InvitationListFactory(state=InvitationList.State.OPEN)


@pytest.fixture
def lead():
    return UserFactory()


def read(listed, lead, data: bytes = FILE) -> ListImport:
    return list_import.start(invitation_list=listed, by=lead, filename="people.csv", data=data)


def outcomes(batch) -> list[tuple]:
    return list(batch.rows.values_list("number", "outcome", "email"))


def test_preview_says_what_happens_to_each_row_and_saves_nobody(listed, lead):
    ListEntryFactory(list=listed, email="di@x.org")
    batch = read(listed, lead)
    assert outcomes(batch) == [
        (2, "add", "ann@x.org"),
        (3, "add", "bo@x.org"),
        (4, "merge", "bo@x.org"),
        (5, "refuse", "cy.x.org"),
        (6, "merge", "di@x.org"),
    ]
    assert listed.entries.count() == 1


def test_file_that_cannot_be_read_leaves_nothing_behind(listed, lead):
    with pytest.raises(Refusal, match="This is a PDF") as refused:
        read(listed, lead, b"%PDF-1.7")
    assert refused.value.field == "file"
    assert not ListImport.objects.exists()


def test_confirmed_people_join_the_list_with_partner_and_kind(listed, lead):
    council = PartnerFactory(name="Halton Borough Council", kind="council")
    batch = read(listed, lead)
    assert list_import.confirm(batch=batch, by=lead) == 3
    ann = listed.entries.get(email="ann@x.org")
    assert (ann.name, ann.partner, ann.kind, ann.source, ann.added_by) == (
        "Ann Hill",
        council,
        "council",
        "import",
        lead,
    )
    bo = listed.entries.get(email="bo@x.org")
    assert (bo.organisation, bo.role) == ("Mind", "Chair")


def test_confirm_twice_adds_nobody_twice(listed, lead):
    batch = read(listed, lead)
    assert list_import.confirm(batch=batch, by=lead) == 3
    assert list_import.confirm(batch=batch, by=lead) == 0
    assert listed.entries.count() == 3


def test_confirm_fills_in_what_is_missing_and_overwrites_nothing(listed, lead):
    entry = ListEntryFactory(list=listed, email="bo@x.org", name="Robert Lee", role="", organisation="Old Mind")
    list_import.confirm(batch=read(listed, lead), by=lead)
    entry.refresh_from_db()
    assert (entry.name, entry.role, entry.organisation) == ("Robert Lee", "Chair", "Old Mind")


def test_someone_who_has_just_joined_is_not_added_twice(listed, lead):
    batch = read(listed, lead)
    ListEntryFactory(list=listed, email="ann@x.org")
    assert list_import.confirm(batch=batch, by=lead) == 2


def test_refused_row_is_fixed_in_place_and_joins(listed, lead):
    batch = read(listed, lead)
    row = batch.rows.get(number=5)
    list_import.correct(row=row, by=lead, person=Person("cy@x.org", "Cy Ng"))
    row.refresh_from_db()
    assert (row.outcome, row.corrected) == ("add", True)
    assert list_import.confirm(batch=batch, by=lead) == 4
    assert listed.entries.filter(email="cy@x.org").exists()


@pytest.mark.parametrize(
    ("email", "name", "why"),
    [
        ("cy@x", "Cy Ng", "needs a dot"),
        ("cy x@x.org", "Cy Ng", "not an email"),
        ("ann@x.org", "Cy Ng", "Row 2 has this address"),
    ],
)
def test_row_fixed_wrongly_stays_refused_and_says_why(listed, lead, email, name, why):
    row = read(listed, lead).rows.get(number=5)
    with pytest.raises(Refusal, match=why) as refused:
        list_import.correct(row=row, by=lead, person=Person(email, name))
    row.refresh_from_db()
    assert (row.outcome, row.email, refused.value.field) == ("refuse", "cy.x.org", "email")


def test_row_fixed_to_someone_known_is_merged(listed, lead):
    ListEntryFactory(list=listed, email="cy@x.org")
    batch = read(listed, lead)
    row = list_import.correct(row=batch.rows.get(number=5), by=lead, person=Person("cy@x.org", "Cy Ng"))
    assert (row.outcome, row.reason) == ("merge", "Already on the list")
    other = read(listed, lead)
    row = list_import.correct(row=other.rows.get(number=5), by=lead, person=Person("ANN@x.org", "Ann Hill"))
    assert (row.outcome, row.reason) == ("merge", "The same address as row 2")


def test_discarded_file_is_forgotten_and_cannot_come_back(listed, lead):
    batch = read(listed, lead)
    list_import.discard(batch=batch, by=lead)
    list_import.discard(batch=batch, by=lead)
    assert batch.rows.count() == 0
    with pytest.raises(Refusal, match="already been discarded"):
        list_import.confirm(batch=batch, by=lead)
    assert listed.entries.count() == 0


def test_refused_row_is_fixed_after_the_import_and_joins_at_once(listed, lead):
    batch = read(listed, lead)
    list_import.confirm(batch=batch, by=lead)
    row = batch.rows.get(number=5)
    with pytest.raises(Refusal, match="needs a dot"):
        list_import.correct(row=row, by=lead, person=Person("cy@x", "Cy Ng"))
    list_import.correct(row=row, by=lead, person=Person("cy@x.org", "Cy Ng"))
    assert listed.entries.get(email="cy@x.org").source == "import"
    with pytest.raises(Refusal, match="already imported"):
        list_import.correct(row=row, by=lead, person=Person("other@x.org", "Cy Ng"))
    assert listed.entries.count() == 4


def test_refused_row_fixed_to_someone_listed_fills_their_gaps(listed, lead):
    batch = read(listed, lead)
    list_import.confirm(batch=batch, by=lead)
    list_import.correct(row=batch.rows.get(number=5), by=lead, person=Person("di@x.org", "Di Oh", "Mind"))
    assert listed.entries.get(email="di@x.org").organisation == "Mind"
    assert listed.entries.count() == 3


def test_row_of_a_confirmed_file_that_was_used_does_not_change(listed, lead):
    batch = read(listed, lead)
    list_import.confirm(batch=batch, by=lead)
    with pytest.raises(Refusal, match="already imported"):
        list_import.correct(row=batch.rows.get(number=2), by=lead, person=Person("cy@x.org", "Cy Ng"))


def test_rows_nobody_corrects_are_discarded_and_the_people_stay(listed, lead):
    batch = read(listed, lead)
    row = batch.rows.get(number=5)
    with pytest.raises(Refusal, match="not imported yet"):
        list_import.leave_out(batch=batch, by=lead)
    list_import.confirm(batch=batch, by=lead)
    assert [list_import.leave_out(batch=batch, by=lead) for _ in range(2)] == [1, 0]
    assert (batch.rows.count(), listed.entries.count()) == (4, 3)
    with pytest.raises(Refusal, match="already been discarded"):
        list_import.correct(row=row, by=lead, person=Person("cy@x.org", "Cy Ng"))


@pytest.mark.parametrize(
    ("rows", "hints"),
    [
        (["Ann Hill,ann@x.org,Mind", "HILL, ANN".join('""') + ",ann@home.org,Mind"], ["", "in row 2 as ann@x.org"]),
        (["Ann Hill,ann@x.org,Mind", "Ann Hill,ann@home.org,"], ["", "in row 2 as ann@x.org"]),
        (["Ann Hill,ann@x.org,Mind", "Ann Hill,ann@y.org,Age UK"], ["", ""]),
        (["Dot O’Day,new@x.org,Mind"], ["on the list as dot@x.org"]),
        ([",office@x.org,Mind", ",desk@x.org,Mind"], ["The file gives no name"] * 2),
    ],
)
def test_person_with_two_addresses_is_hinted_at(listed, lead, rows, hints):
    ListEntryFactory(list=listed, name="Dot O'Day", email="dot@x.org", organisation="Mind")
    batch = read(listed, lead, "\n".join(["Name,Email,Organisation", *rows]).encode())
    found = list(batch.rows.values_list("outcome", "reason"))
    assert [outcome for outcome, _ in found] == ["add"] * len(rows)
    assert all((hint in reason) if hint else not reason for hint, (_, reason) in zip(hints, found, strict=True))
    assert ("two invitations" in found[-1][1]) == ("as" in hints[-1])


def test_new_file_takes_the_place_of_ones_own_earlier_preview_only(listed, lead):
    mine, hers = read(listed, lead), read(listed, UserFactory())
    read(listed, lead)
    mine.refresh_from_db()
    hers.refresh_from_db()
    assert (mine.state, hers.state) == ("discarded", "preview")


def test_import_takes_few_queries_however_many_rows(listed, lead, django_assert_max_num_queries):
    data = b"Name,Email\n" + b"".join(b"Person %d,person%d@x.org\n" % (n, n) for n in range(900))
    with django_assert_max_num_queries(14):
        batch = read(listed, lead, data)
    with django_assert_max_num_queries(16):
        assert list_import.confirm(batch=batch, by=lead) == 900


@pytest.mark.django_db(transaction=True)
def test_confirm_submitted_by_several_at_once_adds_each_person_once(listed, lead):
    batch = read(listed, lead)

    def submit(_) -> int:
        try:
            return list_import.confirm(batch=ListImport.objects.get(pk=batch.pk), by=lead)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        joined = list(pool.map(submit, range(4)))
    assert sorted(joined) == [0, 0, 0, 3]
    assert Entry.objects.filter(verb="list.imported").count() == 1
    assert listed.entries.count() == 3


# --- columns read again

PLACES = b"""Name;Email;Where
Ann Hill;ann@x.org;Halton
Bo Lee;bo@x.org;Sefton
Cy Ng;cy@x.org;elsewhere
Ann Hill;ann@x.org;Sefton
"""
AS_PLACE = {0: "name", 1: "email", 2: "place"}


def test_person_of_another_place_waits_until_confirmed(lead):
    listed = InvitationListFactory(state="open", place__name="Sefton")
    InvitationListFactory(meeting=listed.meeting, place__name="Halton")
    batch = read(listed, lead, PLACES)
    list_import.read_again(batch=batch, by=lead, chosen=AS_PLACE)
    assert [outcome for _, outcome, _ in outcomes(batch)] == ["refuse", "add", "add", "add"]
    ann = batch.rows.get(number=2)
    assert ann.reason == "The file says Halton: save the row if they belong on this list"
    list_import.correct(row=batch.rows.get(number=2), by=lead, person=Person("ann@x.org", "Ann Hill", "", "", ""))
    assert list_import.confirm(batch=batch, by=lead) == 3


def test_row_fixed_by_hand_stays_fixed_when_the_file_is_read_again(listed, lead):
    batch = read(listed, lead)
    list_import.correct(row=batch.rows.get(number=5), by=lead, person=Person("cy@x.org", "Cy Ng", "Mind", "", "Chair"))
    chosen = {0: "name", 1: "email", 2: "ignored", 3: "role"}
    for _ in range(2):
        list_import.read_again(batch=batch, by=lead, chosen=chosen)
    cy = batch.rows.get(number=5)
    assert (cy.outcome, cy.email, cy.organisation, cy.corrected) == ("add", "cy@x.org", "Mind", True)
    assert set(batch.rows.exclude(number=5).values_list("organisation", flat=True)) == {""}


@pytest.mark.parametrize("end", [list_import.confirm, list_import.discard])
def test_file_is_kept_no_longer_than_its_preview(listed, lead, end):
    batch = read(listed, lead)
    assert bytes(ImportFile.objects.get().data) == FILE
    end(batch=batch, by=lead)
    assert not ImportFile.objects.exists()
    with pytest.raises(Refusal, match="cannot be read again"):
        list_import.read_again(batch=batch, by=lead, chosen={1: "email"})


def test_abandoned_preview_file_is_deleted_by_the_clock(listed, lead):
    read(listed, lead)
    personal_data.delete_due(timezone.now() + timedelta(days=31))
    assert not ImportFile.objects.exists()


# --- workbooks with several sheets


def sheets() -> bytes:
    book = Workbook()
    for title, name in (("This year", "Ann Hill"), ("Last year", "Old Hand")):
        sheet = book.create_sheet(title)
        sheet.append(["Name", "Email"])
        sheet.append([name, f"{name[:3].lower()}@x.org"])
    book.create_sheet("Nobody").append(["Notes"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_another_sheet_of_the_file_can_be_read(listed, lead):
    batch = read(listed, lead, sheets())
    assert outcomes(batch) == [(2, "add", "ann@x.org")]
    list_import.correct(row=batch.rows.get(), by=lead, person=Person("ann@x.org", "Ann Corrected"))
    batch = list_import.read_again(batch=batch, by=lead, sheet="Last year")
    assert [(row.email, row.name) for row in batch.rows.all()] == [("old@x.org", "Old Hand")]
    assert (batch.columns["sheet"], batch.columns["others"]) == ("Last year", ["Sheet", "This year", "Nobody"])
    batch = list_import.read_again(batch=batch, by=lead, chosen={0: "name", 1: "email"})
    assert batch.rows.get().email == "old@x.org"
    with pytest.raises(Refusal, match="no email addresses"):
        list_import.read_again(batch=batch, by=lead, sheet="Nobody")
    assert batch.rows.get().email == "old@x.org"

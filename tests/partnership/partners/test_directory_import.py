"""Export, change a cell, import: exactly that cell changes. What cannot be used is said row by row."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership import retention
from partnership.audit.models import Entry
from partnership.files import previews, tables
from partnership.partners import headings, sheet
from partnership.partners.actions import directory_export, directory_import
from partnership.partners.import_reading import Reader, below_headings
from partnership.partners.models import DirectoryImport, DirectoryImportFile, Partner, PeopleGroup
from partnership.refusals import Refusal
from tests import factories as make
from tests.questions import queries

pytestmark = pytest.mark.django_db


def as_seen(batch: DirectoryImport) -> dict[str, str]:
    """What the page of a preview sends with its button."""
    return {"seen": previews.reading(batch)}


@pytest.fixture
def halton():
    place = make.PlaceFactory(name="Halton")
    partner = make.PartnerFactory(
        name="Halton Carers Centre", slug="halton-carers-centre", summary='Breaks, advice.\n\nAnd "company"; too.',
        website="https://carers.example.net", email="a@carers.example.net", email_is_public=True, phone="+44 151 496 0000",
        address="1 High Street\nRuncorn", charity_number="SC012345", company_number="00123456", income_band="small",
        neighbourhoods="Ditton, Hough Green",
    )  # fmt: skip
    partner.places.add(place, make.PlaceFactory(name="Wirral"))
    partner.groups.set(PeopleGroup.objects.filter(slug__in=["carers", "black-asian-and-other-ethnic-communities"]))
    return partner


@pytest.fixture
def tricky():
    return make.PartnerFactory(name="=HYPERLINK(1)", slug="tricky", summary="'=2+2\n- a list\n@home", kind="council")


def taken_away(kind: str = "csv") -> list[list[str]]:
    data = directory_export.export(Partner.objects.current(), kind)
    if kind == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def as_file(table: list[list[str]], kind: str = "csv") -> bytes:
    if kind == "csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows(table)
        return out.getvalue().encode()
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(table: list[list[str]], kind: str = "csv") -> DirectoryImport:
    return directory_import.start(by=make.StaffFactory(), filename=f"partners.{kind}", data=as_file(table, kind))


def said(batch: DirectoryImport) -> list:
    return [(row.number, row.outcome, row.cells, row.reason) for row in batch.rows.all()]


def facts() -> list[dict]:
    """Everything said of every partner."""
    found = []
    for partner in Partner.objects.order_by("pk"):
        row = model_to_dict(partner, exclude=["revision"]) | {
            "places": sorted(partner.places.values_list("name", flat=True))
        }
        row["groups"] = sorted(group.name for group in row["groups"])
        found.append(row)
    return found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_that_comes_back_as_it_went_changes_nothing(halton, tricky, kind):
    batch = read(taken_away(kind), kind)
    assert (said(batch), batch.unchanged) == ([], 2)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("heading", "typed", "field", "value"),
    [
        ("Name", "Halton Carers", "name", "Halton Carers"),
        ("Kind", "council", "kind", "council"),
        ("What it does", "'=1+1", "summary", "=1+1"),
        ("Groups of people it serves", "carers", "groups", ["Carers"]),
        ("Places", "wirral", "places", ["Wirral"]),
        ("Neighbourhoods", "Ditton", "neighbourhoods", "Ditton"),
        ("Website", "www.example.org", "website", "https://www.example.org"),
        ("Email", "", "email", ""),
        ("Email is public", "no", "email_is_public", False),
        ("Phone", "'+44 151 496 0001", "phone", "+44 151 496 0001"),
        ("Postal address", "2 High Street\nRuncorn", "address", "2 High Street\nRuncorn"),
        ("Charity number", "nic 123456", "charity_number", "NIC123456"),
        ("Company number", "7654321", "company_number", "07654321"),
        ("Yearly income", "", "income_band", ""),
        ("ODS code", "rv5", "ods_code", "RV5"),
    ],
)
def test_one_changed_cell_changes_exactly_that_cell(halton, tricky, kind, heading, typed, field, value):  # noqa: PLR0917 - each names a fact
    table = taken_away(kind)
    row = next(row for row in table if row[0] == "halton-carers-centre")
    row[table[0].index(heading)] = typed
    before = facts()
    batch = read(table, kind)
    assert facts() == before
    ((number, outcome, cells, reason),) = said(batch)
    assert (number, outcome, reason) == (table.index(row) + 1, "change", "")
    assert [cell[0] for cell in cells] == [field]
    done = directory_import.confirm(batch=batch, by=make.StaffFactory())
    assert done == {"changed": 1, "added": 0, "stayed": 0, "left_out": 0}
    assert directory_import.confirm(batch=batch, by=make.StaffFactory()) == {
        "changed": 0,
        "added": 0,
        "stayed": 0,
        "left_out": 0,
    }
    expected = [row | {field: value} if row["slug"] == halton.slug else row for row in before]
    assert facts() == expected
    assert Entry.objects.filter(verb="partners.imported").count() == 1


def test_noughts_a_spreadsheet_drops_are_no_change(halton):
    Partner.objects.update(phone="0151 4960000")
    table = taken_away()
    table[1][table[0].index("Phone")] = "1514960000"
    table[1][table[0].index("Company number")] = "123456"
    assert said(read(table)) == []


def test_past_places_stay(halton):
    past = make.PlaceFactory(name="Old Halton", ends_on="2020-01-01")
    halton.places.add(past)
    table = taken_away()
    table[1][table[0].index("Places")] = "Halton"
    directory_import.confirm(batch=read(table), by=None)
    assert sorted(halton.places.values_list("name", flat=True)) == ["Halton", "Old Halton"]


def test_new_rows_are_added_each_under_an_address_of_its_own(halton):
    rows = [
        ["Name", "Kind", "Places", "Charity number", "Fax"],
        ["Runcorn Walkers", "vcfse", "Halton; Wirral", "", "1"],
        ["Runcorn  Walkers!", "Council", "", "123456", ""],
        ["halton carers centre", "", "", "", ""],  # known by its name, and an empty kind cannot be
    ]
    batch = read(rows)
    assert batch.notes == ["We do not read these columns: Fax."]
    assert [(number, outcome) for number, outcome, *_ in said(batch)] == [(2, "add"), (3, "add"), (4, "refuse")]
    directory_import.confirm(batch=batch, by=None)
    added = Partner.objects.exclude(pk=halton.pk).order_by("pk")
    assert list(added.values_list("slug", flat=True)) == ["runcorn-walkers", "runcorn-walkers-2"]
    assert added[0].places.count() == 2
    assert added[0].state == "listed"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Charity number": "12345"}, "Charity number: Enter a charity number: six or seven numbers"),
        ({"Charity number": "SC012345"}, "Charity number: Halton Carers Centre already has that"),
        ({"Name": "halton carers centre"}, "Row 2 is about the same organisation"),
        ({"ODS code": "x!"}, "ODS code: Enter an ODS code"),
        ({"GSS code": "1"}, "GSS code: Enter a GSS code"),
        ({"Company number": "1"}, "Company number: Enter a company number"),
        ({"Kind": "castle"}, "is not a kind we know"),
        ({"Kind": ""}, "Kind: write it as the directory does"),
        ({"Name": ""}, "The name is missing"),
        ({"Places": "Atlantis"}, "“Atlantis” is not a place we know"),
        ({"Groups of people it serves": "Giants"}, "“Giants” is not a group of people we know"),
        ({"Email": "office"}, "Email:"),
        ({"Website": "ftp//x y"}, "Website:"),
        ({"Phone": "soon"}, "Phone: Enter a phone number"),
        ({"Phone is public": "perhaps"}, "Phone is public: write yes or no"),
        ({"Phone is public": "yes"}, "There is no phone to show in public"),
        ({"Yearly income": "huge"}, "is not a yearly income we know"),
        ({"Address on the portal": "nowhere"}, "We do not know an organisation at “nowhere”"),
        ({"Name": "x" * 201}, "Name: Name has more than 200 characters"),
    ],
)
def test_row_that_cannot_be_used_is_refused_with_its_number_and_why(halton, cells, reason):
    table = taken_away()
    good = dict.fromkeys(table[0], "") | {"Name": "Runcorn Walkers", "Kind": "Council"}
    table.append([(good | cells)[heading] for heading in table[0]])
    batch = read(table)
    ((number, outcome, _, why),) = said(batch)
    assert (number, outcome) == (3, "refuse")
    assert reason in why
    directory_import.confirm(batch=batch, by=None)
    assert Partner.objects.count() == 1


def test_two_new_rows_cannot_share_a_number(halton):
    rows = [["Name", "Kind", "Charity number"], ["One", "council", "123456"], ["Two", "council", "123456"]]
    assert said(read(rows))[1][1:] == ("refuse", [], "Charity number: row 2 has the same")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"a,b\n1,2\n", "We cannot find a row of headings"),
        (b"Name,Name,Kind\nA,B,council\n", "Two columns are called “Name”"),
        (b"PK\x03\x04broken", "The file is damaged"),
    ],
)
def test_file_that_cannot_be_read_is_refused(data, reason):
    with pytest.raises(Refusal, match=reason):
        directory_import.start(by=None, filename="x.csv", data=data)
    assert not DirectoryImport.objects.exists()


def test_cell_someone_changed_stays_and_the_row_says_so(halton):
    table = taken_away()
    table[1][table[0].index("Neighbourhoods")] = "Ditton"
    table[1][table[0].index("What it does")] = "New."
    batch = read(table)
    Partner.objects.update(summary="Newer.")
    assert directory_import.confirm(batch=batch, by=None) == {"changed": 1, "added": 0, "stayed": 1, "left_out": 0}
    halton.refresh_from_db()
    assert (halton.summary, halton.neighbourhoods) == ("Newer.", "Ditton")
    assert "Someone changed this cell" in batch.rows.get().reason


def test_number_given_away_stops_the_whole_file(halton):
    batch = read([["Name", "Kind", "Charity number"], ["One", "council", "123456"], ["Two", "council", ""]])
    make.PartnerFactory(charity_number="123456")
    with pytest.raises(Refusal, match="has been given to another organisation"):
        directory_import.confirm(batch=batch, by=None)
    assert not Partner.objects.filter(name__in=["One", "Two"]).exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=60))
def test_any_summary_goes_round(halton, text):
    Partner.objects.update(summary=text)
    for kind in ("csv", "xlsx"):
        table = tables.parse(as_file(taken_away(kind), kind), headings.headings_named, long_cells=True)
        rows, columns, _ = below_headings(table)
        assert list(Reader(columns).rows(rows)) == [None]


def test_error_cell_of_a_spreadsheet_changes_nothing_and_is_said(halton):
    rows = [["Name", "What it does", "Phone"], ["Halton Carers Centre", "#N/A", "#REF!"]]
    for kind in ("csv", "xlsx"):
        batch = directory_import.start(by=None, filename="x", data=as_file(rows, kind))
        assert not batch.rows.exists()
        assert batch.notes == ["2 cells hold errors of the spreadsheet, like #N/A, in row 2. We read them as empty."]


@pytest.mark.parametrize(
    ("typed", "phone"),
    [(1514960000, "01514960000"), ("1514960000", "01514960000"), (441514960001, "+441514960001"), ("0151 496 0002",) * 2,
     ("116 123", "116 123")],
)  # fmt: skip
def test_phone_number_gets_back_the_nought_a_spreadsheet_drops(typed, phone):
    batch = directory_import.start(
        by=None, filename="x", data=as_file([["Name", "Kind", "Phone"], ["New", "Council", typed]], "xlsx")
    )
    directory_import.confirm(batch=batch, by=None)
    assert Partner.objects.get(name="New").phone == phone


@pytest.mark.parametrize(
    ("typed", "email"),
    [("desk’s@x.example.org\u200b", "desk's@x.example.org"), ("Front desk <desk@x.example.org>", "desk@x.example.org"),
     ("mailto:desk@x.example.org", "desk@x.example.org")],
)  # fmt: skip
def test_address_in_the_directory_is_cleaned_as_in_a_list(typed, email):
    batch = read([["Name", "Kind", "Email"], ["New", "Council", typed]])
    directory_import.confirm(batch=batch, by=None)
    assert Partner.objects.get(name="New").email == email


def test_address_at_a_number_is_refused_in_the_directory(halton):
    row = read([["Name", "Email"], ["Halton Carers Centre", "a@[10.0.0.1]"]]).rows.get()
    assert (row.outcome, "names a computer by its number" in row.reason) == ("refuse", True)


def test_curled_apostrophe_is_no_change_and_no_new_organisation(halton):
    Partner.objects.update(name="St Mary's Carers", summary="It's here")
    assert not read([["Name", "What it does"], ["St Mary’s Carers", "It’s here"]]).rows.exists()


def test_staff_see_each_change_before_anything_is_saved(client, halton):
    client.force_login(make.StaffFactory())
    response = client.get("/partners/export/csv/")
    assert "attachment" in response["Content-Disposition"]
    assert client.get("/partners/export/pdf/").status_code == 404
    assert "Choose a file" in client.post("/partners/import/", {}).text
    table = taken_away()
    table[1][table[0].index("Neighbourhoods")] = "Speke"
    table.append(["", "Runcorn Walkers", "Council"])
    table.append(["", "", "Council"])
    file = SimpleUploadedFile("partners.csv", as_file(table))
    page = client.post("/partners/import/", {"file": file}, follow=True).text
    for shown in (
        "Nothing is saved yet.",
        "Row 2",
        "<del>Ditton, Hough Green</del>",
        "<ins>Speke</ins>",
        "Import 2 rows",
    ):
        assert shown in page
    batch = DirectoryImport.objects.get()
    assert "Runcorn Walkers" in client.get(f"/partners/import/{batch.pk}/?show=add").text
    assert "The name is missing" in client.get(f"/partners/import/{batch.pk}/?show=refuse").text
    page = client.post(f"/partners/import/{batch.pk}/confirm/", as_seen(batch), follow=True).text
    assert "1 changed, 1 added." in page
    assert "already been imported" in client.post(f"/partners/import/{batch.pk}/discard/", follow=True).text
    file.seek(0)
    client.post("/partners/import/", {"file": file})
    batch = DirectoryImport.objects.first()
    assert (
        "has been discarded. The directory has not changed"
        in client.post(f"/partners/import/{batch.pk}/discard/", follow=True).text
    )
    assert (
        "already been discarded"
        in client.post(f"/partners/import/{batch.pk}/confirm/", as_seen(batch), follow=True).text
    )


def test_confirmation_without_what_was_seen_imports_nothing(client):
    batch = directory_import.start(by=make.StaffFactory(), filename="a.csv", data=b"Name\nSpeke Singers\n")
    client.force_login(make.StaffFactory())
    page = client.post(f"/partners/import/{batch.pk}/confirm/", follow=True).text
    assert "Somebody has just read this file again." in page
    assert not Partner.objects.filter(name="Speke Singers").exists()


def test_preview_and_export_ask_as_much_for_fifty_as_for_one(client, halton, django_assert_num_queries):
    client.force_login(make.StaffFactory())
    batch = DirectoryImport.objects.create(filename="x.csv")
    addresses = (f"/partners/import/{batch.pk}/?show=add", "/partners/export/csv/")
    batch.rows.create(number=1, outcome="add", name="A", cells=[["name", "", "A"]], partner=halton)
    counts = [queries(client, address) for address in addresses]
    for number in range(2, 61):
        partner = make.PartnerFactory()
        batch.rows.create(number=number, outcome="add", name="A", cells=[["name", "", "A"]], partner=partner)
        partner.groups.add(*halton.groups.all())
        partner.places.add(*halton.places.all())
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(address)


def test_columns_name_fields_and_headings_may_be_spaced_anyhow():
    assert {column.field for column in sheet.COLUMNS} <= {field.name for field in Partner._meta.get_fields()}
    assert headings.heading("  e-MAIL is Public ") == "Email is public"


def made_ago(hours: int, by=None) -> DirectoryImport:
    """A preview of two rows that was read so many hours ago."""
    data = as_file([["Name", "Kind"], [f"One {hours}", "Council"], [f"Two {hours}", ""]])
    batch = directory_import.start(by=by or make.StaffFactory(), filename="partners.csv", data=data)
    DirectoryImport.objects.filter(pk=batch.pk).update(uploaded_at=timezone.now() - timedelta(hours=hours))
    return batch


def test_unconfirmed_preview_is_deleted_after_a_day_and_recorded(client):
    old, young, imported = made_ago(25), made_ago(23), made_ago(26)
    directory_import.confirm(batch=imported, by=make.StaffFactory())
    retention.every_hour(timezone.now())
    retention.every_hour(timezone.now())
    assert [batch.rows.count() for batch in (old, young, imported)] == [0, 2, 2]
    old.refresh_from_db()
    assert old.state == "discarded"
    entry = Entry.objects.get(verb="partners.file_expired")
    assert (entry.subject_id, entry.actor, entry.details) == (str(old.pk), None, {"deleted": 2})
    client.force_login(make.StaffFactory())
    assert "nobody imported it within a day" in client.get(f"/partners/import/{old.pk}/").text
    page = client.post(f"/partners/import/{old.pk}/confirm/", as_seen(old), follow=True).text
    assert "This file has already been discarded. Upload it again." in page
    assert not Partner.objects.filter(name="One 25").exists()


@pytest.mark.django_db(transaction=True)
def test_preview_that_is_being_confirmed_is_left_to_whoever_does_it():
    batch = made_ago(25)

    def clock():
        try:
            return directory_import.expire()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():  # a clock that waits is let go before it is joined
        directory_import.confirm(batch=batch, by=None)
        assert pool.submit(clock).result(timeout=20) == 0
    batch.refresh_from_db()
    assert (batch.state, Partner.objects.count()) == ("confirmed", 1)


def workbook(*titles: str) -> bytes:
    """A new organisation on each sheet, called as the sheet is, and a row without a name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title in titles:
        for row in (["Name", "Kind"], [title, "Council"], ["", "Council"]):
            (book[title] if title in book else book.create_sheet(title)).append(row)
    book.create_sheet("Notes").append(["Ring Ann first"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_another_sheet_of_the_workbook_can_be_read(client):
    client.force_login(make.StaffFactory())
    file = SimpleUploadedFile("partners.xlsx", workbook("Runcorn Walkers", "Speke Singers"))
    page = client.post("/partners/import/", {"file": file}, follow=True).text
    assert "The file has 3 sheets. We read “Runcorn Walkers”." in page
    batch = DirectoryImport.objects.get()
    sheet_address = f"/partners/import/{batch.pk}/sheet/"
    page = client.post(sheet_address, {"sheet": "Speke Singers"}, follow=True).text
    assert "We have read the file again." in page
    assert '<option value="Speke Singers" selected>' in page
    assert "The file has 3 sheets. We read “Speke Singers”." in page
    assert [row.name for row in batch.rows.filter(outcome="add")] == ["Speke Singers"]
    page = client.post(sheet_address, {"sheet": "Notes"}).text
    assert "cannot find a row of headings" in page
    assert "Error: " in page
    assert "Choose the sheet to read from the list" in client.post(sheet_address, {"sheet": "x"}).text
    assert [row.name for row in batch.rows.filter(outcome="add")] == ["Speke Singers"]
    client.post(f"/partners/import/{batch.pk}/confirm/", as_seen(batch))
    assert list(Partner.objects.values_list("name", flat=True)) == ["Speke Singers"]
    assert not DirectoryImportFile.objects.exists()
    assert "This file cannot be read again" in client.post(sheet_address, {"sheet": "Notes"}, follow=True).text


def test_only_a_workbook_with_another_sheet_is_kept(client):
    client.force_login(make.StaffFactory())
    file = SimpleUploadedFile("partners.csv", as_file([["Name", "Kind"], ["Speke Singers", "Council"]]))
    assert "Sheet to read" not in client.post("/partners/import/", {"file": file}, follow=True).text
    assert not DirectoryImportFile.objects.exists()


def test_workbook_is_deleted_with_its_preview():
    staff = make.StaffFactory()
    for forget in (
        lambda batch: directory_import.discard(batch=batch, by=staff),
        lambda batch: directory_import.expire(timezone.now() + timedelta(days=2)),
    ):
        batch = directory_import.start(by=staff, filename="x.xlsx", data=workbook("Speke Singers"))
        assert DirectoryImportFile.objects.count() == 1
        forget(batch)
        assert not DirectoryImportFile.objects.exists()


def test_rows_left_out_are_said_after_confirming_and_stay_to_be_seen(client):
    client.force_login(make.StaffFactory(name="Bo Lee"))
    batch = read([["Name", "Kind"], ["Speke Singers", "Council"], ["", "Council"], ["Age UK", "Nothing"]])
    assert "Imported before" not in client.get("/partners/import/").text
    page = client.post(f"/partners/import/{batch.pk}/confirm/", as_seen(batch), follow=True).text
    assert "0 changed, 1 added. 2 rows were left out." in page
    assert "2 rows were left out. Correct them in your spreadsheet and import it again." in page
    seen = client.get(f"/partners/import/{batch.pk}/?show=refuse").text
    assert "The name is missing" in seen
    assert "Row 4" in seen
    assert (
        f'href="/partners/import/{batch.pk}/?show=refuse">2 rows were left out<' in client.get("/partners/import/").text
    )
    assert Entry.objects.get(verb="partners.imported").details["left_out"] == 2


def test_page_of_imports_asks_as_much_for_ten_as_for_one(client, django_assert_num_queries):
    client.force_login(make.StaffFactory())
    facts = {"filename": "x.csv", "state": "confirmed", "confirmed_at": timezone.now()}
    DirectoryImport.objects.create(uploaded_by=make.StaffFactory(), **facts)
    count = queries(client, "/partners/import/")
    for _ in range(12):
        DirectoryImport.objects.create(uploaded_by=make.StaffFactory(), **facts).rows.create(number=2, outcome="refuse")
    with django_assert_num_queries(count):
        assert client.get("/partners/import/").text.count("1 row was left out") == 10

"""Files that wait to be imported: what one person looks at and another changes before it is confirmed."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assemblies.lists.models import ListImport
from partnership.files import previews
from partnership.partners.models import DirectoryImport, Partner
from tests import factories as make
from tests.pages import hidden
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
AGAIN = "Somebody has just read this file again"


def workbook(headings: list[str], **sheets: list[str]) -> SimpleUploadedFile:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, row in sheets.items():
        sheet = book.create_sheet(title)
        sheet.append(headings)
        sheet.append(row)
    book.save(out)
    return SimpleUploadedFile("book.xlsx", out.getvalue())


@pytest.fixture
def ann():
    return sign_in(Client(), make.StaffFactory())


@pytest.fixture
def bob():
    return sign_in(Client(), make.StaffFactory())


def test_sheet_chosen_by_another_is_not_confirmed_unseen(ann, bob):
    file = workbook(["Name", "Kind"], Good=["Runcorn Walkers", "Council"], Bad=["Runcorn Wreckers", "Council"])
    page = ann.post("/partners/import/", {"file": file}, follow=True).text
    batch = DirectoryImport.objects.get()
    address = f"/partners/import/{batch.pk}/"
    bob.post(f"{address}sheet/", {"sheet": "Bad"})
    page = ann.post(f"{address}confirm/", {"seen": hidden(page, "seen")}, follow=True).text
    assert AGAIN in page
    assert not Partner.objects.filter(name__startswith="Runcorn").exists()
    ann.post(f"{address}confirm/", {"seen": hidden(page, "seen")})
    assert Partner.objects.get(name__startswith="Runcorn").name == "Runcorn Wreckers"


def test_list_read_again_by_another_is_not_confirmed_unseen(ann, bob):
    listed = make.InvitationListFactory()
    address = f"/meetings/{listed.meeting.slug}/manage/lists/{listed.place.slug}/"
    file = workbook(["Name", "Email"], Good=["Ann Hill", "ann@x.org"], Bad=["Bo Lee", "bo@x.org"])
    page = ann.post(f"{address}import/", {"file": file}, follow=True).text
    batch = ListImport.objects.get()
    bob.post(f"{address}import/{batch.pk}/sheet/", {"sheet": "Bad"})
    page = ann.post(f"{address}import/{batch.pk}/confirm/", {"seen": hidden(page, "seen")}, follow=True).text
    assert AGAIN in page
    assert not listed.entries.exists()
    ann.post(f"{address}import/{batch.pk}/confirm/", {"seen": hidden(page, "seen")})
    assert listed.entries.get().name == "Bo Lee"


@pytest.mark.parametrize("sheet", ["", "Good\x00", "../../etc/passwd", "[1]Good", "Good'!A1", "x" * 5000, "good"])
def test_sheet_that_the_file_has_not_is_refused_in_words(ann, sheet):
    file = workbook(["Name", "Kind"], Good=["Runcorn Walkers", "Council"], Bad=["Runcorn Wreckers", "Council"])
    ann.post("/partners/import/", {"file": file})
    batch = DirectoryImport.objects.get()
    answer = ann.post(
        f"/partners/import/{batch.pk}/sheet/", {"sheet": sheet, "file": SimpleUploadedFile("x.exe", b"MZ")}
    )
    assert answer.status_code in (200, 400)
    batch.refresh_from_db()
    assert batch.sheet == "Good"
    assert [row.name for row in batch.rows.all()] == ["Runcorn Walkers"]


def test_imported_file_is_read_confirmed_and_discarded_no_more(ann, bob):
    file = workbook(["Name", "Kind"], Good=["Runcorn Walkers", "Council"], Bad=["Runcorn Wreckers", "Council"])
    ann.post("/partners/import/", {"file": file})
    batch = DirectoryImport.objects.get()
    address = f"/partners/import/{batch.pk}/"
    for _ in range(2):
        ann.post(f"{address}confirm/", {"seen": previews.reading(batch)})
    for step, sent in (("sheet/", {"sheet": "Bad"}), ("confirm/", {}), ("discard/", {})):
        bob.post(f"{address}{step}", sent)
    assert list(Partner.objects.filter(name__startswith="Runcorn").values_list("name", flat=True)) == [
        "Runcorn Walkers"
    ]


def test_steps_of_an_import_take_no_request_from_elsewhere():
    staff = make.StaffFactory()
    browser = sign_in(Client(enforce_csrf_checks=True), staff)
    batch = DirectoryImport.objects.create(filename="x.csv", uploaded_by=staff)
    for step in ("sheet/", "confirm/", "discard/"):
        assert browser.post(f"/partners/import/{batch.pk}/{step}", {"sheet": "Bad"}).status_code == 403
        assert browser.get(f"/partners/import/{batch.pk}/{step}").status_code == 405

"""Ten years of papers arrive: staff send a zip, answer what was asked, import it, and a resident finds the minutes."""

import pytest
from playwright.sync_api import expect

from assemblies.past_papers.actions import file_reading
from assemblies.past_papers.models import PastPaper
from tests import factories as make
from tests import made_pdfs as made
from tests.assemblies.past_papers.archives import zip_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FILES = {
    "2016-03-14 Agenda.pdf": made.words("The agenda"),
    "Minutes/140316 Minutes.pdf": made.words("The minutes"),
    "2016-03-14 Exempt report.pdf": made.words("For members"),
    "Notes.docx": b"Words",
}


@pytest.fixture
def board(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make.BoardFactory(name="Health and Wellbeing Board", slug="hwb", regime="council", day_kind="working")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_papers_of_past_years_are_imported_and_found(*, enter, look, board, width, script):
    staff = enter(make.StaffFactory(), width=width, script=script)

    def see(page, title, name):
        look(page, title, script=script, name=f"past-{name}")

    staff.goto(board.get_absolute_url())
    staff.get_by_role("link", name="Import past papers").click()
    see(staff, "Import past papers: Health and Wellbeing Board", "upload")
    staff.get_by_role("button", name="Read the files").click()
    see(staff, "Error: Import past papers: Health and Wellbeing Board", "unanswered")
    packed = {"name": "papers.zip", "mimeType": "application/zip", "buffer": zip_of(FILES)}
    staff.get_by_label("A zip, or PDFs").set_input_files(packed)
    staff.get_by_label("Everybody").check()
    staff.get_by_role("button", name="Read the files").click()
    see(staff, "We are reading the files: papers.zip", "reading")
    file_reading.resume()
    if script:
        expect(staff.get_by_role("heading", level=1)).to_have_text("All files are read")
        staff.get_by_role("link", name="Check what we read").click()
    else:
        staff.reload()
    see(staff, "Check what we read in papers.zip", "ask")
    expect(staff.locator("main")).to_contain_text("It could be 14 March 2016 or 16 March 2014")
    staff.get_by_label("Day, month, year: 140316 is 14 March 2016").check()
    staff.get_by_role("button", name="Read the days in this way").click()
    staff.get_by_role("link", name="To import (3)").click()
    see(staff, "Check what we read in papers.zip", "ready")
    expect(staff.locator("main")).to_contain_text("Its name says “exempt”")
    staff.get_by_role("button", name="Import 3 papers of 1 meeting").click()
    expect(staff.locator("main")).to_contain_text("3 papers are imported. Nobody was emailed.")
    see(staff, "papers.zip", "imported")

    resident = enter(None, width=width, script=script)
    resident.goto("/")
    resident.get_by_label("What are you looking for?").fill("minutes 14 March 2016")
    resident.get_by_role("button", name="Search").click()
    expect(resident.get_by_role("link", name="Minutes")).to_have_attribute(
        "href", PastPaper.objects.get(kind="minutes").get_absolute_url()
    )
    resident.goto(board.get_absolute_url())
    resident.get_by_role("link", name="2016", exact=True).click()
    see(resident, "Past meetings in 2016: Health and Wellbeing Board", "year")
    resident.get_by_role("link", name="Monday 14 March 2016").click()
    see(resident, "Health and Wellbeing Board, Monday 14 March 2016", "meeting")
    expect(resident.locator("main")).not_to_contain_text("Exempt")

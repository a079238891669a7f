"""A report from its first line to its readers: written in the browser, or in Word and sent back."""

import re

import docx
import pytest
from playwright.sync_api import expect

from assemblies.papers.actions import agenda, pdf_result
from assemblies.papers.models import Report
from tests import factories as make
from tests import made_pdfs
from tests.assemblies.papers.signing import chain, submit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ANSWERS = {
    "Wards or groups affected": "Young carers",
    "From": "Ann Able, director",
    "Key risks and mitigations": "Few **beds**.",
    "Equality impact": "Girls gain most.",
    "Public engagement": "Forty people.",
    "Other discussion and engagement": "The forum.",
    "Recommendation 1": "Agree the plan.",
    "Text of section 1": "It began in spring.\n\nSee [page 1](appendix-1-page-1).",
    "Text of section 2": "Two places.",
    "Text of section 3": "Work starts in May.",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_author_writes_a_report_that_is_signed_and_published(enter, look):
    last = make.ReportFactory(title="Young carers")
    submit(last)
    board, author = last.board, last.author
    item = make.LedItemFactory(board=board, lead=author, topic__title="Young carers")
    chair = make.ChairFactory(seat__board=board).holder
    agenda.write_item(meeting=item.meeting, by=None, item=None, title="Young carers", purpose="decision", documents=[])
    steps = chain(board, "Finance", "Director")

    page = enter(author, width=1280)
    page.goto("/reports/")
    page.get_by_role("link", name="Young carers").first.click()
    page.get_by_role("button", name="Start the report").click()
    page.route("**/drafts/", lambda route: route.abort())
    for label, words in ANSWERS.items():
        page.get_by_label(label, exact=True).fill(words)
    expect(page.get_by_text("Your draft is kept in this browser")).to_be_visible()
    page.unroute("**/drafts/")
    page.told.clear()  # that the connection was lost
    page.get_by_text("See what the last report of this title said on financial impact").click()
    page.locator('button[value="finance"]').click()
    expect(page.get_by_label("Financial impact")).to_have_value("What we say of financial impact.")
    expect(page.get_by_label("Equality impact")).to_have_value("Girls gain most.")
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_role("link", name="Add an appendix").click()
    page.get_by_label("Title").fill("The plan")
    page.get_by_label("File").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": made_pdfs.words("The plan")}
    )
    page.get_by_role("button", name="Add the appendix").click()
    look(page, "Checking “The plan”")
    pdf_result.run()  # as a worker would
    expect(page.get_by_role("heading", level=1)).to_have_text("“The plan” is checked")
    expect(page.get_by_text("Its page can be shown.")).to_be_visible()
    page.get_by_role("link", name="Go to the report").click()
    page.get_by_role("button", name="Submit the report").click()
    page.get_by_role("button", name="Submit the report").click()
    expect(page.locator("main")).to_contain_text(f"Version 1 is with {steps[0].holder} now.")

    for step in steps:
        signing = enter(step.holder, width=320, script=False)
        signing.goto("/home/")
        signing.get_by_role("link", name="Sign off the report “Young carers”").click()
        signing.get_by_label("Yes, I approve this version").check()
        signing.get_by_role("button", name="Send your answer", exact=True).click()
        expect(signing.locator("main")).to_contain_text("Done")

    publishing = enter(chair)
    publishing.goto(f"/meetings/{item.meeting.slug}/manage/agenda/publish/")
    publishing.get_by_role("button", name="Publish the agenda").click()
    expect(publishing.locator("main")).to_contain_text("Version 1 of the agenda is published.")

    reader = enter(None, width=320, script=False)
    reader.goto(Report.objects.get(item=item).get_absolute_url())
    look(reader, "Young carers", script=False)
    expect(reader.locator("#paragraph-1-1")).to_contain_text("It began in spring.")
    expect(reader.locator("main")).to_contain_text("What we say of financial impact.")
    opens = reader.get_by_role("link", name="page 1").get_attribute("href")
    assert re.fullmatch(rf"/meetings/{item.meeting.slug}/documents/\d+/#page=1", opens)
    assert reader.request.get(f"{reader.url.split('/reports')[0]}{opens}").status == 200


def test_author_changes_a_report_in_word_and_sends_it_back(enter, look, tmp_path):
    report = make.ReportFactory(title="Buses at night")
    page = enter(report.author, width=1280)
    page.goto(f"/reports/{report.pk}/work/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Word").press("Enter")  # no page follows it
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    in_word = docx.Document(str(file))
    rows = {row.cells[0].text: row.cells[1] for row in in_word.tables[0].rows}
    costs = rows["Financial impact"].paragraphs[0]
    costs.text = "It costs nothing."
    in_word.add_comment(costs.runs, text="Is that so?", author="Ann Able")
    in_word.save(str(file))

    page.get_by_role("link", name="Send back the Word document").click()
    page.get_by_label("Word document").set_input_files(file)
    page.get_by_role("button", name="Read the document").click()
    expect(page.get_by_text("commented “Is that so?”")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    look(page, "Error: Questions about buses-at-night.docx: Buses at night")
    expect(page.get_by_role("alert")).to_contain_text("Read the comments and tick the box")
    page.get_by_label("I have read the comments, and they are not part of the report").check()
    page.get_by_role("button", name="Continue").click()
    look(page, "What would change with buses-at-night.docx: Buses at night")
    row = page.get_by_role("row", name="Financial impact")
    expect(row).to_contain_text("What we say of financial impact.")
    expect(row).to_contain_text("It costs nothing.")
    page.get_by_role("button", name="Use this text").click()
    expect(page.locator("main")).to_contain_text("The report now says what buses-at-night.docx says.")
    page.get_by_role("link", name="Preview what is saved").click()
    expect(page.locator("#finance + .portal-rich")).to_have_text("It costs nothing.")

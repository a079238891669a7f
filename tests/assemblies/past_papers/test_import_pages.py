"""The pages on which staff import old papers: sent in, read, checked, imported, discarded, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assemblies.past_papers.models import ImportedFile, PaperImport, PastPaper
from partnership import todo
from tests import factories as make
from tests import made_pdfs as made
from tests.assemblies.past_papers.archives import AGENDA, MINUTES, PACK, imported, read, start, upload, zip_of
from tests.pages import hidden, words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
FILES = {"2016-03-14 Agenda.pdf": AGENDA, "2016/04/11/pack.pdf": PACK, "140316 Minutes.pdf": MINUTES}


@pytest.fixture
def board():
    return make.BoardFactory(slug="hwb", regime="council", clear_days=5, day_kind="working")


@pytest.fixture
def staff(client):
    return sign_in(client, make.StaffFactory())


def address(name: str, batch: PaperImport, *more) -> str:
    return reverse(name, args=[batch.board.slug, batch.pk, *more])


def send(client, *files, **answers):
    page = client.get("/boards/hwb/past-papers/import/").text
    answers = {"key": hidden(page, "key"), "readers": "everybody"} | answers
    return client.post("/boards/hwb/past-papers/import/", answers | {"papers": list(files)}, follow=True)


def change(client, row: ImportedFile, **answers):
    given = {"held_on": "14 March 2016", "kind": "minutes", "title": "Minutes", "readers": ""} | answers
    return client.post(
        address("paper_import_change", row.batch, row.pk),
        {f"file-{row.pk}-{name}": value for name, value in given.items()},
        follow=True,
    )


# --- sent in ------------------------------------------------------------------------------------------------------


def test_staff_send_a_zip_and_follow_how_far_it_is_read(board, staff):
    assert "/boards/hwb/past-papers/import/" in staff.get("/boards/hwb/").text
    page = send(staff, upload(zip_of(FILES)))
    batch = PaperImport.objects.get()
    assert page.redirect_chain[-1][0] == batch.get_absolute_url()
    assert "We are reading the files" in page.text
    assert "You can leave this page" in page.text
    read(batch)
    assert "Check what we read" in staff.get(f"{batch.get_absolute_url()}?part=progress").text
    assert "Check what we read in papers.zip" in staff.get(batch.get_absolute_url()).text


@pytest.mark.parametrize(
    ("regime", "chosen"), [("council", "everybody"), ("nhs", "everybody"), ("own_terms", "members")]
)
def test_papers_of_a_board_that_no_law_opens_are_for_members(staff, regime, chosen):
    board = make.BoardFactory(regime=regime, clear_days=5, day_kind="working")
    page = words(staff.get(reverse("paper_imports", args=[board.slug])))
    radio = page[page.index(f'value="{chosen}"') :].partition(">")[0]
    assert "checked" in radio


def test_form_says_what_is_missing_and_keeps_the_rest(board, staff):
    page = send(staff, readers="members").text
    assert "Choose a zip or some PDFs" in page
    assert "checked" in page[page.index('value="members"') :].partition(">")[0]
    assert "Say who may read it" in send(staff, upload(zip_of(FILES)), readers="").text
    assert "Choose a zip or PDFs: we can use no other file" in send(staff, SimpleUploadedFile("x.docx", b"Word")).text
    assert "Choose a zip or PDFs" in send(staff, SimpleUploadedFile("x.pdf", b"")).text
    assert "Open this page again" in send(staff, upload(AGENDA), key="²").text
    assert not PaperImport.objects.exists()


def test_more_files_than_a_post_may_hold_are_said_in_words(board, staff):
    page = send(staff, *(upload(AGENDA, f"{n}.pdf") for n in range(101)))
    assert page.status_code == 200
    assert "Choose at most 100 files at once, or put them into a zip" in page.text
    assert not PaperImport.objects.exists()


def test_files_larger_than_an_import_are_refused(board, staff, monkeypatch):
    monkeypatch.setattr("partnership.files.uploads.MOST_BYTES_OF_A_PAPER_IMPORT", 100)
    assert "Together the files are larger than" in send(staff, upload(AGENDA, "2016-03-14.pdf")).text


def test_form_without_its_token_imports_nothing(board):
    browser = sign_in(Client(enforce_csrf_checks=True), make.StaffFactory())
    answers = {"papers": [upload(AGENDA)], "readers": "everybody", "key": "0" * 32}
    assert browser.post("/boards/hwb/past-papers/import/", answers).status_code == 403
    assert not PaperImport.objects.exists()


def test_home_says_when_it_is_time_to_look(board, client):
    ann, bob = make.StaffFactory(), make.StaffFactory()
    batch = start(FILES, board=board, by=ann)
    assert not [each for each in todo.now_for(ann) if "past paper" in each.title]
    read(batch)
    assert "Check what we read of 3 past papers" in sign_in(client, ann).get("/home/").text
    assert "Check what we read" not in sign_in(client, bob).get("/home/").text
    batch = read(start(FILES, board=board, by=None))
    assert batch.get_absolute_url() in sign_in(client, bob).get("/home/").text


# --- checked ------------------------------------------------------------------------------------------------------


def test_preview_lists_what_was_understood_by_day_and_what_was_not(board, staff):
    batch = read(start(FILES | {"Notes.txt": b"Some words\n"}, board=board))
    ask = staff.get(batch.get_absolute_url()).text
    assert "It could be 14 March 2016 or 16 March 2014" in ask
    assert "Import 2 papers of 2 meetings" in ask
    ready = words(staff.get(f"{batch.get_absolute_url()}?show=ready"))
    assert (
        ready.index("Monday 14 March 2016") < ready.index("2016-03-14 Agenda.pdf") < ready.index("Monday 11 April 2016")
    )
    assert "This is a CSV file" in staff.get(f"{batch.get_absolute_url()}?show=left_out").text


def test_preview_asks_as_much_for_one_file_as_for_many(board, staff):
    batch = make.PaperImportFactory(board=board)
    make.ImportedFileFactory(batch=batch)
    make.ImportedFileFactory(batch=batch, outcome="ask", held_on=None)
    addresses = [f"{batch.get_absolute_url()}?show={outcome}" for outcome in ("ready", "ask")]
    one = [queries(staff, each) for each in addresses]
    make.ImportedFileFactory.create_batch(30, batch=batch)
    make.ImportedFileFactory.create_batch(30, batch=batch, outcome="ask", held_on=None)
    assert [queries(staff, each) for each in addresses] == one


def test_staff_open_a_file_to_see_what_it_is(board, staff):
    batch = read(start(FILES, board=board))
    row = batch.rows.get(outcome="ask")
    assert b"".join(staff.get(address("paper_import_file", batch, row.pk)).streaming_content) == MINUTES
    row.file = ""
    row.save()
    assert staff.get(address("paper_import_file", batch, row.pk)).url == batch.get_absolute_url()


def test_staff_say_what_a_file_is_and_go_on_with_the_next(board, staff):
    batch = read(start(FILES, board=board))
    row = batch.rows.get(outcome="ask")
    page = change(staff, row, readers="members")
    assert "show=ask" in page.redirect_chain[-1][0]
    assert "“Minutes”, 14 March 2016, will be imported." in page.text
    row.refresh_from_db()
    assert (row.outcome, row.members_only, str(row.held_on)) == ("ready", True, "2016-03-14")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"held_on": ""}, "Day of the meeting: enter the date"),
        ({"held_on": "14 March"}, "Add the year"),
        ({"held_on": "30 February 2016"}, "There is no such day"),
        ({"held_on": "1 January 2190"}, "Enter a day that is past"),
        ({"kind": ""}, "Select the kind"),
        ({"kind": "novel"}, "Choose the kind from the list"),
        ({"title": ""}, "Enter the title"),
        ({"readers": "nobody"}, "from the list"),
    ],
)
def test_bad_answers_about_a_file_are_said_beside_it_and_kept(board, staff, answers, said):
    row = read(start(FILES, board=board)).rows.get(outcome="ask")
    page = change(staff, row, title=answers.pop("title", "My own title"), **answers).text
    assert said in page
    assert "My own title" in page or "Enter the title" in said
    assert '<details class="govuk-details portal-fix" open>' in page
    row.refresh_from_db()
    assert row.outcome == "ask"


def test_order_of_six_numbers_is_asked_once_for_all(board, staff):
    batch = read(start(FILES, board=board))
    assert "What do six numbers in a name mean?" in staff.get(batch.get_absolute_url()).text
    assert "Say what six numbers mean" in staff.post(address("paper_import_days", batch), {}).text
    page = staff.post(address("paper_import_days", batch), {"order": "dmy"}, follow=True).text
    assert "We know the day of 1 more file." in page
    assert "What do six numbers" not in page


def test_readers_of_all_are_changed_and_files_left_out(board, staff):
    batch = read(start(FILES, board=board))
    assert "Say who may read it" in staff.post(address("paper_import_readers", batch), {}).text
    page = staff.post(address("paper_import_readers", batch), {"readers": "members"}, follow=True).text
    assert "The papers will be for members of the board and staff alone." in page
    row = batch.rows.get(kind="pack")
    page = staff.post(address("paper_import_leave_out", batch, row.pk), follow=True).text
    assert "“2016/04/11/pack.pdf” will be left out." in page
    assert "Import 1 paper of 1 meeting" in page


# --- imported, discarded, taken back ------------------------------------------------------------------------------


def test_staff_import_and_see_what_happened_to_each_file(board, staff):
    batch = read(start(FILES, board=board))
    page = staff.get(batch.get_absolute_url()).text
    done = staff.post(address("paper_import_confirm", batch), {"seen": hidden(page, "seen")}, follow=True).text
    assert "2 papers are imported. Nobody was emailed." in done
    assert "Not imported (1)" in done
    assert ("Imported: 2</h2>" in done, "Not imported: 1</h2>" in done) == (True, False)
    assert "take all of it back" in done
    assert PastPaper.objects.count() == 2


def test_what_another_changed_meanwhile_is_looked_at_again(board, staff):
    batch = read(start(FILES, board=board))
    page = staff.get(batch.get_absolute_url()).text
    other = sign_in(Client(), make.StaffFactory())
    other.post(address("paper_import_readers", batch), {"readers": "everybody"})
    answer = staff.post(address("paper_import_confirm", batch), {"seen": hidden(page, "seen")}, follow=True).text
    assert "Somebody has just changed what will be imported" in answer
    assert not PastPaper.objects.exists()


def test_discarding_says_how_many_and_deletes_them(board, staff):
    batch = read(start(FILES, board=board))
    assert "We delete 3 files." in staff.get(address("paper_import_discard", batch)).text
    page = staff.post(address("paper_import_discard", batch), follow=True).text
    assert "papers.zip is discarded" in page
    assert "This import was discarded" in staff.get(batch.get_absolute_url()).text


def test_taking_back_says_how_many_and_who_can_read_them(board, staff):
    batch = imported({"2016-03-14 Agenda.pdf": AGENDA, "2016-03-14 Exempt.pdf": MINUTES}, board=board)
    page = staff.get(address("paper_import_undo", batch)).text
    assert "We withdraw 2 papers and delete the files. Everybody can read 1 of them now." in page
    assert "Take back 2 papers" in page
    page = staff.post(address("paper_import_undo", batch), follow=True).text
    assert "2 papers are taken back." in page
    assert "and taken back on" in page
    assert staff.get(address("paper_import_undo", batch)).url == batch.get_absolute_url()
    assert "taken back" in staff.get("/boards/hwb/past-papers/import/").text


def test_import_of_another_board_is_not_there(board, staff):
    batch = make.PaperImportFactory()
    for name in ("paper_import", "paper_import_discard", "paper_import_undo"):
        assert staff.get(reverse(name, args=["hwb", batch.pk])).status_code == 404
    row = make.ImportedFileFactory()
    assert staff.get(address("paper_import_file", batch, row.pk)).status_code == 404


def test_file_name_made_to_do_harm_is_shown_as_words(board, staff):
    names = ("<script>alert(1)</script>2016-03-14.pdf", "2016-03-14 {{ x }}.pdf", "<script>alert(1).pdf")
    batch = read(start({name: made.words(f"Paper {at}") for at, name in enumerate(names)}, board=board))
    for outcome in ("ready", "ask"):
        assert "<script>alert" not in staff.get(f"{batch.get_absolute_url()}?show={outcome}").text

"""Old papers come in as a zip or as PDFs, are looked at, and are imported once; or they are deleted, or taken back."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import personal_data
from assemblies.past_papers.actions import imported_file, paper_import, withdrawal
from assemblies.past_papers.file_names.days import Order
from assemblies.past_papers.models import ImportedFile, ImportZip, PaperImport, PastMeeting, PastPaper
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests import made_pdfs as made
from tests.assemblies.past_papers.archives import (
    AGENDA,
    MINUTES,
    PACK,
    imported,
    outcomes,
    read,
    start,
    upload,
    zip_of,
)

pytestmark = pytest.mark.django_db
FILES = {
    "2016-03-14 Agenda.pdf": AGENDA,
    "HWB minutes 14 March 2016.pdf": MINUTES,
    "2016/04/11/pack.pdf": PACK,
}
PI_DAY, APRIL = date(2016, 3, 14), date(2016, 4, 11)


@pytest.fixture
def staff():
    return make.StaffFactory()


def kept(media) -> list[str]:
    """Files on the disk, by their folders."""
    return sorted(path.parent.name for path in media.rglob("*") if path.is_file())


def say(row: ImportedFile, by=None, **facts) -> ImportedFile:
    known = {"held_on": row.held_on, "kind": row.kind, "title": row.title, "members_only": row.members_only}
    return imported_file.correct(row=row, by=by, **known | facts)


# --- read, looked at, imported ------------------------------------------------------------------------------------


def test_zip_becomes_papers_by_board_and_day(staff):
    board = make.BoardFactory()
    batch = read(start(FILES | {"140316 Report.pdf": made.words("A report")}, board=board, by=staff))
    assert {path: outcome for path, (outcome, _) in outcomes(batch).items()} == {
        "2016-03-14 Agenda.pdf": "ready",
        "HWB minutes 14 March 2016.pdf": "ready",
        "2016/04/11/pack.pdf": "ready",
        "140316 Report.pdf": "ask",
    }
    assert not PastPaper.objects.exists()
    assert paper_import.confirm(batch=batch, by=staff) == 3
    papers = PastPaper.objects.order_by("meeting__held_on", "kind")
    assert list(papers.values_list("meeting__board", "meeting__held_on", "kind", "title", "pages", "added_by")) == [
        (board.pk, PI_DAY, "agenda", "Agenda", 1, staff.pk),
        (board.pk, PI_DAY, "minutes", "HWB minutes", 1, staff.pk),
        (board.pk, APRIL, "pack", "Pack", 2, staff.pk),
    ]
    assert papers[0].file.read() == AGENDA


def test_nobody_is_told_and_no_meeting_is_made(staff):
    make.ChairFactory(seat__board=(board := make.BoardFactory()))
    imported(FILES, board=board, by=staff)
    assert not Message.objects.exists()
    assert not Meeting.objects.exists()
    assert PastMeeting.objects.count() == 2


def test_several_pdfs_come_without_a_zip():
    files = [upload(AGENDA, "2016-03-14 Agenda.pdf"), upload(MINUTES, "Minutes 14 March 2016.pdf")]
    batch = read(paper_import.start(board=make.BoardFactory(), by=None, files=files, members_only=True))
    assert batch.filename == "2 files"
    assert paper_import.confirm(batch=batch, by=None) == 2


def test_only_what_is_imported_stays_on_the_disk(media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = start(FILES | {"No day.pdf": made.words("x")})
        assert kept(media) == ["past-zips"]
    with django_capture_on_commit_callbacks(execute=True):
        read(batch)
    assert kept(media) == ["past-papers"] * 4
    assert not ImportZip.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        paper_import.confirm(batch=batch, by=None)
    assert kept(media) == ["past-papers"] * 3


def test_confirm_twice_imports_nothing_twice():
    batch = read(start(FILES))
    assert paper_import.confirm(batch=batch, by=None) == 3
    assert paper_import.confirm(batch=batch, by=None) == 0
    assert PastPaper.objects.count() == 3


def test_form_sent_twice_makes_one_import():
    key, board = uuid4(), make.BoardFactory()
    for _ in range(2):
        paper_import.start(board=board, by=None, files=[upload(zip_of(FILES))], members_only=True, key=key)
    assert PaperImport.objects.get().zips.count() == 1


def test_import_that_is_being_read_is_not_confirmed_or_changed():
    batch = start(FILES)
    with pytest.raises(Refusal, match="still being read"):
        paper_import.confirm(batch=batch, by=None)
    with pytest.raises(Refusal, match="still being read"):
        imported_file.set_readers(batch=batch, by=None, members_only=True)


def test_what_somebody_changed_meanwhile_is_not_confirmed_unseen():
    batch = read(start(FILES))
    seen = str(batch.revision)
    imported_file.set_readers(batch=batch, by=None, members_only=True)
    with pytest.raises(Refusal, match="just changed"):
        paper_import.confirm(batch=batch, by=None, seen=seen)
    batch.refresh_from_db()
    assert paper_import.confirm(batch=batch, by=None, seen=str(batch.revision)) == 3


def test_import_with_nothing_to_import_is_refused():
    batch = read(start({"No day.pdf": AGENDA}))
    with pytest.raises(Refusal, match="nothing to import"):
        paper_import.confirm(batch=batch, by=None)


# --- there already ------------------------------------------------------------------------------------------------


def test_same_files_sent_again_are_skipped_and_said():
    board = make.BoardFactory()
    imported(FILES, board=board)
    again = read(start({"Other folder/2016-03-14 Agenda.pdf": AGENDA, "No day.pdf": MINUTES}, board=board))
    assert outcomes(again) == {
        "Other folder/2016-03-14 Agenda.pdf": ("same", "It is there already: “Agenda”, 14 March 2016"),
        "No day.pdf": ("same", "The same file is there already with another day: “HWB minutes”, 14 March 2016"),
    }
    assert read(start(FILES)).rows.filter(outcome="ready").count() == 3, "another board has none of them"


def test_file_of_another_day_is_imported_where_somebody_says_so():
    board = make.BoardFactory()
    imported(FILES, board=board)
    again = read(start({"2016-04-11 Agenda.pdf": AGENDA}, board=board))
    row = again.rows.get()
    assert row.outcome == "same"
    with pytest.raises(Refusal, match="It is there already"):
        say(row, held_on=PI_DAY)
    assert say(row).outcome == "ready"
    assert paper_import.confirm(batch=again, by=None) == 1


def test_file_that_is_twice_in_a_zip_is_taken_once():
    batch = read(start({"2016-03-14 Agenda.pdf": AGENDA, "Copy/2016-03-14 Agenda.pdf": AGENDA}))
    assert outcomes(batch)["Copy/2016-03-14 Agenda.pdf"] == ("same", "It is the same file as “2016-03-14 Agenda.pdf”")
    assert paper_import.confirm(batch=batch, by=None) == 1


def test_document_of_a_meeting_in_the_portal_is_not_imported_again():
    document = make.DocumentFactory(sha256=read(start({"x.pdf": AGENDA})).rows.get().sha256, title="The agenda")
    batch = read(start({"2016-03-14 Agenda.pdf": AGENDA}, board=document.meeting.board))
    outcome, reason = outcomes(batch)["2016-03-14 Agenda.pdf"]
    assert outcome == "same"
    assert "“The agenda”" in reason


def chair_withdraws(board) -> None:
    chair = make.ChairFactory(seat__board=board).holder
    withdrawal.withdraw(paper=PastPaper.objects.get(), by=chair, because="It names a child.")


def test_withdrawn_paper_comes_back_only_where_somebody_says_so():
    board = make.BoardFactory()
    imported({"2016-03-14 Agenda.pdf": AGENDA}, board=board)
    chair_withdraws(board)
    batch = read(start({"2016-03-14 Agenda.pdf": AGENDA}, board=board))
    row = batch.rows.get()
    assert row.outcome == "left_out"
    assert "It names a child." in row.reason
    assert say(row).outcome == "ready"


def test_paper_that_waits_for_a_second_person_is_not_imported_again():
    board = make.BoardFactory()
    imported({"2016-03-14 Agenda.pdf": AGENDA}, board=board)
    withdrawal.withdraw(paper=PastPaper.objects.get(), by=make.StaffFactory(), because="It names a child.")
    batch = read(start({"2016-03-14 Agenda.pdf": AGENDA, "2016-03-14 Minutes.pdf": MINUTES}, board=board))
    row = batch.rows.get(outcome="left_out")
    with pytest.raises(Refusal, match="a second person has to decide: It names a child"):
        say(row, held_on=APRIL)
    assert paper_import.confirm(batch=batch, by=None) == 1


@pytest.mark.parametrize("said", [False, True], ids=["nobody said what it is", "somebody said it before"])
def test_import_that_waits_does_not_bring_back_what_was_withdrawn(said):
    board = make.BoardFactory()
    files = {"2016-03-14 Agenda.pdf": AGENDA, "2016-03-14 Minutes.pdf": MINUTES}
    second = read(start(files, board=board))
    if said:
        say(second.rows.get(title="Agenda"))
    imported({"2016-03-14 Agenda.pdf": AGENDA}, board=board)
    chair_withdraws(board)
    assert paper_import.confirm(batch=second, by=None) == 1
    assert list(PastPaper.objects.in_view().values_list("title", flat=True)) == ["Minutes"]
    assert "It names a child." in second.rows.get(title="Agenda").reason


def test_two_imports_that_wait_bring_a_file_once():
    board = make.BoardFactory()
    first, second = (
        read(start({"2016-03-14 Agenda.pdf": AGENDA, name: PACK}, board=board)) for name in ("a.pdf", "b.pdf")
    )
    assert paper_import.confirm(batch=first, by=None) == 1
    with pytest.raises(Refusal, match="nothing to import"):
        paper_import.confirm(batch=second, by=None)
    assert PastPaper.objects.count() == 1


def test_database_refuses_a_file_twice_and_what_is_half_understood():
    paper, row = make.PastPaperFactory(), make.ImportedFileFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.PastPaperFactory(meeting=paper.meeting, sha256=paper.sha256)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.PastMeetingFactory(board=paper.meeting.board, held_on=paper.meeting.held_on)
    with pytest.raises(IntegrityError), transaction.atomic():
        PastPaper.objects.filter(pk=paper.pk).update(file="")
    with pytest.raises(IntegrityError), transaction.atomic():
        PastPaper.objects.filter(pk=paper.pk).update(withdrawn_because="No reason to")
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedFile.objects.filter(pk=row.pk).update(held_on=None)


# --- what somebody says of a file ---------------------------------------------------------------------------------


def test_file_that_was_asked_about_is_imported_as_somebody_said(staff):
    batch = read(start({"March 2016/Agenda and minutes.pdf": AGENDA}))
    row = say(batch.rows.get(), staff, held_on=PI_DAY, kind="minutes", title="Notes", members_only=True)
    assert (row.outcome, row.corrected, row.reason) == ("ready", True, "")
    paper_import.confirm(batch=batch, by=staff)
    paper = PastPaper.objects.get()
    assert (paper.meeting.held_on, paper.kind, paper.title, paper.members_only) == (PI_DAY, "minutes", "Notes", True)


def test_day_to_come_is_refused():
    row = read(start({"Agenda.pdf": AGENDA})).rows.get()
    with pytest.raises(Refusal, match="Enter a day that is past") as refused:
        say(row, held_on=timezone.localdate() + timedelta(days=1))
    assert refused.value.field == "held_on"
    row.refresh_from_db()
    assert (row.outcome, row.held_on) == ("ask", None)


def test_day_of_a_folder_is_said_once():
    files = {"March 2016/Agenda.pdf": AGENDA, "March 2016/Minutes.pdf": MINUTES, "March 2016/Annex/Pack.pdf": PACK}
    batch = read(start(files))
    say(batch.rows.get(path="March 2016/Agenda.pdf"), held_on=PI_DAY, whole_folder=True)
    assert {path: outcome for path, (outcome, _) in outcomes(batch).items()} == {
        "March 2016/Agenda.pdf": "ready",
        "March 2016/Minutes.pdf": "ready",
        "March 2016/Annex/Pack.pdf": "ask",
    }


def test_order_of_six_numbers_is_said_once():
    batch = read(start({"140316 Agenda.pdf": AGENDA, "110416 Pack.pdf": PACK, "Minutes.pdf": MINUTES}))
    assert imported_file.read_days_as(batch=batch, by=None, order=Order.DAY_FIRST) == 2
    assert list(batch.rows.filter(outcome="ready").values_list("held_on", flat=True)) == [PI_DAY, APRIL]


def test_days_of_many_files_are_read_as_fast_as_of_one():
    def queries(number: int) -> int:
        batch = make.PaperImportFactory()
        for day in range(number):
            facts = {"path": f"1{day}0316.pdf", "held_on": None, "kind": "other", "could_be": ["2016-03-14"]}
            make.ImportedFileFactory(batch=batch, outcome="ask", **facts)
        with CaptureQueriesContext(connection) as asked:
            assert imported_file.read_days_as(batch=batch, by=None, order=Order.DAY_FIRST) == number
        return len(asked)

    assert queries(1) == queries(6)


def test_file_left_out_is_not_imported_and_can_be_taken_in_again():
    batch = read(start(FILES))
    row = imported_file.leave_out(row=batch.rows.get(kind="pack"), by=None)
    assert (row.outcome, row.reason) == ("left_out", "Somebody left it out")
    assert say(row).outcome == "ready"
    imported_file.leave_out(row=row, by=None)
    assert paper_import.confirm(batch=batch, by=None) == 2


def test_file_we_could_not_read_is_not_taken_in():
    row = read(start({"2016-03-14 Agenda.pdf": b"no PDF at all", "b.pdf": AGENDA})).rows.get(outcome="left_out")
    with pytest.raises(Refusal, match="could not read it"):
        say(row, held_on=PI_DAY, kind="agenda", title="Agenda")


# --- who may read them --------------------------------------------------------------------------------------------


def closed(batch: PaperImport) -> dict[str, bool]:
    paper_import.confirm(batch=batch, by=None)
    return dict(PastPaper.objects.values_list("title", "members_only"))


@pytest.mark.parametrize("members_only", [True, False])
def test_papers_are_for_who_the_import_says(members_only):
    batch = read(start(FILES, members_only=members_only))
    assert set(closed(batch).values()) == {members_only}


def test_single_file_can_be_for_others_than_the_import():
    batch = read(start(FILES, members_only=False))
    say(batch.rows.get(kind="pack"), members_only=True)
    assert closed(batch) == {"Agenda": False, "HWB minutes": False, "Pack": True}


def test_file_whose_name_says_exempt_is_for_members_unless_said():
    files = {"2016-03-14/Item 7 exempt.pdf": AGENDA, "2016-03-14/Confidential minutes.pdf": MINUTES}
    batch = read(start(files, members_only=False))
    say(batch.rows.get(kind="minutes"), members_only=False)
    assert closed(batch) == {"Item 7 exempt": True, "Confidential minutes": False}


def test_paper_of_a_meeting_by_invitation_is_always_for_members():
    starts = datetime(2016, 3, 14, 10, tzinfo=ZoneInfo("Europe/London"))
    meeting = make.MeetingFactory(
        by_invitation=True, state="held", starts_at=starts, ends_at=starts + timedelta(hours=1)
    )
    batch = read(start(FILES, board=meeting.board, members_only=False))
    say(batch.rows.get(kind="agenda"), members_only=False)
    assert closed(batch) == {"Agenda": True, "HWB minutes": True, "Pack": False}


# --- deleted, and taken back --------------------------------------------------------------------------------------


def test_import_that_nobody_confirms_is_deleted_after_a_day(media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = read(start(FILES))
    day = timedelta(days=1)
    personal_data.delete_due(now=batch.touched_at + day - timedelta(minutes=1))
    assert batch.rows.count() == 3
    with django_capture_on_commit_callbacks(execute=True):
        counts = personal_data.delete_due(now=batch.touched_at + day + timedelta(minutes=1))
    assert counts["past_papers_not_imported"] == 3
    assert kept(media) == []
    batch.refresh_from_db()
    assert batch.state == "discarded"
    assert Entry.objects.filter(verb="past_papers.expired").count() == 1


def test_import_that_somebody_works_on_stays_another_day():
    batch = read(start(FILES))
    old = timezone.now() - timedelta(hours=30)
    PaperImport.objects.update(uploaded_at=old, touched_at=old)
    imported_file.leave_out(row=batch.rows.first(), by=None)
    assert paper_import.expire(timezone.now()) == 0


def test_discarded_import_leaves_nothing(media, staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        waiting, ready = start(FILES), read(start(FILES))
        for batch in (waiting, ready, ready):
            paper_import.discard(batch=batch, by=staff)
    assert kept(media) == []
    assert not ImportedFile.objects.exists()
    with pytest.raises(Refusal, match="already been discarded"):
        paper_import.confirm(batch=ready, by=staff)


def test_names_of_imported_files_go_after_a_month():
    batch = imported(FILES)
    assert paper_import.delete_old_rows(batch.uploaded_at + timedelta(days=29)) == 0
    assert paper_import.delete_old_rows(batch.uploaded_at + timedelta(days=31)) == 3
    assert PastPaper.objects.count() == 3


def test_import_is_taken_back_as_a_whole_and_can_come_again(media, staff, django_capture_on_commit_callbacks):
    board = make.BoardFactory()
    with django_capture_on_commit_callbacks(execute=True):
        batch = imported(FILES, board=board)
        withdrawal.withdraw(paper=PastPaper.objects.get(kind="pack"), by=staff, because="Not ours.")
        assert paper_import.undo(batch=batch, by=staff) == 2
        assert paper_import.undo(batch=batch, by=staff) == 0
    assert kept(media) == ["past-papers"], "the file that was withdrawn with a reason"
    assert not PastPaper.objects.in_view().exists()
    assert PastPaper.objects.get(kind="pack").withdrawn_because == "Not ours."
    assert Entry.objects.get(verb="past_papers.undone").details["files"] == 2
    again = read(start(FILES, board=board))
    assert again.rows.filter(outcome="ready").count() == 2


def test_import_is_taken_back_for_a_week_alone():
    batch = imported(FILES)
    PaperImport.objects.update(confirmed_at=timezone.now() - timedelta(days=7, minutes=1))
    with pytest.raises(Refusal, match="one by one"):
        paper_import.undo(batch=batch, by=None)
    assert PastPaper.objects.in_view().count() == 3

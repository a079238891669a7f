"""A worker reads an import file by file: what it cannot use it says, and where it is killed another goes on."""

import errno
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pytest
from django.utils import timezone

from assemblies.past_papers import tasks
from assemblies.past_papers.actions import file_reading, paper_import
from assemblies.past_papers.models import ImportedFile, PaperImport
from partnership.files import archives, safely
from partnership.refusals import Refusal
from tests import factories as make
from tests import made_pdfs as made
from tests.assemblies.past_papers.archives import AGENDA, MINUTES, PACK, outcomes, read, start, upload, zip_of

pytestmark = pytest.mark.django_db


def link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("2016-03-14 Link.pdf")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def test_what_cannot_be_used_is_said_in_words_and_the_rest_is_read():
    batch = start(
        {
            "2016-03-14 Agenda.pdf": AGENDA,
            "../2016-03-14 Out.pdf": AGENDA,
            "Inner.zip": zip_of({"2016-03-14 Agenda.pdf": AGENDA}),
            "Minutes.docx": zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
            "Locked.pdf": made.locked(),
            "Damaged.pdf": b"%PDF-1.7\nnothing more",
            "Empty.pdf": b"",
            "Notes.txt": b"Some words, and more words\n",
            "Bomb.pdf": b"\0" * 12 * 1024 * 1024,
            "__MACOSX/._2016-03-14 Agenda.pdf": b"x",
            "Thumbs.db": b"x",
        },
        change=link,
    )
    assert outcomes(read(batch)) == {
        "2016-03-14 Agenda.pdf": ("ready", ""),
        "../2016-03-14 Out.pdf": ("left_out", archives.LEADS_OUT),
        "Inner.zip": (
            "left_out",
            "This is a zip inside the zip, or another packed file: unpack it and import what is in it",
        ),
        "Minutes.docx": ("left_out", "This is a Word document file, not a PDF: save it as a PDF and import that"),
        "Locked.pdf": ("left_out", "The PDF is locked with a password: save it without one and import that"),
        "Damaged.pdf": ("left_out", "The PDF is damaged: open it, save it again as a PDF and import that"),
        "Empty.pdf": ("left_out", archives.EMPTY),
        "Notes.txt": ("left_out", "This is a CSV file, not a PDF: save it as a PDF and import that"),
        "Bomb.pdf": ("left_out", archives.BOMB),
        "2016-03-14 Link.pdf": ("left_out", archives.IS_LINK),
    }


def test_zip_that_cannot_be_read_is_said_in_words():
    files = [upload(b"PK\x03\x04 and no more", "broken.zip"), upload(AGENDA, "2016-03-14 Agenda.pdf")]
    batch = read(paper_import.start(board=make.BoardFactory(), by=None, files=files, members_only=True))
    assert outcomes(batch) == {
        "broken.zip": ("left_out", archives.DAMAGED_ZIP),
        "2016-03-14 Agenda.pdf": ("ready", ""),
    }


@pytest.mark.parametrize(
    ("limit", "most"), [("MOST_FILES_OF_A_PAPER_IMPORT", 3), ("MOST_BYTES_OF_A_PAPER_IMPORT", 3 * len(AGENDA))]
)
def test_several_zips_together_hold_no_more_than_one_import_may(monkeypatch, limit, most):
    monkeypatch.setattr(file_reading, limit, most)
    files = [
        upload(zip_of({f"2016-{n:02}-01 A.pdf": AGENDA, f"2016-{n:02}-02 B.pdf": AGENDA}), f"{n}.zip") for n in (1, 2)
    ]
    batch = read(paper_import.start(board=make.BoardFactory(), by=None, files=files, members_only=True))
    assert {path: reason for path, (outcome, reason) in outcomes(batch).items() if outcome == "left_out"} == {
        "2.zip": file_reading.TOO_MUCH
    }
    assert batch.rows.count() == 3


def test_file_stays_byte_for_byte_unless_something_acts_in_it():
    data = made.locked(owner_only=True)
    batch = read(start({"2016-03-14 Protected.pdf": data, "2016-03-14 Acts.pdf": made.harmful()}))
    protected, acts = batch.rows.get(title="Protected"), batch.rows.get(title="Acts")
    assert (protected.file.read(), protected.notes, protected.cleaned) == (data, [], False)
    assert acts.cleaned
    assert acts.notes == ["We took programs, attached files, sounds or films out of it"]
    assert b"MARKER" not in acts.file.read()


def test_worker_that_was_killed_is_followed_by_another():
    batch = start({f"2016-03-{day:02} Agenda.pdf": made.words(f"Agenda {day}") for day in range(1, 8)})
    file_reading.read_some(batch.pk)  # the zip is listed
    assert file_reading._claim(batch.pk)[1], "and here the worker ends"
    assert file_reading.resume(now=timezone.now()) == 0, "its lease still runs"
    assert file_reading.resume(now=timezone.now() + file_reading.LEASE + timedelta(seconds=1)) == 7
    batch.refresh_from_db()
    assert batch.rows.filter(outcome="ready").count() == 7
    assert file_reading.resume(now=timezone.now() + timedelta(hours=1)) == 0


def test_clock_has_imports_read(settings):
    batch = start({"2016-03-14 Agenda.pdf": AGENDA})
    assert tasks.read_imports.name in {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.read_imports.name == file_reading.RESUME
    tasks.read_imports()
    batch.refresh_from_db()
    assert not batch.is_being_read


def test_two_workers_on_one_file_keep_it_once(media):
    batch = start({"2016-03-14 Agenda.pdf": AGENDA})
    file_reading.read_some(batch.pk)
    _, rows = file_reading._claim(batch.pk)
    read(batch)
    file_reading._read(rows)  # the first is slower, and not dead
    row = batch.rows.get()
    assert row.outcome == "ready"
    assert [path.name for path in (media / "past-papers").iterdir()] == [Path(row.file.name).name]


def test_file_that_breaks_the_reader_is_found_and_the_others_are_read(monkeypatch):
    real, asked = safely.read_papers, []

    def breaks(files, folder):
        asked.append(len(files))
        if any(ImportedFile.objects.get(pk=each["row"]).path == "2016-03-14 Breaks.pdf" for each in files):
            raise Refusal(safely.BROKEN_PAPER)
        return real(files, folder)

    monkeypatch.setattr(safely, "read_papers", breaks)
    batch = read(
        start({"2016-03-14 Agenda.pdf": AGENDA, "2016-03-14 Breaks.pdf": MINUTES, "2016-03-14 Pack.pdf": PACK})
    )
    assert asked == [3, 1, 1, 1]
    assert outcomes(batch)["2016-03-14 Breaks.pdf"] == ("left_out", safely.BROKEN_PAPER)
    assert batch.rows.filter(outcome="ready").count() == 2


def test_file_on_which_three_workers_ended_is_left_out():
    batch = start({"2016-03-14 Agenda.pdf": AGENDA})
    file_reading.read_some(batch.pk)
    for _ in range(3):
        assert file_reading._claim(batch.pk)[1]
    assert outcomes(read(batch)) == {"2016-03-14 Agenda.pdf": ("left_out", safely.BROKEN_PAPER)}


def test_folder_that_cannot_be_written_leaves_no_file_out(monkeypatch):
    batch = start({"2016-03-14 Agenda.pdf": AGENDA})
    file_reading.read_some(batch.pk)  # the zip is listed

    def closed(*args, **kwargs):
        raise OSError(errno.EROFS, "read-only")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(batch.rows.model._meta.get_field("file").storage, "_save", closed)
        for _ in range(5):
            with pytest.raises(OSError, match="read-only"):
                file_reading.read_some(batch.pk)
    assert outcomes(read(batch)) == {"2016-03-14 Agenda.pdf": ("ready", "")}


def test_import_that_is_discarded_while_it_is_read_keeps_nothing(media, django_capture_on_commit_callbacks):
    batch = start({"2016-03-14 Agenda.pdf": AGENDA})
    file_reading.read_some(batch.pk)
    _, rows = file_reading._claim(batch.pk)
    with django_capture_on_commit_callbacks(execute=True):
        paper_import.discard(batch=PaperImport.objects.get(), by=None)
    file_reading._read(rows)
    assert not [path for path in media.rglob("*") if path.is_file()]
    assert not batch.rows.exists()


@pytest.mark.slow
def test_zip_of_two_hundred_pdfs_is_read_in_little_memory():
    """Of the process that imports: what a child may take is its limit, in `limits.py`."""
    files = {f"2016/{number:03} 14 March 2016.pdf": made.words(f"Paper {number}") for number in range(200)}
    before = getrusage(RUSAGE_SELF).ru_maxrss
    batch = read(start(files))
    assert paper_import.confirm(batch=batch, by=None) == 200
    assert (getrusage(RUSAGE_SELF).ru_maxrss - before) // 1024 < 60
